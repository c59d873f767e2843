"""Blue ticks and "typing…" on the customer's phone: told after the click, only if the owner wants it, never too often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.outbox.sending import GRAPH_URL, RAVI, connect, conversation, inbound
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox import conversations
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.outbox import receipts, typing
from wablast_box.engine.outbox.mark_read import mark_read
from wablast_box.engine.outbox.typing import show_typing
from wablast_box.engine.settings import store
from wablast_box.lib.clock import now
from wablast_box.lib.errors import NotFound
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.transport import GraphTransport


@pytest.fixture
def kabir(box: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMeta]:
    """Kabir has written two messages on his phone; the box has both."""
    connect()
    meta = FakeMeta()
    client = GraphClient(GRAPH_URL, "v24.0", meta.state.account.access_token, transport=GraphTransport(meta.graph))
    monkeypatch.setattr(receipts, "our_client", lambda: client)
    typing._shown.clear()
    number = conversation()
    for said in ("hi", "is it ready?"):
        message = meta.phone("kabir").says(said)
        row = inbound(number, message.wamid)
        conversations.touch({number: row.id})
    yield meta
    client.close()


def conversation_id() -> int:
    return int(Conversation.get().id)


def read_by_business(meta: FakeMeta) -> list[bool]:
    return [message.read_by_business for message in meta.customer("kabir").thread]


def test_opening_a_conversation_marks_it_read_for_staff_and_for_the_customer(kabir: FakeMeta) -> None:
    mark_read(conversation_id(), actor=RAVI)

    row = Conversation.get()
    assert row.read_up_to_id == row.last_message_id
    assert read_by_business(kabir) == [True, True]
    assert [(e.name, e.actor) for e in Event.select() if e.name != "contact.created"] == [("conversation.updated", RAVI)]


def test_opening_it_again_with_nothing_new_does_nothing(kabir: FakeMeta) -> None:
    mark_read(conversation_id(), actor=RAVI)
    calls = Event.select().count()

    mark_read(conversation_id(), actor=RAVI)

    assert Event.select().count() == calls


@pytest.mark.feature("CN-33")
def test_an_owner_who_gives_no_read_receipts_reads_unseen(kabir: FakeMeta) -> None:
    store.put("read_receipts", False)

    mark_read(conversation_id(), actor=RAVI)
    show_typing(conversation_id())

    assert Conversation.get().read_up_to_id > 0
    assert read_by_business(kabir) == [False, False]
    assert kabir.customer("kabir").typing_until is None


def test_meta_being_away_does_not_keep_staff_from_reading(kabir: FakeMeta) -> None:
    kabir.faults.add("error", code=131016, times=None)

    mark_read(conversation_id(), actor=RAVI)

    assert Conversation.get().read_up_to_id > 0


def test_a_conversation_that_is_not_there_cannot_be_read(box: Path) -> None:
    with pytest.raises(NotFound):
        mark_read(12345, actor=RAVI)


@pytest.mark.feature("CN-32")
def test_reading_and_then_typing_are_two_calls_in_that_order(kabir: FakeMeta, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    newest = kabir.customer("kabir").thread[-1].wamid
    real = (receipts.messages.mark_read, receipts.messages.show_typing)
    monkeypatch.setattr(receipts.messages, "mark_read", lambda *call: (asked.append(f"read {call[2]}"), real[0](*call)))
    monkeypatch.setattr(receipts.messages, "show_typing", lambda *call: (asked.append(f"typing {call[2]}"), real[1](*call)))

    mark_read(conversation_id(), actor=RAVI)
    assert kabir.customer("kabir").typing_until is None, "reading is not writing yet"
    show_typing(conversation_id())

    assert asked == [f"read {newest}", f"typing {newest}"]
    assert kabir.customer("kabir").typing_until is not None


@pytest.mark.feature("CN-33")
def test_switching_receipts_on_again_counts_from_the_next_message_on(kabir: FakeMeta) -> None:
    store.put("read_receipts", False)
    mark_read(conversation_id(), actor=RAVI)
    store.put("read_receipts", True)

    mark_read(conversation_id(), actor=RAVI)
    assert read_by_business(kabir) == [False, False], "what was read unseen stays unseen"
    late = inbound(conversation_id(), kabir.phone("kabir").says("hello?").wamid)
    conversations.touch({conversation_id(): late.id})
    mark_read(conversation_id(), actor=RAVI)

    assert read_by_business(kabir) == [True, True, True]


@pytest.mark.feature("CN-32")
def test_the_customer_sees_that_somebody_is_typing(kabir: FakeMeta) -> None:
    show_typing(conversation_id())

    assert kabir.customer("kabir").typing_until is not None


@pytest.mark.feature("CN-32")
def test_typing_is_told_once_in_twenty_seconds(kabir: FakeMeta, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(receipts, "tell_typing", told.append)

    for _ in range(10):
        show_typing(conversation_id())
    typing._shown[conversation_id()] -= typing.EVERY_S
    show_typing(conversation_id())

    assert len(told) == 2


def test_a_message_older_than_a_month_is_not_named_to_meta(kabir: FakeMeta) -> None:
    Message.update(created_at=now() - timedelta(days=31)).execute()

    show_typing(conversation_id())

    assert kabir.customer("kabir").typing_until is None
