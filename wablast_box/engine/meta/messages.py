"""Sending through Graph: the body of a message, what Meta's answer says, and the read-and-typing call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.meta.errors import Unclear

LISTS = frozenset({"contacts"})  # kinds whose object at Meta is a list; ours stands in an object of the same name
# What the customer will see of a template: kept with the message for our own screens.
OURS = frozenset({"rendered"})
HELD = "held_for_quality_assessment"


@dataclass(frozen=True, slots=True)
class Accepted:
    """Meta took the message; that is not delivery. `held`: a template that waits for Meta's quality check."""

    wamid: str
    wa_id: str | None
    user_id: str | None
    held: bool


def build_body(
    *,
    kind: str,
    content: Mapping[str, Any],
    to: str | None = None,
    recipient: str | None = None,
    group_id: str | None = None,
    reply_to: str | None = None,
    callback_data: str | None = None,
) -> dict[str, Any]:
    """To a phone (`to`), to a user id when there is no phone (`recipient`), or to a group. Media need an `id` or `link`."""
    body: dict[str, Any] = {"messaging_product": "whatsapp", "recipient_type": "group" if group_id else "individual"}
    if group_id or to:
        body["to"] = group_id or to
    elif recipient:
        body["recipient"] = recipient
    else:
        raise ValueError("a message needs someone to go to")
    body["type"] = kind
    body[kind] = content[kind] if kind in LISTS else {key: value for key, value in content.items() if key not in OURS}
    if reply_to and kind != "reaction":
        body["context"] = {"message_id": reply_to}
    if callback_data:
        body["biz_opaque_callback_data"] = callback_data
    return body


def parse_accepted(answer: Mapping[str, Any]) -> Accepted:
    """Raises Unclear when the answer names no message: it may have gone out all the same."""
    message, contact = _first(answer.get("messages")), _first(answer.get("contacts"))
    wamid = _text(message.get("id"))
    if wamid is None:
        raise Unclear("Meta answered without naming the message")
    held = message.get("message_status") == HELD
    return Accepted(wamid, _text(contact.get("wa_id")), _text(contact.get("user_id")), held)


def post_message(client: GraphClient, phone_number_id: str, body: Mapping[str, Any]) -> Accepted:
    return parse_accepted(client.post(f"{phone_number_id}/messages", body))


def read_body(wamid: str, *, typing: bool = False) -> dict[str, Any]:
    """Marks this message and all before it as read; with `typing` it also shows that an answer is being written."""
    body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    if typing:
        body["typing_indicator"] = {"type": "text"}
    return body


def mark_read(client: GraphClient, phone_number_id: str, wamid: str) -> None:
    client.post(f"{phone_number_id}/messages", read_body(wamid))


def show_typing(client: GraphClient, phone_number_id: str, wamid: str) -> None:
    """Ends with the next message or after 25 seconds; cannot be shown without marking as read."""
    client.post(f"{phone_number_id}/messages", read_body(wamid, typing=True))


def _first(value: object) -> Mapping[str, Any]:
    return value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
