"""Flows that the clock begins: plans, rounds, dates of customers; sleep, changed clocks, and many customers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.engine.flows.talk import KABIR, Shop, conversation, graph, node
from wablast_box.engine.contacts.fields import define
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.desk.triage import actions, tags
from wablast_box.engine.desk.triage.perform import perform_one
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.node.calendar import next_after
from wablast_box.engine.flows.starting import audience, plans, rounds, starts, tick
from wablast_box.engine.flows.starting.models import FlowPlan, FlowRound, FlowStart
from wablast_box.engine.inbox.people import write
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import is_postgres, transaction

INDIA = ZoneInfo("Asia/Kolkata")
NOON = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # a Monday, 12:00 in India


def at_tick(shop: Shop, moment: datetime) -> list[str]:
    """Every second's look at that moment, until nothing is due; what was said in all."""
    with frozen_at(moment):
        while tick.begin_due():
            shop.plays()
    return shop.said()


def wrote(days: int = 3, **trigger: Any) -> dict[str, Any]:
    return {"kind": "schedule", "who": "wrote", "who_days": days, **trigger}


@pytest.mark.feature("FT-05")
@pytest.mark.parametrize(
    ("given", "after", "due"),
    [
        ({"repeat": "daily", "at": "10:00"}, "2026-11-23T06:30", "2026-11-24T04:30"), ({"at": "12:01"}, "2026-11-23T06:30", "2026-11-23T06:31"),
        ({"repeat": "weekly", "weekdays": "Tue, Thu-Fri", "at": "09:00"}, "2026-11-24T04:00", "2026-11-26T03:30"),
        ({"repeat": "monthly", "day": 31, "at": "08:00"}, "2027-01-31T03:00", "2027-02-28T02:30"),
        ({"repeat": "once", "on": "2026-12-24", "at": "18:00"}, "2026-11-23T06:30", "2026-12-24T12:30"),
        ({"repeat": "once", "on": "2026-11-23", "at": "12:00"}, "2026-11-23T06:30", None), ({"at": "25:00"}, "2026-11-23T06:30", ValueError),
    ],
)  # fmt: skip
def test_when_a_plan_is_due(given: dict[str, Any], after: str, due: Any) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    if due is ValueError:
        with pytest.raises(Exception, match="no time of day"):
            next_after(given, moment, INDIA)
        return
    assert next_after(given, moment, INDIA) == (None if due is None else datetime.fromisoformat(due).replace(tzinfo=UTC))


@pytest.mark.feature("FT-05")
@pytest.mark.parametrize(
    ("at", "first"), [("02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)), ("09:00", datetime(2026, 3, 29, 7, 0, tzinfo=UTC))]
)
def test_a_clock_that_is_put_forward_or_back_neither_loses_nor_doubles_a_day(at: str, first: datetime) -> None:
    berlin, moment, days = ZoneInfo("Europe/Berlin"), datetime(2026, 3, 28, 12, 0, tzinfo=UTC), []
    for _ in range(250):
        moment = next_after({"repeat": "daily", "at": at}, moment, berlin) or moment
        days.append(moment)

    assert days[0] == first
    assert len({day.astimezone(berlin).date() for day in days}) == len(days) == 250
    assert max(b - a for a, b in pairwise(days)) <= timedelta(hours=26)


@pytest.mark.feature("FT-05")
def test_every_day_who_wrote_lately_is_begun_with_once(shop: Shop) -> None:
    with frozen_at(NOON - timedelta(days=10)):
        shop.hears("long ago", who="919800000001")
    with frozen_at(NOON):
        shop.hears("hi")
        shop.on(graph(node("m", "send_message", text="Good morning"), edges="start>m", trigger=wrote(at="18:00")))
    assert at_tick(shop, NOON + timedelta(hours=5)) == []

    assert at_tick(shop, NOON + timedelta(hours=6)) == ["Good morning"]
    assert at_tick(shop, NOON + timedelta(hours=6, seconds=1)) == ["Good morning"]
    done = FlowRound.get()
    assert (done.state, done.people, done.note, done.occurrence) == ("done", 1, None, "2026-11-23 18:00")
    assert rounds.rounds_of(done.flow_id)[0]["begun"] == 1


@pytest.mark.feature("FT-05")
def test_for_customers_with_a_tag_whether_on_the_person_or_the_conversation(shop: Shop) -> None:
    vip = int(tags.add_tag("VIP", "teal", by=shop.asha)["id"])
    with frozen_at(NOON):
        one, two = shop.hears("hi"), shop.hears("hi", who="919800000002")
        shop.hears("hi", who="919800000003")
        perform_one(actions.tag([vip], []), one, EVERYTHING, "user:1")
        write.edit(EVERYTHING, shop.asha, conversation("919800000002").contact_id, {"tags": [str(vip)]})
        trigger = {"kind": "schedule", "repeat": "once", "on": "2026-11-23", "at": "13:00", "who": "tag", "who_tag": "vip"}
        shop.on(graph(node("m", "send_message", text="For you"), edges="start>m", trigger=trigger))
    at_tick(shop, NOON + timedelta(hours=2))

    assert {row.conversation_id for row in FlowStart.select()} == {one, two}
    assert FlowPlan.get().next_at is None


@pytest.mark.feature("FT-05")
@pytest.mark.parametrize(("late", "said", "note"), [(5, 1, "it began 5 hours late"), (7, 0, "it would have begun 7 hours late")])
def test_a_box_that_slept_makes_up_for_what_is_not_too_late_and_says_so(shop: Shop, late: int, said: int, note: str) -> None:
    with frozen_at(NOON):
        shop.hears("hi")
        shop.on(graph(node("m", "send_message", text="Hello"), edges="start>m", trigger=wrote(at="13:00")))

    assert len(at_tick(shop, NOON + timedelta(hours=1 + late))) == said
    assert note in str(FlowRound.get().note)
    assert FlowPlan.get().next_at == NOON + timedelta(days=1, hours=1)


@pytest.mark.feature("FT-05")
def test_days_that_were_slept_through_are_not_made_up_for(shop: Shop) -> None:
    with frozen_at(NOON):
        shop.hears("hi")
        shop.on(graph(node("m", "send_message", text="Hello"), edges="start>m", trigger=wrote(7, at="13:00")))

    at_tick(shop, NOON + timedelta(days=3, hours=2))

    assert [row.state for row in FlowRound.select().order_by(FlowRound.id)] == ["skipped", "done"]
    assert FlowPlan.get().next_at == NOON + timedelta(days=4, hours=1)


@pytest.mark.feature("FT-05")
def test_a_clock_that_jumps_ahead_and_back_doubles_nothing_and_goes_on(shop: Shop) -> None:
    with frozen_at(NOON):
        shop.hears("hi")
        shop.on(graph(node("m", "send_message", text="Hello"), edges="start>m", trigger=wrote(at="13:00")))
    at_tick(shop, NOON + timedelta(hours=2))
    at_tick(shop, NOON + timedelta(days=400))

    with frozen_at(NOON + timedelta(hours=3)):
        tick.keep_right()
    at_tick(shop, NOON + timedelta(hours=3))
    assert shop.said() == ["Hello"]
    at_tick(shop, NOON + timedelta(days=1, hours=1))
    assert FlowRound.select().where(FlowRound.occurrence == "2026-11-24 13:00").count() == 1


@pytest.mark.feature("FT-05")
def test_publishing_again_and_switching_keep_the_plan_right(shop: Shop) -> None:
    with frozen_at(NOON):
        shop.hears("hi")
        number = shop.on(graph(node("m", "send_message", text="Hello"), edges="start>m", trigger=wrote(at="13:00")))
        publish.publish(number, shop.asha)
        assert FlowPlan.select().count() == 1
        flows.change_flow(number, shop.asha, is_on=False)
    assert at_tick(shop, NOON + timedelta(hours=2)) == []
    with frozen_at(NOON + timedelta(hours=3)):
        flows.change_flow(number, shop.asha, is_on=True)
    assert at_tick(shop, NOON + timedelta(hours=4)) == []
    with frozen_at(NOON + timedelta(hours=20)):
        shop.hears("still here")
    assert len(at_tick(shop, NOON + timedelta(days=1, hours=1))) == 1


@pytest.mark.feature("FT-05")
@pytest.mark.parametrize(
    ("trigger", "value", "begins"),
    [
        ({"side": "on"}, "2026-11-23", True), ({"side": "on"}, "2026-11-24", False), ({"side": "before", "days": 3}, "2026-11-26", True),
        ({"side": "after", "days": 2}, "2026-11-21", True), ({"side": "after", "days": 2}, "2026-11-25", False),
        ({"side": "on", "each_year": True}, "1990-11-23", True), ({"side": "on"}, "1990-11-23", False),
        ({"side": "before", "days": 1, "each_year": True}, "1999-11-24", True),
    ],
)  # fmt: skip
def test_a_date_of_the_customer_begins_a_flow_before_on_or_after_it(shop: Shop, trigger: dict[str, Any], value: str, begins: bool) -> None:
    with frozen_at(NOON):
        field = define.add_field("Birthday", "date", None, actor=shop.asha)
        shop.hears("hi")
        write.edit(EVERYTHING, shop.asha, conversation().contact_id, {"fields": {field["id"]: value}})
        drawn = graph(
            node("m", "send_message", text="{{value}}"),
            edges="start>m",
            trigger={"kind": "date_field", "field": "birthday", "at": "14:00", **trigger},
        )
        shop.on(drawn)

    assert at_tick(shop, NOON + timedelta(hours=2)) == ([value] if begins else [])


@pytest.mark.feature("FT-05")
def test_who_was_born_on_29_february_has_a_birthday_every_year() -> None:
    days = audience.days_meant({"side": "on", "each_year": True}, date(2027, 2, 28))
    assert date(2000, 2, 29) in days
    assert date(2000, 2, 29) not in audience.days_meant({"side": "on", "each_year": True}, date(2028, 2, 28))


@pytest.mark.feature("FT-05")
def test_ten_thousand_customers_are_begun_with_little_by_little(shop: Shop) -> None:
    with frozen_at(NOON):
        rows = [(ids.new_id(), f"9198{n:08d}", f"+9198{n:08d}", 0) for n in range(10_000)]
        with transaction():
            sql.run_many("INSERT INTO contact (id, wa_id, phone, created_at) VALUES (?, ?, ?, ?)", rows)
            tag = int(tags.add_tag("All", "teal", by=shop.asha)["id"])
            sql.run_many("INSERT INTO contact_tag (contact_id, tag_id, created_at) VALUES (?, ?, 0)", [(row[0], tag) for row in rows])
        trigger = {"kind": "schedule", "repeat": "once", "on": "2026-11-23", "at": "13:00", "who_tag": "All"}
        shop.on(graph(node("m", "send_message", text="Hi"), edges="start>m", trigger=trigger))
    with frozen_at(NOON + timedelta(hours=1)):
        for _ in range(3):
            tick.begin_due()
        assert FlowStart.select().count() == FlowRound.get().people == 3 * rounds.FASTEST
        for _ in range(10):
            tick.begin_due()
        assert FlowStart.select().count() == rounds.MOST_QUEUED, "it waits until those are played"


@pytest.mark.feature("FT-05")
def test_nobody_is_written_to_in_an_open_matter_of_a_person_nor_handed_to_one_because_it_failed(shop: Shop) -> None:
    with frozen_at(NOON - timedelta(days=2)):
        shop.hears("hi")
    with frozen_at(NOON):
        shop.on(graph(node("m", "send_message", text="Late"), edges="start>m", trigger=wrote(at="13:00")))
    assert at_tick(shop, NOON + timedelta(hours=1)) == []

    assert shop.session().state == "failed"
    assert conversation(KABIR).assignee_id is None and not sql.run("SELECT 1 FROM flow_hold")


def test_a_look_where_nothing_is_due_reads_indexes_alone(shop: Shop) -> None:
    with frozen_at(NOON):
        shop.on(graph(node("m", "send_message", text="Hello"), edges="start>m", trigger=wrote(at="13:00")))
        if not is_postgres():
            plan = " ".join(str(row) for row in sql.run("EXPLAIN QUERY PLAN " + tick._DUE, (1, 1)))
            assert "SCAN flow_plan" not in plan and "flow_plan_due" in plan and "flow_start_due" in plan
        assert tick.begin_due() == 0
        assert plans.put_right() == 0
    assert Contact.select().count() == 0 and now()


@pytest.mark.feature("FT-05")
def test_a_box_that_dies_in_the_middle_of_a_round_goes_on_with_those_who_are_left(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with frozen_at(NOON):
        for n in range(5):
            shop.hears("hi", who=f"91980000000{n}")
        shop.on(graph(node("m", "send_message", text="Hi all"), edges="start>m", trigger=wrote(at="13:00")))
    calls = {"left": 3}
    add = starts.turns.add

    def dies(*given: Any) -> bool:
        calls["left"] -= 1
        if calls["left"] < 0:
            raise KeyboardInterrupt
        return add(*given)

    with frozen_at(NOON + timedelta(hours=1)), monkeypatch.context() as patch:
        patch.setattr(starts.turns, "add", dies)
        with pytest.raises(KeyboardInterrupt):
            tick.begin_due()
    assert not FlowStart.select().count(), "all of a look, or nothing of it"

    assert at_tick(shop, NOON + timedelta(hours=1, minutes=1)) == ["Hi all"] * 5
