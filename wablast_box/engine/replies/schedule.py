"""Have a message sent later: write it down, change it, call it off. Sending it is somebody else's work (`send_due`)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from wablast_box.engine.inbox import files, read
from wablast_box.engine.inbox.thread.activity import record
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.notifications.alarms import clear_alarm
from wablast_box.engine.outbox.outbound.message import Outbound, parse_outbound
from wablast_box.engine.outbox.send import checked_key, key_reused
from wablast_box.engine.replies import scheduled_views as views
from wablast_box.engine.replies.models import ScheduledMessage, ScheduledState
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids
from wablast_box.lib.clock import iso, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict, Invalid, NotFound

FURTHEST = timedelta(days=365)
MOST_WAITING = 100
OPEN = (ScheduledState.WAITING, ScheduledState.FAILED)


def scheduled_in(viewer: Viewer, conversation_id: int) -> list[dict[str, Any]]:
    """What is still to come in a conversation, and what failed and waits for a decision; soonest first."""
    read.conversation(viewer, conversation_id)
    return views.open_in(conversation_id)


def schedule_message(
    viewer: Viewer, actor: Actor, conversation_id: int, body: Mapping[str, Any], at: datetime, *, key: str | None = None
) -> dict[str, Any]:
    """Write down what is to be sent and when; the same key gives the same one. Limits are checked now, the window when it goes."""
    read.conversation(viewer, conversation_id)
    outbound = _usable(viewer, body)
    number, moment = ids.new_id(), now()
    request = _Request.of(actor, key or outbound.client_key, conversation_id, body, at)
    with transaction():
        if request.key is not None and (before := request.made()) is not None:
            return views.one(before)
        waiting = (ScheduledMessage.conversation == conversation_id) & (ScheduledMessage.state == ScheduledState.WAITING)
        if ScheduledMessage.select().where(waiting).count() >= MOST_WAITING:
            raise Invalid(f"{MOST_WAITING} messages wait in this conversation already.", help="Call some of them off.")
        ScheduledMessage.insert(
            id=number, conversation=conversation_id, actor=actor.ref, body_json=dict(body), due_at=_checked(at), next_attempt_at=at,
            created_at=moment, updated_at=moment, idempotency_scope=request.scope, idempotency_key=request.key,
            idempotency_hash=request.hash,
        ).on_conflict_ignore().execute()  # fmt: skip
        if not ScheduledMessage.select(ScheduledMessage.id).where(ScheduledMessage.id == number).exists():
            # Somebody else had the same key at the same instant and was first.
            return views.one(request.require_made())
        record(conversation_id, "scheduled", actor.ref, {"at": iso(at), "words": views.words(outbound.type, outbound.text)})
        views.tell_changed(number)
    return views.one(number)


@dataclass(frozen=True, slots=True)
class _Request:
    """What makes two requests the same: who asked, under which key, for what."""

    scope: str | None
    key: str | None
    hash: str | None

    @classmethod
    def of(cls, actor: Actor, key: str | None, conversation_id: int, body: Mapping[str, Any], at: datetime) -> _Request:
        checked = checked_key(key)
        if checked is None:
            return cls(None, None, None)
        what = orjson.dumps([str(conversation_id), dict(body), iso(at)], option=orjson.OPT_SORT_KEYS)
        return cls(actor.ref, checked, hashlib.sha256(what).hexdigest())

    def made(self) -> int | None:
        """The one that this request has made before."""
        same = (ScheduledMessage.idempotency_scope == self.scope) & (ScheduledMessage.idempotency_key == self.key)
        before = ScheduledMessage.get_or_none(same)
        if before is not None and before.idempotency_hash != self.hash:
            raise key_reused()
        return None if before is None else int(before.id)

    def require_made(self) -> int:
        number = self.made()
        if number is None:
            raise BoxError("The message could not be written down.", help="Try again.")
        return number


def change_scheduled(viewer: Viewer, actor: Actor, number: int, *, at: datetime | None, body: Mapping[str, Any] | None) -> dict[str, Any]:
    """Another moment, another text. One that failed waits again, and is from now on whoever's changed it."""
    with transaction():
        row = _open(viewer, number)
        due = row.due_at if at is None else _checked(at)
        if at is None and row.state == ScheduledState.FAILED:
            raise Invalid("Say when it should be sent.", field="at")
        changes: dict[str, Any] = {"due_at": due, "next_attempt_at": due, "actor": actor.ref, "updated_at": now()}
        if body is not None:
            _usable(viewer, body)
            changes["body_json"] = dict(body)
        _move(row, ScheduledState.WAITING, changes | {"attempts": 0, "error_code": None, "error": None, "error_help": None})
        views.tell_changed(number)
    return views.one(number)


def cancel_scheduled(viewer: Viewer, actor: Actor, number: int) -> None:
    """It will not be sent."""
    with transaction():
        row = _open(viewer, number)
        _move(row, ScheduledState.CANCELLED, {"updated_at": now()})
        record(row.conversation_id, "schedule_cancelled", actor.ref, {"at": iso(row.due_at)})
        views.tell_changed(number)


def alarm_key(number: int) -> str:
    """The alarm of a message that could not be sent at its time."""
    return f"scheduled_message:{number}"


def _move(row: ScheduledMessage, state: ScheduledState, changes: dict[str, Any]) -> None:
    """Only while it is still open: the moment may have come between looking and deciding."""
    still = (ScheduledMessage.id == row.id) & ScheduledMessage.state.in_(OPEN)
    if not ScheduledMessage.update(state=state, **changes).where(still).execute():
        raise _too_late()
    if row.state == ScheduledState.FAILED:
        clear_alarm(alarm_key(row.id))


def _open(viewer: Viewer, number: int) -> ScheduledMessage:
    row = ScheduledMessage.get_or_none(ScheduledMessage.id == number)
    if row is None or not read.conversations_by_id([row.conversation_id], viewer):
        # Also when it is there but not for this viewer: nothing tells the two apart.
        raise NotFound("There is no such scheduled message.")
    if row.state not in OPEN:
        raise _too_late()
    return row


def _too_late() -> Conflict:
    return Conflict("This message was sent or called off already.", code="not_waiting", help="Look into the conversation.")


def _checked(at: datetime) -> datetime:
    if at <= now():
        raise Invalid("That moment has passed.", help="Choose a later one, or send the message now.", field="at")
    if at > now() + FURTHEST:
        raise Invalid("That is more than a year away.", field="at")
    return at


def _usable(viewer: Viewer, body: Mapping[str, Any]) -> Outbound:
    outbound = parse_outbound(body)
    if outbound.type == "reaction":
        raise Invalid("A reaction cannot wait.", field="message")
    files.require_usable(viewer, outbound.media_ids)
    return outbound
