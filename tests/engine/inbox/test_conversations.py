"""A conversation moves: up in the list with every message, back to open when its customer writes again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.engine.inbox.meta import body, delivers, text
from wablast_box.engine.inbox import conversations
from wablast_box.engine.inbox.models import Conversation, ConversationState, Message
from wablast_box.lib.db import transaction


def put_away(state: ConversationState, until: datetime | None = None) -> None:
    Conversation.update(state=state, snoozed_until=until, waiting_since_at=None, opened_at=datetime(2026, 1, 1, tzinfo=UTC)).execute()


@pytest.mark.parametrize("state", [ConversationState.RESOLVED, ConversationState.SNOOZED])
def test_a_customer_who_writes_again_brings_the_conversation_back(box: Path, state: ConversationState) -> None:
    delivers(body(text(wamid="wamid.1")))
    put_away(state, datetime(2030, 1, 1, tzinfo=UTC))

    delivers(body(text(wamid="wamid.2")))

    again = Conversation.get()
    assert (again.state, again.snoozed_until) == (ConversationState.OPEN, None)
    assert again.opened_at.year > 2025
    assert again.waiting_since_at is not None


def test_a_conversation_that_was_open_already_is_not_opened_again(box: Path) -> None:
    delivers(body(text(wamid="wamid.1")))
    before = Conversation.get()

    delivers(body(text(wamid="wamid.2")))

    after = Conversation.get()
    assert (after.opened_at, after.waiting_since_at) == (before.opened_at, before.waiting_since_at)
    assert after.sort_id == Message.select().order_by(Message.id.desc()).get().id == after.last_inbound_id


def test_a_place_in_the_list_never_falls(box: Path) -> None:
    delivers(body(text(wamid="wamid.1")))
    before = Conversation.get()

    with transaction():
        conversations.touch({before.id: 1})

    assert Conversation.get().sort_id == before.sort_id


def test_an_answer_ends_the_wait(box: Path) -> None:
    delivers(body(text(wamid="wamid.1")))

    with transaction():
        conversations.answered(Conversation.get().id)

    assert Conversation.get().waiting_since_at is None
