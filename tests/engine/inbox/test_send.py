"""Deciding to send: the gates, the row, and what a repeated request gets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.inbox.sending import RAVI, conversation, send, side_by_side, template, text
from tests.engine.media.test_store import JPEG, OGG, PDF
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox import transmit_bell
from wablast_box.engine.inbox.models import Attachment, Conversation, Direction, Message, MessageState
from wablast_box.engine.inbox.outbound import parse_outbound
from wablast_box.engine.inbox.send import retry_message, send_to
from wablast_box.engine.inbox.send_address import parse_address
from wablast_box.engine.media import store as media_store
from wablast_box.lib.clock import now
from wablast_box.lib.db import in_transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound
from wablast_box.lib.ids import new_id


@pytest.fixture
def rings(box: Path) -> Iterator[list[bool]]:
    """Each ring of the bell: was it inside a transaction?"""
    heard: list[bool] = []

    def hear() -> None:
        heard.append(in_transaction())

    transmit_bell.listen(hear)
    yield heard
    transmit_bell.stop_listening(hear)


def inbound(conversation_id: int, wamid: str = "wamid.IN1") -> Message:
    return Message.create(
        id=new_id(), conversation=conversation_id, wamid=wamid, direction=Direction.IN, type="text", text="hi",
        state=MessageState.RECEIVED, created_at=now(),
    )  # fmt: skip


def test_a_message_is_a_row_before_anybody_is_called(box: Path, rings: list[bool]) -> None:
    number = conversation()

    sent = send(number, text("नमस्ते 🙏"))

    assert (sent.state, sent.direction, sent.text, sent.sender) == ("queued", "out", "नमस्ते 🙏", RAVI)
    assert sent.content_json == {"body": "नमस्ते 🙏"}
    assert Conversation.get_by_id(number).last_message_id == sent.id
    assert [(e.name, e.subject_id, e.actor) for e in Event.select()] == [("message.queued", sent.id, RAVI)]
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
        send(number, template("diwali_offer"), category="MARKETING")

    assert Message.select().count() == 0
    assert send(number, template(), category="UTILITY").state == "queued"


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


# --- to whom


@pytest.mark.parametrize(
    "address,wa_id",
    [
        ("+91 98123 45678", "919812345678"),
        ("919812345678", "919812345678"),
        ("9812345678", "919812345678"),
        ("098123 45678", "919812345678"),
        ("15551234567", "15551234567"),
        ("+1 (650) 555-1234", "16505551234"),
        ("5511987654321", "5511987654321"),
    ],
)
def test_a_number_is_understood_as_people_and_programs_write_it(address: str, wa_id: str) -> None:
    assert parse_address(address).wa_id == wa_id


def test_a_user_id_is_an_address_too() -> None:
    assert parse_address(" IN.13491208655302741918 ").user_id == "IN.13491208655302741918"


@pytest.mark.parametrize("address", ["", "Kabir", "123", "+", "+91 98123 45678 9999999", "in.123"])
def test_what_is_no_address_is_refused_with_its_field(address: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_address(address)

    assert refused.value.field == "to"


def send_template_to(address: str, **more: Any) -> Message:
    return send_to(address, parse_outbound(template()), actor="api_key:1", scope="api_key:1", **more)


def test_writing_to_a_stranger_makes_contact_and_conversation_once(box: Path) -> None:
    first = send_template_to("+91 98123 45678")
    second = send_template_to("919812345678")

    assert Contact.select().count() == Conversation.select().count() == 1
    assert first.conversation.id == second.conversation.id
    assert Contact.get().phone == "+919812345678"


def test_a_refused_message_to_a_stranger_leaves_nobody_behind(box: Path) -> None:
    with pytest.raises(Conflict) as refused:
        send_to("+91 98123 45678", parse_outbound(text()), actor="api_key:1", scope="api_key:1")

    assert refused.value.code == "window_closed"
    assert Contact.select().count() == 0


@pytest.mark.feature("AP-05")
def test_repeats_to_a_stranger_at_the_same_instant_make_one_of_everything(box: Path) -> None:
    outcomes = side_by_side([lambda: send_template_to("+91 98123 45678", idempotency_key="k1").id] * 6)

    assert len(set(outcomes)) == 1
    assert Contact.select().count() == Conversation.select().count() == Message.select().count() == 1


# --- what goes along


@pytest.fixture
def media_folder(box: Path) -> None:
    media_store.use_folder(box / "media")


def test_a_file_of_ours_is_shown_with_the_message_at_once(box: Path, media_folder: None) -> None:
    file = media_store.save_upload(PDF, "bill.pdf", None)

    sent = send(conversation(), {"type": "document", "document": {"media_id": str(file.id), "caption": "Your bill"}})

    attachment = Attachment.get(Attachment.message == sent.id)
    assert (attachment.state, attachment.media_file.id, attachment.filename) == ("stored", file.id, "bill.pdf")
    assert sent.content_json["filename"] == "bill.pdf"
    assert sent.text == "Your bill"


@pytest.mark.parametrize(
    "data,name,kind,extra",
    [(PDF, "bill.pdf", "image", {}), (JPEG, "a.jpg", "sticker", {}), (JPEG, "a.jpg", "audio", {"voice": True})],
)
def test_a_file_that_does_not_fit_the_kind_of_message_is_refused(
    box: Path, media_folder: None, data: bytes, name: str, kind: str, extra: dict[str, Any]
) -> None:
    file = media_store.save_upload(data, name, None)

    with pytest.raises(Invalid) as refused:
        send(conversation(), {"type": kind, kind: {"media_id": str(file.id), **extra}})

    assert refused.value.field == f"{kind}.media_id"


def test_a_voice_message_is_marked_as_one(box: Path, media_folder: None) -> None:
    file = media_store.save_upload(OGG, "voice.ogg", "audio/ogg; codecs=opus")

    sent = send(conversation(), {"type": "audio", "audio": {"media_id": str(file.id), "voice": True}})

    assert Attachment.get(Attachment.message == sent.id).is_voice


def test_a_file_that_is_not_there_is_refused(box: Path) -> None:
    with pytest.raises(Invalid) as refused:
        send(conversation(), {"type": "image", "image": {"media_id": "12345"}})

    assert refused.value.field == "media_id"


def test_a_quoted_message_is_named_by_metas_id(box: Path) -> None:
    number = conversation()
    quoted = inbound(number)

    sent = send(number, text(reply_to=str(quoted.id)))

    assert sent.reply_to_wamid == "wamid.IN1"


def test_a_reaction_may_name_our_own_id(box: Path) -> None:
    number = conversation()
    quoted = inbound(number)

    sent = send(number, {"type": "reaction", "reaction": {"message_id": str(quoted.id), "emoji": "👍"}})

    assert sent.content_json == {"message_id": "wamid.IN1", "emoji": "👍"}


def test_a_message_of_another_conversation_cannot_be_quoted(box: Path) -> None:
    foreign = inbound(conversation("919800000002"))

    with pytest.raises(Invalid) as refused:
        send(conversation(), text(reply_to=str(foreign.id)))

    assert refused.value.field == "reply_to"


def test_a_message_that_has_not_reached_whatsapp_cannot_be_quoted(box: Path) -> None:
    number = conversation()
    waiting = send(number)

    with pytest.raises(Invalid):
        send(number, text(reply_to=str(waiting.id)))


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
