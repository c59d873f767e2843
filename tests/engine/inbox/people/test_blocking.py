"""Blocking happens at WhatsApp; what Meta refuses is said in words, and nothing goes to who is blocked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.engine.outbox.sending import send
from tests.engine.outbox.sending import state as state_of
from wablast_box.engine.contacts.models import Contact, ContactActivity
from wablast_box.engine.contacts.upsert import find_or_create
from wablast_box.engine.inbox import conversations
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.inbox.people.blocking import block, unblock
from wablast_box.engine.inbox.read import conversation
from wablast_box.engine.inbox.thread.models import ConversationActivity
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.outbox.transmit.gate import still_allowed
from wablast_box.engine.outbox.transmit.queue import find_due
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict
from wablast_box.simulator.meta import FakeMeta


def kabir(fake: FakeMeta, *, wrote: bool = True, phone: str | None = "919845012345") -> int:
    """Kabir of the fake Meta, known to the box."""
    customer = fake.customer("kabir" if phone else "dev")
    if wrote:
        customer.wrote_at = now()
    with transaction():
        number = find_or_create(wa_id=phone, user_id=None if phone else customer.user_id, name="Kabir")
        conversations.of_contacts([number])
    Conversation.update(last_inbound_at=to_ms(now() - timedelta(minutes=5))).execute()
    return number


@pytest.mark.feature("IN-42")
@pytest.mark.parametrize("phone", ["919845012345", None])
def test_somebody_is_blocked_at_whatsapp_and_let_in_again(fake: FakeMeta, ravi: Actor, phone: str | None) -> None:
    number = kabir(fake, phone=phone)
    customer = fake.customer("kabir" if phone else "dev")

    blocked = block(EVERYTHING, ravi, number)
    at_meta = customer.blocked
    shown = conversation(EVERYTHING, Conversation.get().id)["contact"]["blocked"]
    freed = unblock(EVERYTHING, ravi, number)

    assert (blocked["blocked"], at_meta, shown) == (True, True, True)
    assert (freed["blocked"], customer.blocked) == (False, False)
    assert [row.kind for row in ContactActivity.select().order_by(ContactActivity.id)] == ["blocked", "unblocked"]
    assert [row.kind for row in ConversationActivity.select().order_by(ConversationActivity.id)] == ["contact.blocked", "contact.unblocked"]


@pytest.mark.feature("IN-42")
def test_whoever_has_not_written_for_a_day_cannot_be_blocked_and_that_is_said(fake: FakeMeta, ravi: Actor) -> None:
    number = kabir(fake, wrote=False)

    with pytest.raises(Conflict) as refused:
        block(EVERYTHING, ravi, number)

    assert refused.value.code == "block_window_closed" and "24 hours" in refused.value.message
    assert Contact.get().blocked_at is None and ContactActivity.select().count() == 0


def test_when_meta_cannot_be_reached_nothing_is_written_down(fake: FakeMeta, ravi: Actor) -> None:
    number = kabir(fake)
    fake.faults.add("error", path="block_users", code=139101)

    with pytest.raises(BoxError) as refused:
        block(EVERYTHING, ravi, number)

    assert "64,000" in (refused.value.help or "")
    assert Contact.get().blocked_at is None


@pytest.mark.feature("IN-42")
def test_nothing_is_sent_to_who_is_blocked_and_what_waits_stops_at_the_gate(fake: FakeMeta, ravi: Actor) -> None:
    number = kabir(fake)
    waiting = send(Conversation.get().id)
    block(EVERYTHING, ravi, number)

    with pytest.raises(Conflict) as refused:
        send(Conversation.get().id)
    allowed = still_allowed(find_due(10))

    assert refused.value.code == "blocked"
    assert allowed == [] and state_of(waiting.id) == "failed"
    assert Message.select().count() == 1


def test_what_a_blocked_customer_writes_never_arrives(fake: FakeMeta, ravi: Actor) -> None:
    posted: list[bytes] = []
    meta = FakeMeta(callback_url="http://box.test/hooks/meta", post=lambda _, __, raw: posted.append(raw) or 200)
    phone = meta.phone("kabir")
    phone.says("hello")
    meta.pump()
    before = len(posted)

    phone.customer.blocked = True
    phone.says("let me in")
    meta.pump()

    assert (before, len(posted)) == (1, 1)
