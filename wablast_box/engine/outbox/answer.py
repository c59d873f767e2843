"""What staff and programs do in the inbox, through the eyes of whoever does it: what they may not see, they cannot answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.inbox import assign, attachments, files, read
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.outbox import mark_read, send, templates, typing
from wablast_box.engine.outbox.address import parse_address
from wablast_box.engine.outbox.outbound.message import Outbound, parse_outbound
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib import sql
from wablast_box.lib.errors import Denied, Invalid


def answer(viewer: Viewer, actor: Actor, conversation_id: int, body: Mapping[str, Any], *, key: str | None) -> dict[str, Any]:
    """Queue an answer; its view."""
    read.conversation(viewer, conversation_id)
    outbound = _usable(viewer, body, language=_language(Conversation.id == conversation_id))
    message = send.send_message(conversation_id, outbound, actor=actor.ref, scope=actor.ref, idempotency_key=key)
    return read.message(EVERYTHING, message.id)


def answer_to(viewer: Viewer, actor: Actor, body: Mapping[str, Any], *, key: str | None) -> dict[str, Any]:
    """Queue a message to an address; its view."""
    rest = dict(body)
    address = rest.pop("to", None)
    if not isinstance(address, str) or not address.strip():
        raise Invalid("Say whom the message goes to.", help="A phone number with country code, or a user id.", field="to")
    outbound = _usable(viewer, rest, language=_language_at(address))
    _require_not_somebody_elses(viewer, address)
    message = send.send_to(address, outbound, actor=actor.ref, scope=actor.ref, idempotency_key=key)
    return read.message(EVERYTHING, message.id)


def retry_as(viewer: Viewer, actor: Actor, message_id: int) -> dict[str, Any]:
    """Send a failed or unconfirmed message again; its view."""
    read.message(viewer, message_id)
    send.retry_message(message_id, actor=actor.ref)
    return read.message(viewer, message_id)


def fetch_file_as(viewer: Viewer, message_id: int) -> dict[str, Any]:
    """Have a failed file fetched again; the message's view."""
    read.message(viewer, message_id)
    attachments.fetch_again(message_id)
    return read.message(viewer, message_id)


def mark_read_as(viewer: Viewer, actor: Actor, conversation_id: int) -> dict[str, Any]:
    """Staff have read the conversation; its view."""
    read.conversation(viewer, conversation_id)
    mark_read.mark_read(conversation_id, actor=actor.ref)
    return read.conversation(viewer, conversation_id)


def typing_as(viewer: Viewer, conversation_id: int) -> None:
    """Show the customer that an answer is being written."""
    read.conversation(viewer, conversation_id)
    typing.show_typing(conversation_id)


def assign_as(viewer: Viewer, actor: Actor, conversation_id: int, user_id: int | None) -> dict[str, Any]:
    """Say who answers; its view. Whoever may not assign to others may take what is free and give back what is theirs."""
    read.conversation(viewer, conversation_id)
    if not actor.may("inbox.assign") and user_id not in (actor.id, None):
        authorize(actor, "inbox.assign")
    assign.assign(conversation_id, user_id, actor=actor.ref)
    return read.conversation(EVERYTHING, conversation_id)


def _usable(viewer: Viewer, body: Mapping[str, Any], *, language: str | None) -> Outbound:
    outbound = parse_outbound(templates.as_meta_body(body, language=language))
    files.require_usable(viewer, outbound.media_ids)
    return outbound


def _language(where: Any) -> str | None:
    """The language the customer is written to in, if the box knows it."""
    contact = Contact.select().join(Conversation).where(where).first()
    return None if contact is None else contact.language


def _language_at(address: str) -> str | None:
    found = parse_address(address)
    return _language((Contact.wa_id == found.wa_id) if found.wa_id else (Contact.user_id == found.user_id))


def _require_not_somebody_elses(viewer: Viewer, address: str) -> None:
    condition, params = viewer.condition()
    if not params:
        return
    found = parse_address(address)
    taken = sql.run(
        f"SELECT 1 FROM contact ct JOIN conversation c ON c.contact_id = ct.id WHERE (ct.wa_id = ? OR ct.user_id = ?) AND NOT {condition}",
        [found.wa_id, found.user_id, *params],
    )
    if taken:
        raise Denied("A colleague answers this customer.", help="Ask for the conversation to be assigned to you.")
