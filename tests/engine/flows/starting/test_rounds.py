"""Rounds that meet what they should leave alone: blocked customers, a flow switched off, a day that is over, a zone that changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.engine.flows.starting.test_times import at_tick, wrote
from tests.engine.flows.talk import Shop, conversation, graph, node
from wablast_box.engine.flows.design import flows
from wablast_box.engine.flows.starting import rounds, tick
from wablast_box.engine.flows.starting.models import FlowPlan, FlowRound, FlowStart
from wablast_box.engine.settings import store
from wablast_box.lib import sql
from wablast_box.lib.clock import frozen_at

pytestmark = pytest.mark.feature("FT-05")
NOON = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # a Monday, 12:00 in India


def on(shop: Shop, **trigger: Any) -> int:
    """Two customers, and a flow for who wrote lately."""
    with frozen_at(NOON):
        for who in ("919800000001", "919800000002"):
            shop.hears("hi", who=who)
        return shop.on(graph(node("m", "send_message", text="Good evening"), edges="start>m", trigger=wrote(**trigger)))


def test_who_is_blocked_is_left_out_of_a_round(shop: Shop) -> None:
    on(shop, at="13:00")
    blocked = conversation("919800000002")
    sql.run("UPDATE contact SET blocked_at = 1 WHERE id = ?", (blocked.contact_id,))
    at_tick(shop, NOON + timedelta(hours=1))
    assert {row.conversation_id for row in FlowStart.select()} == {conversation("919800000001").id}


def test_one_round_meets_nobody_twice_though_it_forgot_how_far_it_was(shop: Shop) -> None:
    on(shop, at="13:00")
    at_tick(shop, NOON + timedelta(hours=1))
    sql.run("UPDATE flow_round SET state = 'going', cursor = 0")
    assert at_tick(shop, NOON + timedelta(hours=1, minutes=1)) == ["Good evening"] * 2


def test_a_flow_that_is_switched_off_in_the_middle_ends_its_round_and_says_so(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "FASTEST", 1)
    number = on(shop, at="13:00")
    with frozen_at(NOON + timedelta(hours=1)):
        tick.begin_due()
        shop.plays()
        flows.change_flow(number, shop.asha, is_on=False)
    assert at_tick(shop, NOON + timedelta(hours=1, seconds=2)) == ["Good evening"]
    done = FlowRound.get()
    assert (done.state, done.people, done.note) == ("done", 1, "The flow was switched off before everybody was reached.")


def test_a_round_that_is_not_through_after_a_day_ends(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "FASTEST", 1)
    on(shop, at="13:00")
    with frozen_at(NOON + timedelta(hours=1)):
        tick.begin_due()
    sql.run("UPDATE flow_plan SET next_at = NULL")
    at_tick(shop, NOON + timedelta(hours=26))
    done = FlowRound.get()
    assert (done.state, done.people) == ("done", 1)
    assert "longer than a day" in str(done.note)


def test_a_plan_follows_the_clock_of_the_business_when_that_is_changed(shop: Shop) -> None:
    on(shop, at="18:00")
    assert FlowPlan.get().next_at == datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    store.put("time_zone", "Asia/Dubai")
    with frozen_at(NOON + timedelta(minutes=1)):
        tick.keep_right()
    assert FlowPlan.get().next_at == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
