"""Deciding to send: the gates, the row, and what a repeated request gets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.outbox.sending import RAVI, conversation, inbound, send, template, text
from tests.threads import side_by_side
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.outbox.send import retry_message
from wablast_box.engine.outbox.transmit import bell as transmit_bell
from wablast_box.lib.clock import now
from wablast_box.lib.db import in_transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound


@pytest.fixture
def rings(box: Path) -> Iterator[list[bool]]:
    """Each ring of the bell: was it inside a transaction?"""
    heard: list[bool] = []

    def hear() -> None:
        heard.append(in_transaction())

    transmit_bell.listen(hear)
    yield heard
    transmit_bell.stop_listening(hear)


def test_a_message_is_a_row_before_anybody_is_called(box: Path, rings: list[bool]) -> None:
    number = conversation()

    sent = send(number, text("नमस्ते 🙏"))

    assert (sent.state, sent.direction, sent.text, sent.sender) == ("queued", "out", "नमस्ते 🙏", RAVI)
    assert sent.content_json == {"body": "नमस्ते 🙏"}
    assert Conversation.get_by_id(number).last_message_id == sent.id
    assert [(e.name, e.subject_id, e.actor) for e in Event.select() if e.name != "contact.created"] == [("message.queued", sent.id, RAVI)]
    assert rings == [False], "the bell rings after the commit"


def test_with_a_closed_window_nothing_is_written_and_the_person_is_told_what_to_do(box: Path, rings: list[bool]) -> None:
    number = conversation(wrote_ago=timedelta(hours=25))

    with pytest.raises(Conflict) as refused:
        send(number)

    assert refused.value.code == "window_closed"
    assert refused.value.help
    assert Message.select().count() == 0
    assert rings == []
    assert send(number, template()).state == "queued"


def test_a_marketing_template_to_somebody_who_stopped_them_is_not_written(box: Path) -> None:
    number = conversation()
    Contact.update(marketing_opted_out_at=now()).execute()

    with pytest.raises(Conflict):
        send(number, template("diwali_offer", category="marketing"))

    assert Message.select().count() == 0
    assert send(number, template()).state == "queued"


def test_a_conversation_that_is_not_there_cannot_be_written_to(box: Path) -> None:
    with pytest.raises(NotFound):
        send(12345)


# --- the same request again


@pytest.mark.feature("AP-05")
def test_the_same_key_and_request_give_the_same_message_again(box: Path, rings: list[bool]) -> None:
    number = conversation()

    first = send(number, idempotency_key="k1")
    again = send(number, idempotency_key="k1")

    assert first.id == again.id
    assert Message.select().count() == 1
    assert len(rings) == 1


@pytest.mark.feature("AP-05")
def test_the_same_key_with_another_request_is_a_conflict(box: Path) -> None:
    number = conversation()
    send(number, text("one"), idempotency_key="k1")

    with pytest.raises(Conflict) as refused:
        send(number, text("two"), idempotency_key="k1")

    assert refused.value.code == "key_reused"
    assert Message.select().count() == 1


@pytest.mark.feature("AP-05")
def test_a_repeat_is_answered_also_when_the_window_has_closed_since(box: Path) -> None:
    number = conversation()
    first = send(number, idempotency_key="k1")
    Conversation.update(last_inbound_at=now() - timedelta(days=2)).execute()

    assert send(number, idempotency_key="k1").id == first.id


@pytest.mark.feature("AP-05")
def test_keys_of_different_callers_have_nothing_to_do_with_each_other(box: Path) -> None:
    number = conversation()

    first = send(number, idempotency_key="k1", scope="api_key:1")
    second = send(number, idempotency_key="k1", scope="api_key:2")

    assert first.id != second.id


@pytest.mark.feature("AP-05")
def test_eight_repeats_at_the_same_instant_make_one_message(box: Path) -> None:
    number = conversation()

    outcomes = side_by_side([lambda: send(number, idempotency_key="k1").id] * 8)

    assert len(set(outcomes)) == 1
    assert Message.select().count() == 1


@pytest.mark.feature("AP-05")
def test_of_two_different_requests_with_one_key_at_the_same_instant_one_is_told(box: Path) -> None:
    number = conversation()

    outcomes = side_by_side([lambda: send(number, text("one"), idempotency_key="k1").id, lambda: send(number, text("two"), idempotency_key="k1").id])

    assert sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]
    assert Message.select().count() == 1


def test_the_windows_own_key_counts_when_no_other_is_given(box: Path) -> None:
    number = conversation()

    first = send(number, text(client_key="c-1"))

    assert send(number, text(client_key="c-1")).id == first.id
    assert first.idempotency_key == "c-1"


@pytest.mark.parametrize("key", [" ", "x" * 201, "a\nb"])
def test_a_key_that_is_none_is_refused_with_its_field(box: Path, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        send(conversation(), idempotency_key=key)

    assert refused.value.field == "Idempotency-Key"


# --- again


@pytest.mark.feature("IN-14")
@pytest.mark.parametrize("before,wamid", [("failed", None), ("unconfirmed", None)])
def test_a_person_may_send_a_failed_or_unconfirmed_message_again(box: Path, rings: list[bool], before: str, wamid: str | None) -> None:
    sent = send(conversation())
    Message.update(state=before, wamid="wamid.OLD" if before == "failed" else None, attempts=3, error_code=131026, error_title="x").execute()

    again = retry_message(sent.id, actor=RAVI)

    assert (again.id, again.state, again.error_code, again.wamid, again.attempts) == (sent.id, "queued", None, wamid, 3)
    assert len(rings) == 2


@pytest.mark.parametrize("before", ["queued", "sending", "sent", "delivered", "read"])
def test_what_has_not_failed_is_not_sent_again(box: Path, before: str) -> None:
    sent = send(conversation())
    Message.update(state=before).execute()

    with pytest.raises(Conflict):
        retry_message(sent.id, actor=RAVI)


def test_sending_again_needs_an_open_window_too(box: Path) -> None:
    sent = send(conversation())
    Message.update(state="failed").execute()
    Conversation.update(last_inbound_at=now() - timedelta(days=2)).execute()

    with pytest.raises(Conflict) as refused:
        retry_message(sent.id, actor=RAVI)

    assert refused.value.code == "window_closed"


def test_only_our_own_messages_can_be_sent_again(box: Path) -> None:
    with pytest.raises(NotFound):
        retry_message(inbound(conversation()).id, actor=RAVI)


def test_two_people_who_send_again_at_the_same_instant_send_once(box: Path) -> None:
    sent = send(conversation())
    Message.update(state="failed").execute()

    outcomes = side_by_side([lambda: retry_message(sent.id, actor=RAVI).id] * 2)

    assert sum(outcome == sent.id for outcome in outcomes) == 1
