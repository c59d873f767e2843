"""Meera reads how a flow fares: every figure comes from the sessions themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows import read
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.figures import figures
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.models import FlowSession
from wablast_box.engine.settings import store
from wablast_box.lib import sql
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import is_postgres, transaction
from wablast_box.lib.errors import Invalid

pytestmark = pytest.mark.feature("FE-27")
ASK = graph(
    node("ask", "ask_text", question="Your name?", save_as="who"), node("hello", "send_message", text="Hello {{who}}"),
    edges="start>ask ask>hello",
)  # fmt: skip
NOON = datetime(2027, 11, 20, 6, 30, tzinfo=UTC)  # 12:00 in India


def numbers(sums: dict[str, object]) -> dict[str, object]:
    return {name: count for name, count in sums.items() if count and name not in ("day", "kind", "number")}


def test_what_became_of_those_who_began(shop: Shop) -> None:
    with frozen_at(NOON):
        number = shop.on(ASK)
        finishes, handed, stopped, silent = (shop.hears("hi", who=f"91980000000{at}") for at in range(4))
    with shop.at(NOON + timedelta(minutes=3)):
        shop.hears("Kabir", who="919800000000")
        with transaction():
            hold.hold(handed, shop.asha.ref)
        shop.hears("hello?", who="919800000001")
        shop.hears("cancel", who="919800000002")
    with frozen_at(NOON + timedelta(hours=3)):
        shop.hears("hi", who="919800000009")
        shown = figures(number, 7)
        assert numbers(shown["total"]) == {"started": 5, "finished": 1, "handed_over": 1, "left": 1, "active": 2}
        assert shown["median_s"] == 180
        assert [(one["day"], one["started"]) for one in shown["days"]][-2:] == [("2027-11-19", 0), ("2027-11-20", 5)]
        assert [(one["kind"], one["started"]) for one in shown["triggers"]] == [("any_message", 5)]
    with frozen_at(NOON + timedelta(hours=25)):
        later = figures(number, 7)

    assert numbers(later["total"]) == {"started": 5, "finished": 1, "handed_over": 1, "left": 2, "active": 1}, (
        "who is silent for a day is gone"
    )
    assert later["places"] == [{"node_id": "ask", "name": "Ask for a text", "count": 2}]
    assert len({finishes, handed, stopped, silent}) == 4


def test_half_of_those_who_finished_took_no_longer_than_it_says(shop: Shop) -> None:
    with frozen_at(NOON):
        number = shop.on(ASK)
        for at in range(3):
            shop.hears("hi", who=f"91980000000{at}")
    for at, minutes in enumerate((1, 5, 60)):
        with frozen_at(NOON + timedelta(minutes=minutes)):
            shop.hears("Kabir", who=f"91980000000{at}")
    with frozen_at(NOON + timedelta(hours=2)):
        assert figures(number, 7)["median_s"] == 300


def test_each_version_has_its_own(shop: Shop) -> None:
    number = shop.on(ASK)
    shop.hears("hi", who="919800000001")
    flows.save_draft(number, ASK | {"nodes": [*ASK["nodes"][:2], node("hello", "send_message", text="Welcome {{who}}")]}, shop.asha)
    publish.publish(number, shop.asha)
    for at in range(2):
        shop.hears("hi", who=f"91980000001{at}")

    assert [(one["number"], one["started"]) for one in figures(number, 30)["versions"]] == [(2, 2), (1, 1)]
    assert figures(number, 30, version=1)["total"]["started"] == 1
    assert figures(number, 30, version=9)["total"]["started"] == 0


@pytest.mark.parametrize(
    ("zone", "began", "day"),
    [
        ("Asia/Kolkata", "2027-11-19T18:29:59+00:00", "2027-11-19"),
        ("Asia/Kolkata", "2027-11-19T18:30:00+00:00", "2027-11-20"),
        ("Europe/Berlin", "2027-10-30T21:59:59+00:00", "2027-10-30"),
        ("Europe/Berlin", "2027-10-31T22:59:59+00:00", "2027-10-31"),  # the day of 25 hours
        ("Europe/Berlin", "2027-10-31T23:00:00+00:00", "2027-11-01"),
    ],
)
def test_a_day_is_the_shops_own_also_when_the_clocks_change(shop: Shop, zone: str, began: str, day: str) -> None:
    store.put("time_zone", zone)
    with frozen_at(datetime.fromisoformat(began)):
        number = shop.on(ASK)
        shop.hears("hi")
    with frozen_at(NOON):
        counted = {one["day"]: one["started"] for one in figures(number, 60)["days"] if one["started"]}

    assert counted == {day: 1}


def test_a_flow_that_nobody_began_has_empty_days_and_a_period_has_bounds(shop: Shop) -> None:
    number = int(flows.create_flow("New", None, shop.asha)["id"])
    shown = figures(number, 3)

    assert (len(shown["days"]), shown["total"]["started"], shown["median_s"], shown["places"]) == (3, 0, None, [])
    for days in (0, -1, 367):
        with pytest.raises(Invalid):
            figures(number, days)


@pytest.mark.feature("FE-23")
def test_on_the_canvas_a_visit_is_a_session_and_who_went_no_further_is_counted_there(shop: Shop) -> None:
    with frozen_at(NOON - timedelta(days=2)):
        number = shop.on(ASK)
        shop.hears("hi", who="919800000001")
        shop.hears("hi", who="919800000002")
        shop.hears("Kabir", who="919800000001")
    with frozen_at(NOON):
        nodes = read.stats(number)["nodes"]

    assert nodes == {"start": {"visits": 2, "left": 0}, "ask": {"visits": 2, "left": 1}, "hello": {"visits": 1, "left": 0}}


@pytest.mark.feature("FE-23")
def test_who_goes_the_same_way_twice_is_one_customer_on_it(shop: Shop) -> None:
    asks = (node("ask", "ask_text", question="More?", save_as="x"), node("m", "send_message", text="Yes"))
    number = shop.on(graph(*asks, edges="start>ask ask>m m>ask"))
    for words in ("hi", "a", "b", "c"):
        shop.hears(words)
    shop.hears("hi", who="919800000002")
    shown = read.stats(number)
    assert {(one["from"], one["output"]): one["count"] for one in shown["edges"]} == {
        ("start", "next"): 2,
        ("ask", "next"): 1,
        ("m", "next"): 1,
    }
    assert shown["nodes"]["ask"]["visits"] == 2 and shown["sessions"]["waiting"] == 2


def test_the_figures_are_found_by_their_index(shop: Shop) -> None:
    number = shop.on(ASK)
    shop.hears("hi")
    assert now() and FlowSession.select().count() == 1
    sql.run("ANALYZE")
    plan = sql.run(
        "EXPLAIN QUERY PLAN SELECT count(*) FROM flow_session WHERE version_id IN (1, 2) AND started_at >= 0 AND started_at < 9"
    ) if not is_postgres() else []  # fmt: skip

    assert all("flow_session_version_id_started_at" in str(row) for row in plan), number
