"""What changed while a message waited: the window closed, or the customer stopped marketing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.engine.outbox.sending import Wire, conversation, send, sender, state, template, text, until
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.outbox.send import retry_message
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Conflict

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def hand_over(wire: Wire, at: datetime, *messages: Message) -> None:
    """The sender runs at that moment until it has dealt with all of them."""
    with frozen_at(at):
        sends = sender(wire)
        sends.start()
        until(lambda: all(state(message.id) in ("sent", "failed") for message in messages))
        sends.stop(3)


def test_a_text_whose_window_closed_while_it_waited_fails_with_the_reason_and_is_not_sent(wire: Wire) -> None:
    with frozen_at(NOON):
        late = send(conversation(wrote_ago=timedelta(hours=23)))

    hand_over(wire, NOON + timedelta(hours=1), late)

    row = Message.get_by_id(late.id)
    assert (row.state, row.error_title, row.attempts) == ("failed", "The customer last wrote more than 24 hours ago.", 0)
    assert "template" in row.error_details
    assert wire.bodies == []
    assert [event.name for event in Event.select().order_by(Event.id) if event.name != "contact.created"] == ["message.queued", "message.updated"]


def test_a_second_before_the_window_closes_it_still_goes(wire: Wire) -> None:
    with frozen_at(NOON):
        late = send(conversation(wrote_ago=timedelta(hours=23)))

    hand_over(wire, NOON + timedelta(minutes=59, seconds=59), late)

    assert state(late.id) == "sent"


def test_marketing_that_waited_is_not_sent_to_who_stopped_it_meanwhile_and_everything_else_is(wire: Wire) -> None:
    number = conversation()
    offer = send(number, template("diwali_offer", category="marketing"))
    news, answer = send(number, template("order_ready")), send(number)
    Contact.update(marketing_opted_out_at=now()).execute()

    hand_over(wire, now(), offer, news, answer)

    assert Message.get_by_id(offer.id).error_title == "This customer has stopped marketing messages."
    assert [asked["type"] for asked in wire.asked()] == ["template", "text"]
    assert wire.asked()[0]["template"]["name"] == "order_ready"


def test_refused_messages_hold_up_nobody_behind_them(wire: Wire) -> None:
    with frozen_at(NOON):
        stale = [send(conversation(f"9198000000{n:02}", wrote_ago=timedelta(hours=23))) for n in range(40)]
        fresh = send(conversation("919800000099"))

    hand_over(wire, NOON + timedelta(hours=2), *stale, fresh)

    assert {state(message.id) for message in stale} == {"failed"}
    assert [asked["to"] for asked in wire.asked()] == ["919800000099"]


def test_a_person_who_tries_again_is_told_the_same(wire: Wire) -> None:
    offer = send(conversation(), template("diwali_offer", category="marketing"))
    Contact.update(marketing_opted_out_at=now()).execute()
    hand_over(wire, now(), offer)

    with pytest.raises(Conflict) as refused:
        retry_message(offer.id, actor="user:7")

    assert refused.value.code == "opted_out"
    assert state(offer.id) == "failed"


def test_a_message_that_must_wait_longer_than_the_window_is_not_repeated_after_it(wire: Wire) -> None:
    with frozen_at(NOON):
        slow = send(conversation(wrote_ago=timedelta(hours=23)), text("the third try"))
    Message.update(next_attempt_at=NOON + timedelta(hours=2), attempts=3, error_title="Too many messages").execute()

    hand_over(wire, NOON + timedelta(hours=2), slow)

    row = Message.get_by_id(slow.id)
    assert (row.state, row.attempts) == ("failed", 3)
    assert "24 hours" in row.error_title
