"""The away message: only while closed, once in a while, and never over a flow or somebody who is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.engine.flows.talk import Shop, conversation, graph, node
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.models import FlowTurn
from wablast_box.engine.flows.running import away
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.engine.settings import store
from wablast_box.lib import sql
from wablast_box.lib.clock import frozen_at
from wablast_box.lib.errors import Invalid

NIGHT = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # Monday, 22:30 in India
DAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 14:30


@pytest.fixture(autouse=True)
def closed_at_night(shop: Shop) -> None:
    store.put("opening_hours", "Mon-Sat 10:00-20:00")
    store.put("away_on", True)
    store.put("away_text", "Closed, {{contact.first_name}}.")


def says(shop: Shop, moment: datetime, words: str = "hi", **message: object) -> list[str]:
    with frozen_at(moment):
        shop.hears(words, **message)  # type: ignore[arg-type]
    return shop.said()


@pytest.mark.feature("IN-43")
def test_who_writes_while_we_are_closed_is_told_so_once_in_twelve_hours(shop: Shop) -> None:
    assert says(shop, DAY) == []
    assert says(shop, NIGHT) == ["Closed, Kabir."]
    assert says(shop, NIGHT + timedelta(hours=1)) == ["Closed, Kabir."]
    assert says(shop, NIGHT, who="919800000009") == ["Closed, Kabir."] * 2
    assert says(shop, NIGHT + timedelta(days=1)) == ["Closed, Kabir."] * 3
    assert {row.sender for row in Message.select().where(Message.direction == "out")} == {"system"}


@pytest.mark.feature("IN-43")
def test_a_day_on_which_we_are_closed_and_hours_that_nobody_set(shop: Shop) -> None:
    store.put("closed_on", "2026-11-23")
    assert len(says(shop, DAY)) == 1
    store.put("opening_hours", "")
    assert len(says(shop, NIGHT + timedelta(days=3))) == 1, "without hours the shop never closes"


@pytest.mark.feature("IN-43")
def test_a_flow_that_answers_and_one_that_has_just_ended_are_enough(shop: Shop) -> None:
    shop.on(graph(node("q", "ask_text", question="Size?", save_as="a"), edges="start>q", trigger={"kind": "keyword", "words": "size"}))

    assert says(shop, NIGHT, "size") == ["Size?"]
    assert says(shop, NIGHT + timedelta(minutes=1), "exit") == ["Size?"]
    assert says(shop, NIGHT + timedelta(minutes=5), "hello?") == ["Size?", "Closed, Kabir."]


@pytest.mark.feature("IN-43")
def test_somebody_who_is_still_there_is_not_talked_over(shop: Shop) -> None:
    with frozen_at(NIGHT - timedelta(minutes=30)):
        store.put("away_on", False)
        number = shop.hears("hi")
        send_message(number, parse_outbound({"type": "text", "text": {"body": "Here"}}), actor="user:1", scope="user:1")
        store.put("away_on", True)

    assert says(shop, NIGHT) == ["Here"]
    assert says(shop, NIGHT + timedelta(hours=2)) == ["Here", "Closed, Kabir."]


@pytest.mark.feature("IN-43")
def test_it_is_off_until_the_owner_wants_it_and_has_words_for_it(shop: Shop) -> None:
    store.put("away_on", False)
    shop.on(graph(node("m", "send_message", text="x"), edges="start>m", trigger={"kind": "keyword", "words": "zzz"}))
    assert says(shop, NIGHT) == []
    store.put("away_on", True)
    store.put("away_text", " ")
    assert says(shop, NIGHT + timedelta(minutes=1)) == []


@pytest.mark.feature("IN-43")
def test_a_flow_that_waits_for_something_else_and_a_person_who_just_took_over_are_enough(shop: Shop) -> None:
    waits = {"id": "w", "type": "wait_until", "data": {"kind": "webhook"}}
    shop.on(graph(waits, edges="start>w", trigger={"kind": "keyword", "words": "wait"}))
    assert says(shop, NIGHT, "wait") == []
    assert says(shop, NIGHT + timedelta(minutes=10), "hello?") == []
    other = "919800000012"
    with frozen_at(NIGHT - timedelta(hours=3)):
        shop.hears("wait", who=other)
    with frozen_at(NIGHT - timedelta(minutes=30)):
        hold.hold_bot(EVERYTHING, conversation(other).id, shop.asha.ref)
    assert says(shop, NIGHT, "hello?", who=other) == []
    assert says(shop, NIGHT + timedelta(hours=2), "hello?", who=other) == ["Closed, Kabir."]


@pytest.mark.feature("IN-43")
def test_who_is_blocked_is_told_nothing_and_the_turn_is_over(shop: Shop) -> None:
    with frozen_at(NIGHT):
        number = shop.hears("hi", play=False)
        sql.run("UPDATE contact SET blocked_at = 1")
        shop.plays()
    assert (shop.said(number), [row.state for row in FlowTurn.select()]) == ([], ["done"])


@pytest.mark.feature("IN-43")
def test_a_clock_that_was_set_back_does_not_silence_it_for_long(shop: Shop) -> None:
    assert len(says(shop, NIGHT + timedelta(days=40))) == 1
    assert len(says(shop, NIGHT, "hi")) == 2


@pytest.mark.feature("IN-43")
def test_the_same_turn_played_again_says_it_once(shop: Shop) -> None:
    says(shop, NIGHT)
    with frozen_at(NIGHT + timedelta(days=1)):
        for turn in FlowTurn.select():
            away.answer(turn)
    assert shop.said() == ["Closed, Kabir."]


@pytest.mark.feature("IN-43", "FE-29")
def test_closed_is_by_the_zone_of_the_business_which_is_indias_unless_it_says_otherwise(shop: Shop) -> None:
    assert store.get("time_zone") == "Asia/Kolkata"
    evening = datetime(2026, 11, 23, 14, 45, tzinfo=UTC)  # 20:15 in India, 09:45 in New York
    assert len(says(shop, evening)) == 1
    store.put("time_zone", "America/New_York")
    assert len(says(shop, datetime(2026, 11, 24, 15, 30, tzinfo=UTC), who="919800000010")) == 1, "10:30 there: open"
    assert len(says(shop, datetime(2026, 11, 24, 14, 45, tzinfo=UTC), who="919800000011")) == 2, "09:45 there: closed"
    with pytest.raises(Invalid):
        store.put("time_zone", "Mars/Olympus")
