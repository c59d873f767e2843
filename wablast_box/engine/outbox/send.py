"""Decide to send: ask whether we may, write the row, ring. Calling Meta is somebody else's work (`transmit`).

A request with an idempotency key is carried out once, however often it is repeated: the unique key decides, so that
two at the same instant get the same row.
"""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.contacts.upsert import find_or_create
from wablast_box.engine.events.publish import publish
from wablast_box.engine.inbox import conversations, news
from wablast_box.engine.inbox.changes.target import about_wamid
from wablast_box.engine.inbox.events import MessageQueued
from wablast_box.engine.inbox.models import Conversation, Direction, Message, MessageState, Priority
from wablast_box.engine.inbox.thread.targets import targets_changed
from wablast_box.engine.outbox import templates, window
from wablast_box.engine.outbox.address import Address, parse_address
from wablast_box.engine.outbox.content import Sendable, attach, complete
from wablast_box.engine.outbox.outbound.message import Outbound
from wablast_box.engine.outbox.transmit.bell import ring
from wablast_box.engine.outbox.transmit.settle import give_way
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import JsonField, after_commit, is_postgres, transaction
from wablast_box.lib.errors import BoxError, Conflict, Invalid, NotFound

LONGEST_KEY = 200
# Not the present: a clock that is set back must not hold a message back with it.
DUE_AT_ONCE = 0
_to_json = JsonField().db_value
_COLUMNS = (
    "id", "conversation_id", "direction", "type", "template_category", "text", "content_json", "reply_to_wamid", "is_forwarded", "state",
    "sender", "created_at", "idempotency_scope", "idempotency_key", "idempotency_hash", "priority", "attempts",
    "next_attempt_at", "about_wamid",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO message ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
    " ON CONFLICT (idempotency_scope, idempotency_key) DO NOTHING RETURNING id"
)


def send_message(
    conversation_id: int,
    outbound: Outbound,
    *,
    actor: str,
    scope: str,
    idempotency_key: str | None = None,
    priority: int = Priority.PERSON,
    sender: str | None = None,
) -> Message:
    """Queue a message in a conversation; the row, also when the same request was made before.

    `scope` says within whom a key counts (an API key, a user); `sender` who is shown as its writer, if it is not the actor.
    """
    key = checked_key(idempotency_key or outbound.client_key)
    request_hash = _hash(conversation_id, outbound)
    with transaction():
        if key and (before := _find(scope, key)) is not None:
            return _same(before, request_hash)
        conversation = _conversation(conversation_id)
        window.require_not_blocked(conversation.contact)
        window.require_open(conversation, outbound.type)
        category = None
        if outbound.type == window.TEMPLATE:
            outbound, category = templates.checked(outbound, conversation.contact)
        window.require_consent(conversation.contact, category)
        sendable = complete(conversation_id, outbound)
        keys = (scope, key, request_hash) if key else (None, None, None)
        number = _write(sendable, actor=actor, sender=sender or actor, key=keys, priority=priority, category=category)
        if number is None:
            # Somebody else had the same key at the same instant and was first.
            return _same(_require(_find(scope, key)), request_hash)
        return Message.get_by_id(number)


def send_to(
    address: str,
    outbound: Outbound,
    *,
    actor: str,
    scope: str,
    idempotency_key: str | None = None,
    priority: int = Priority.PERSON,
) -> Message:
    """Queue a message to a phone number or user id; contact and conversation are made when there are none."""
    found = parse_address(address)

    def find_and_send() -> Message:
        with transaction():
            # A refusal takes back what was made here.
            conversation_id = _conversation_with(found)
            return send_message(conversation_id, outbound, actor=actor, scope=scope, idempotency_key=idempotency_key, priority=priority)

    try:
        return find_and_send()
    except NotFound:
        # The conversation went into another one meanwhile: that one is found now.
        return find_and_send()


def retry_message(message_id: int, *, actor: str) -> Message:
    """Send a failed or unconfirmed message again: a person looked and decided.

    An unconfirmed one may have reached the customer already; that is why nothing but a person does this.
    """
    with transaction():
        message = Message.get_or_none((Message.id == message_id) & (Message.direction == Direction.OUT))
        if message is None:
            raise NotFound("There is no such message.")
        window.require_not_blocked(message.conversation.contact)
        window.require_open(message.conversation, message.type)
        category = templates.require_stored(message.content_json).category if message.type == window.TEMPLATE else None
        window.require_consent(message.conversation.contact, category)
        changed = sql.run(
            "UPDATE message SET state = 'queued', next_attempt_at = ?, claimed_at = NULL, template_category = ?,"
            " wamid = CASE WHEN state = 'failed' THEN NULL ELSE wamid END,"
            " error_code = NULL, error_title = NULL, error_details = NULL"
            " WHERE id = ? AND state IN ('failed', 'unconfirmed') RETURNING id",
            (DUE_AT_ONCE, category, message_id),
        )
        if not changed:
            raise Conflict(f"This message is {message.state}: there is nothing to repeat.", code="not_failed")
        _announce(message_id, message.conversation.id, actor)
        return Message.get_by_id(message_id)


def _write(
    sendable: Sendable, *, actor: str, sender: str, key: tuple[str | None, str | None, str | None], priority: int, category: str | None
) -> int | None:
    number, moment, outbound = ids.new_id(), now_ms(), sendable.outbound
    row: tuple[Any, ...] = (
        number, sendable.conversation_id, Direction.OUT.value, outbound.type, category, outbound.text, _to_json(sendable.content),
        sendable.reply_to_wamid, False, MessageState.QUEUED.value, sender, moment, *key, priority, 0, DUE_AT_ONCE,
        about_wamid(outbound.type, sendable.content),
    )  # fmt: skip
    if not sql.run(_INSERT, row):
        return None
    attach(number, sendable)
    conversations.touch({sendable.conversation_id: number})
    if priority == Priority.PERSON:
        conversations.answered(sendable.conversation_id)
        if actor.startswith("user:"):
            # A flow that is playing here commits before this conversation was touched, or sees this message and keeps quiet.
            give_way(sendable.conversation_id, "a person answered")
    _announce(number, sendable.conversation_id, actor)
    if outbound.type == "reaction":
        targets_changed([number])
    return number


def _announce(number: int, conversation_id: int, actor: str) -> None:
    event_id = publish(MessageQueued(number, conversation_id), actor=actor)
    news.messages_changed({number: event_id})
    after_commit(ring)


def _conversation(conversation_id: int) -> Conversation:
    if is_postgres():
        # Two contacts may be about to become one: wait until it is known which conversation stays.
        sql.run("SELECT 1 FROM conversation WHERE id = ? FOR KEY SHARE", (conversation_id,))
    found: Conversation | None = Conversation.select(Conversation, Contact).join(Contact).where(Conversation.id == conversation_id).first()
    if found is None:
        raise NotFound("There is no such conversation.")
    return found


def _conversation_with(address: Address) -> int:
    contact_id = find_or_create(wa_id=address.wa_id, user_id=address.user_id)
    return conversations.of_contacts([contact_id])[0]


def checked_key(key: str | None) -> str | None:
    """The key under which a request is carried out once, or Invalid."""
    if key is None:
        return None
    if not key.strip() or len(key) > LONGEST_KEY or not key.isprintable():
        raise Invalid(
            f"An idempotency key has 1 to {LONGEST_KEY} printable characters.", help="A random UUID does well.", field="Idempotency-Key"
        )
    return key


def _hash(conversation_id: int, outbound: Outbound) -> str:
    request = [str(conversation_id), outbound.type, outbound.content, outbound.reply_to_message_id]
    return hashlib.sha256(orjson.dumps(request, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _find(scope: str, key: str | None) -> Message | None:
    return Message.get_or_none((Message.idempotency_scope == scope) & (Message.idempotency_key == key))


def _same(before: Message, request_hash: str) -> Message:
    if before.idempotency_hash != request_hash:
        raise key_reused()
    return before


def key_reused() -> Conflict:
    """The same key with another request."""
    return Conflict(
        "This idempotency key was used for another message.",
        code="key_reused",
        help="Use a new key for each message; repeat a key only to repeat the very same request.",
    )


def _require(message: Message | None) -> Message:
    if message is None:
        raise BoxError("The message could not be stored.", help="Send it again.")
    return message
