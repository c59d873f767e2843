"""What goes along with a message and to whom: addresses, files of ours, quoted messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.engine.media.test_store import OGG, PDF
from tests.engine.outbox.sending import conversation, inbound, send, template, text
from tests.pictures import JPEG
from tests.threads import side_by_side
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.inbox.models import Attachment, Conversation, Message
from wablast_box.engine.media import store as media_store
from wablast_box.engine.outbox.address import parse_address
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_to
from wablast_box.lib.errors import Conflict, Invalid


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


def test_a_file_of_ours_is_shown_with_the_message_at_once(box: Path, media_folder: Path) -> None:
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
    box: Path, media_folder: Path, data: bytes, name: str, kind: str, extra: dict[str, Any]
) -> None:
    file = media_store.save_upload(data, name, None)

    with pytest.raises(Invalid) as refused:
        send(conversation(), {"type": kind, kind: {"media_id": str(file.id), **extra}})

    assert refused.value.field == f"{kind}.media_id"


def test_a_voice_message_is_marked_as_one(box: Path, media_folder: Path) -> None:
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
