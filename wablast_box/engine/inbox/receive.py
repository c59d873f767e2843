"""Take in messages: contact, conversation, message, file to fetch, event — many at once, in one transaction.

This is the hot path of the box, so it is written in SQL that SQLite and PostgreSQL both run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.contacts.upsert import Person, find_or_create_all
from wablast_box.engine.events.publish import publish_all
from wablast_box.engine.inbox import conversations, news, statuses
from wablast_box.engine.inbox.ads.keep import Brought, keep_referrals
from wablast_box.engine.inbox.changes.target import about_wamid
from wablast_box.engine.inbox.conversations import Heard
from wablast_box.engine.inbox.events import MessageReceived
from wablast_box.engine.inbox.models import Direction, MessageState
from wablast_box.engine.inbox.taps import FOR_THE_BOX, tapped_id
from wablast_box.engine.inbox.thread.targets import targets_changed
from wablast_box.engine.meta.arrivals import Arrival
from wablast_box.engine.meta.payloads.items import InboundMessage
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import to_ms
from wablast_box.lib.db import JsonField

_to_json = JsonField().db_value
_COLUMNS = (
    "id", "conversation_id", "wamid", "direction", "type", "text", "content_json", "reply_to_wamid", "is_forwarded",
    "state", "sender", "error_code", "error_title", "error_details", "created_at", "sent_at", "priority", "attempts", "about_wamid",
)  # fmt: skip
_ROW = f"({','.join('?' * len(_COLUMNS))})"
# Notices that WhatsApp writes itself; they do not open the customer service window.
_NOT_BY_THE_CUSTOMER = frozenset({"system"})
# Nobody waits for an answer to a heart or a corrected word.
_NEEDS_NO_ANSWER = frozenset({"system", "reaction", "edit", "revoke"})
_CHANGES = frozenset({"reaction", "edit", "revoke"})


def receive_messages(arrivals: Sequence[Arrival[InboundMessage]]) -> None:
    """Store what is new. A message that is here already (unique wamid) changes nothing; call inside a transaction."""
    contact_ids = find_or_create_all([_person(arrival.item) for arrival in arrivals])
    conversation_ids = conversations.of_contacts(contact_ids)
    rows = {ids.new_id(): (arrival, conversation_id) for arrival, conversation_id in zip(arrivals, conversation_ids, strict=True)}
    fresh = _insert(rows)
    if not fresh:
        return
    stored = {number: rows[number] for number in sorted(fresh)}
    _move_conversations(stored)
    _keep_attachments(stored)
    _keep_referrals(stored)
    _announce(stored)
    echoes = [a.item.wamid for a, _ in stored.values() if a.item.direction == "out"]
    if echoes:
        statuses.apply_waiting(echoes)


def _person(message: InboundMessage) -> Person:
    at = to_ms(message.sent_at) if message.sent_at else None
    names = (message.wa_id or None, message.user_id or None, message.profile_name or None, message.username or None)
    return Person(*names, at, "message" if message.direction == "in" and message.field != "history" else "history")


def _insert(rows: dict[int, tuple[Arrival[InboundMessage], int]]) -> set[int]:
    params = [value for number, (arrival, conversation) in rows.items() for value in _values(number, arrival, conversation)]
    inserted = sql.run(
        f"INSERT INTO message ({','.join(_COLUMNS)}) VALUES {','.join([_ROW] * len(rows))} ON CONFLICT (wamid) DO NOTHING RETURNING id",
        params,
    )
    return {row[0] for row in inserted}


def _values(number: int, arrival: Arrival[InboundMessage], conversation_id: int) -> tuple[Any, ...]:
    message = arrival.item
    error = message.errors[0] if message.errors else None
    inbound = message.direction == "in"
    return (
        number,
        conversation_id,
        message.wamid,
        Direction.IN.value if inbound else Direction.OUT.value,
        message.type,
        message.text,
        _to_json(_content(message)),
        message.reply_to_wamid,
        message.forwarded or message.frequently_forwarded,
        MessageState.RECEIVED.value if inbound else MessageState.SENT.value,
        _sender(message),
        error.code if error else None,
        error.title if error else None,
        error.details if error else None,
        arrival.received_at_ms,
        _sent_at_ms(arrival),
        0,
        0,
        about_wamid(message.type, message.content),
    )


def _content(message: InboundMessage) -> dict[str, Any] | None:
    extras: dict[str, Any] = {}
    if message.referral:
        extras["referral"] = message.referral
    if message.original_type != message.type:
        extras["original_type"] = message.original_type
    if message.frequently_forwarded:
        extras["frequently_forwarded"] = True
    if message.group_id:
        extras["group_id"] = message.group_id
    return {**message.content, **extras} or None


def _sender(message: InboundMessage) -> str | None:
    """Who wrote: None is the customer, live. Only those messages count as unread."""
    if message.field == "history":
        return "history"
    return "phone_app" if message.direction == "out" else None


def _sent_at_ms(arrival: Arrival[InboundMessage]) -> int:
    """Meta's time, never later than our own: a clock ahead must not keep a window open."""
    sent_at = arrival.item.sent_at
    return arrival.received_at_ms if sent_at is None else min(to_ms(sent_at), arrival.received_at_ms)


def _move_conversations(stored: dict[int, tuple[Arrival[InboundMessage], int]]) -> None:
    heard: dict[int, Heard] = {}
    for number, (arrival, conversation_id) in stored.items():
        what = heard.setdefault(conversation_id, Heard())
        what.newest_id = max(number, what.newest_id)
        if _sender(arrival.item) is None:
            _listen(what, number, arrival)
    conversations.hear(heard)
    conversations.answered_on_the_phone(
        {
            conversation_id: (number, _sent_at_ms(arrival))
            for number, (arrival, conversation_id) in stored.items()
            if _sender(arrival.item) == "phone_app" and arrival.item.type not in _CHANGES
        }
    )


def _listen(what: Heard, number: int, arrival: Arrival[InboundMessage]) -> None:
    is_for_the_box = tapped_id(arrival.item.content).startswith(FOR_THE_BOX)
    if not is_for_the_box:
        what.inbound_id = max(number, what.inbound_id)
    if arrival.item.type not in _NOT_BY_THE_CUSTOMER:
        what.written_at = max(_sent_at_ms(arrival), what.written_at)
    if arrival.item.type not in _NEEDS_NO_ANSWER and not is_for_the_box and not what.waits_since:
        what.waits_since = arrival.received_at_ms


def _keep_attachments(stored: dict[int, tuple[Arrival[InboundMessage], int]]) -> None:
    sql.run_many(
        "INSERT INTO attachment (message_id, state, meta_media_id, mime_type, sha256, filename, is_voice, is_animated)"
        " VALUES (?, 'pending', ?, ?, ?, ?, ?, ?)",
        [
            (number, file.media_id, file.mime_type, file.sha256, file.filename, file.voice, file.animated)
            for number, (arrival, _) in stored.items()
            if (file := arrival.item.attachment) is not None
        ],
    )


def _keep_referrals(stored: dict[int, tuple[Arrival[InboundMessage], int]]) -> None:
    keep_referrals(
        [
            Brought(number, conversation_id, _sent_at_ms(arrival), arrival.item.referral)
            for number, (arrival, conversation_id) in stored.items()
            if arrival.item.referral and arrival.item.direction == "in"
        ]
    )


def _announce(stored: dict[int, tuple[Arrival[InboundMessage], int]]) -> None:
    """Tell the house and the open windows; imported history is no news."""
    live = {number: row for number, row in stored.items() if row[0].item.field != "history"}
    numbers = publish_all(
        [
            MessageReceived(number, conversation_id, arrival.item.type, arrival.item.attachment is not None)
            for number, (arrival, conversation_id) in live.items()
        ]
    )
    news.messages_received(dict(zip(live, numbers, strict=True)))
    targets_changed([number for number, (arrival, _) in live.items() if arrival.item.type in _CHANGES])
