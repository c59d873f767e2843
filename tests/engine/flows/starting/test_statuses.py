"""What became of our messages begins flows: unread for too long, read, failed. Meta's word repeats, overtakes itself and comes late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.engine.flows.starting.test_events import happens
from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.starting import tick
from wablast_box.engine.flows.starting.models import FlowPlan, FlowStart
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.inbox.statuses import apply_waiting
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import frozen_at, now, to_ms
from wablast_box.lib.db import transaction

UNREAD = {"kind": "not_read", "amount": 6, "unit": "hours"}


def writes(number: int, text: str = "Your order is ready") -> Message:
    """Ravi writes, and Meta takes it."""
    sent = send_message(number, parse_outbound({"type": "text", "text": {"body": text}}), actor="user:1", scope="user:1")
    sql.run("UPDATE message SET state = 'sent', wamid = ?, sent_at = ? WHERE id = ?", (f"wamid.{sent.id}", to_ms(now()), sent.id))
    return sent


def meta_says(message: Message, *statuses: str) -> None:
    with transaction():
        for status in statuses:
            sql.run(
                "INSERT INTO message_status (id, wamid, status, recipient, at, created_at) VALUES (?, ?, ?, '', ?, 0) ON CONFLICT DO NOTHING",
                (ids.new_id(), f"wamid.{message.id}", status, to_ms(now())),
            )
        apply_waiting([f"wamid.{message.id}"])


def looks(shop: Shop, hours: float, *, then: list[str] | None = None) -> list[str]:
    """As the box does all day: a look now and then until so many hours on."""
    begin, step = now(), 0.0
    while step <= hours * 60:
        with frozen_at(begin + timedelta(minutes=step)):
            tick.begin_due()
            happens(shop)
        step += 5
    return shop.said()


def reminds(shop: Shop, trigger: dict[str, Any] = UNREAD) -> int:
    return shop.on(graph(node("m", "send_message", text="A reminder"), edges="start>m", trigger=trigger), "Remind")


@pytest.mark.feature("FT-08")
def test_a_message_that_is_not_read_for_hours_begins_one_reminder(shop: Shop) -> None:
    number = shop.hears("hi")
    reminds(shop)
    writes(number)
    assert looks(shop, 5.8) == ["Your order is ready"]

    assert looks(shop, 14) == ["Your order is ready", "A reminder"]


@pytest.mark.feature("FT-08")
@pytest.mark.parametrize("what", ["read", "played", "failed", "answered", "another"])
def test_what_was_read_answered_or_followed_begins_none(shop: Shop, what: str) -> None:
    number = shop.hears("hi")
    reminds(shop)
    message = writes(number)
    with frozen_at(now() + timedelta(hours=2)):
        if what == "answered":
            shop.hears("thanks")
        elif what == "another":
            writes(number, "Are you there?")
        else:
            meta_says(message, what)

    assert "A reminder" not in looks(shop, 7)


@pytest.mark.feature("FT-08")
def test_a_read_that_came_late_still_stops_the_reminder_before_it_begins(shop: Shop) -> None:
    number = shop.hears("hi")
    reminds(shop)
    message = writes(number)
    looks(shop, 1)
    with frozen_at(now() + timedelta(hours=6, minutes=30)):
        sql.run("UPDATE flow_plan SET next_at = ?", (to_ms(now()),))
        tick.begin_due()
        meta_says(message, "read", "delivered")
        happens(shop)

    assert shop.said() == ["Your order is ready"]
    assert FlowStart.get().note == "The message was read, or failed."


@pytest.mark.feature("FT-08")
def test_what_left_the_queue_late_is_counted_from_when_it_left(shop: Shop) -> None:
    number = shop.hears("hi")
    reminds(shop)
    begin, message = now(), writes(number)
    sql.run("UPDATE message SET state = 'queued', sent_at = NULL WHERE id = ?", (message.id,))
    looks(shop, 6.2)
    sql.run("UPDATE message SET state = 'sent', sent_at = ? WHERE id = ?", (to_ms(begin + timedelta(hours=8)), message.id))

    assert looks(shop, 13.5) == ["Your order is ready"]
    assert looks(shop, 21) == ["Your order is ready", "A reminder"]


@pytest.mark.feature("FT-08")
def test_a_box_that_slept_first_hears_what_was_read_meanwhile(shop: Shop) -> None:
    number = shop.hears("hi")
    reminds(shop)
    message = writes(number)
    with frozen_at(now() + timedelta(hours=9)):
        tick.begin_due()
        meta_says(message, "read")
    assert FlowStart.select().count() == 0

    assert looks(shop, 12) == ["Your order is ready"]


@pytest.mark.feature("FT-08")
def test_read_and_failed_begin_theirs_once_however_often_meta_says_so(shop: Shop) -> None:
    for kind in ("message_read", "message_failed"):
        shop.on(graph(node("m", "send_message", text=kind), edges="start>m", trigger={"kind": kind}), kind)
    number = shop.hears("hi")
    one, two = writes(number, "one"), writes(number, "two")

    for status in ("read", "delivered", "read", "played"):
        meta_says(one, status)
        happens(shop)
    meta_says(two, "failed", "failed")
    happens(shop)

    assert shop.said() == ["one", "two", "message_read", "message_failed"]


@pytest.mark.feature("FT-08")
def test_a_flow_whose_own_messages_fail_does_not_begin_again_for_them(shop: Shop) -> None:
    shop.on(graph(node("m", "send_message", text="Sorry"), edges="start>m", trigger={"kind": "message_failed"}))
    number = shop.hears("hi")
    for round_ in range(4):
        last = Message.select().where(Message.direction == "out").order_by(Message.id.desc()).first() if round_ else writes(number)
        sql.run("UPDATE message SET state = 'sent', wamid = ?, sent_at = 1 WHERE id = ?", (f"wamid.{last.id}", last.id))
        meta_says(last, "failed")
        happens(shop)

    assert shop.said() == ["Your order is ready", "Sorry"]


@pytest.mark.feature("FT-08")
def test_only_messages_of_one_template_when_one_is_named(shop: Shop) -> None:
    number = shop.hears("hi")
    reminds(shop, {**UNREAD, "template": "invoice"})
    writes(number)

    assert looks(shop, 7) == ["Your order is ready"]
    assert FlowPlan.get().cursor > 0
