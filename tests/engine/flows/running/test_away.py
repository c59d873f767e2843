"""The away message: only while closed, once in a while, and never over a flow or somebody who is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.models import FlowTurn
from wablast_box.engine.flows.running import away
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.engine.settings import store
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
