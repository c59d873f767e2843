"""Make a request complete with what only the tables know: Meta's id of a quoted message, the files that go along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wablast_box.engine.inbox.models import Attachment, AttachmentState, Message, MessageFile
from wablast_box.engine.media import kinds
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.outbox.outbound.media import OutboundMedia
from wablast_box.engine.outbox.outbound.message import Outbound
from wablast_box.lib.errors import Invalid

VOICE = "audio/ogg"


@dataclass(frozen=True, slots=True)
class Sendable:
    """An outbound request for a conversation, with nothing left to look up but Meta's ids of our files."""

    conversation_id: int
    outbound: Outbound
    content: dict[str, Any]
    reply_to_wamid: str | None
    file: MediaFile | None


def complete(conversation_id: int, outbound: Outbound) -> Sendable:
    """Invalid names what is missing or does not fit."""
    files = _files(outbound.media_ids)
    content = outbound.content
    if outbound.reacts_to_message_id is not None:
        content = content | {"message_id": _wamid(conversation_id, outbound.reacts_to_message_id, f"{outbound.type}.message_id")}
    file = _own_file(outbound.media, files)
    for number, card in enumerate(outbound.card_media, start=1):
        _own_file(card, files, of=f" in card {number}")
    if file is not None and file.filename and outbound.type == "document":
        # Without a name WhatsApp shows a document as "Untitled".
        content = {"filename": file.filename} | content
    quoted = outbound.reply_to_message_id
    reply_to_wamid = None if quoted is None else _wamid(conversation_id, quoted, "reply_to")
    return Sendable(conversation_id, outbound, content, reply_to_wamid, file)


def attach(message_id: int, sendable: Sendable) -> None:
    """Show the files with the message; call in the transaction that wrote it."""
    shown = {card.media_id for card in sendable.outbound.card_media if card.media_id is not None}
    if shown:
        MessageFile.insert_many([{"message": message_id, "media_file": number} for number in sorted(shown)]).execute()
    media, file = sendable.outbound.media, sendable.file
    if media is None or file is None:
        return
    Attachment.insert(
        message=message_id,
        state=AttachmentState.STORED,
        media_file=file.id,
        mime_type=file.mime_type,
        sha256=file.sha256,
        filename=media.filename or file.filename,
        is_voice=media.voice,
    ).execute()


def _files(numbers: tuple[int, ...]) -> dict[int, MediaFile]:
    found = {file.id: file for file in MediaFile.select().where(MediaFile.id.in_(numbers))} if numbers else {}
    missing = [number for number in numbers if number not in found]
    if missing:
        raise Invalid(f"There is no file {missing[0]}.", help="Upload the file first and give its id.", field="media_id")
    return found


def _own_file(media: OutboundMedia | None, files: dict[int, MediaFile], *, of: str = "") -> MediaFile | None:
    if media is None or media.media_id is None:
        return None
    file = files[media.media_id]
    if not kinds.fits(file.mime_type, media.kind):
        raise Invalid(
            f"A file of type {file.mime_type} cannot be sent as {media.kind}{of}.",
            help="Send it as a document, or upload it in a form that WhatsApp takes.",
            field=f"{media.kind}.media_id",
        )
    if file.size > kinds.LIMITS[media.kind]:
        what = f"This file is too large for a message of type {media.kind}{of}."
        raise Invalid(what, code="too_large", field=f"{media.kind}.media_id")
    if media.voice and file.mime_type != VOICE:
        raise Invalid("A voice message must be an OGG file with Opus.", help="Send it as audio without voice.", field="audio.voice")
    return file


def _wamid(conversation_id: int, message_id: int, field: str) -> str:
    message = Message.get_or_none((Message.id == message_id) & (Message.conversation == conversation_id))
    if message is None:
        raise Invalid("There is no such message in this conversation.", field=field)
    if message.wamid is None:
        raise Invalid(
            "That message has not reached WhatsApp yet.", help="Wait until it is sent, or answer without quoting it.", field=field
        )
    return str(message.wamid)
