"""A flow that is to begin by itself: noted once for what it is about, and begun when nobody else talks to the customer.

`add` writes the note and a turn in one transaction; `take` decides in that turn, in which nobody else can take over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from wablast_box.engine.flows.keeping import hold, sessions, turns
from wablast_box.engine.flows.models import FlowSession
from wablast_box.engine.flows.node.occasions import EVENTS, STATUSES, TIMES
from wablast_box.engine.flows.starting import unread
from wablast_box.engine.flows.starting.models import FlowStart
from wablast_box.engine.inbox.models import Conversation
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import from_ms, now, now_ms, to_ms
from wablast_box.lib.db import JsonField, transaction
from wablast_box.lib.errors import BoxError

TURN = "begin"
DEEPEST = 5
MOST_AN_HOUR = 3
# How long a start waits at most until nobody else talks to the customer.
WAITS = timedelta(hours=24)
FIRST_GAP_S, LONGEST_GAP_S = 30.0, 1800.0
BATCH = 200
KEPT = timedelta(days=90)
_to_json = JsonField().db_value


@dataclass(frozen=True, slots=True)
class Cause:
    """What a start is about. `at`: not before this moment."""

    ref: str
    kind: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] | None = None
    depth: int = 0
    round_id: int | None = None
    at: datetime | None = None
    waits: timedelta = WAITS


def add(flow_id: int, conversation_id: int, cause: Cause) -> bool:
    """In the caller's transaction; False when this was noted before."""
    number, moment = ids.new_id(), now()
    begin = cause.at or moment
    is_due = begin <= moment
    made = sql.run(
        "INSERT INTO flow_start (id, ref, flow_id, conversation_id, round_id, kind, variables_json, about_json, depth, state,"
        " attempts, next_at, expires_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)"
        " ON CONFLICT (ref) DO NOTHING RETURNING id",
        (
            number, cause.ref, flow_id, conversation_id, cause.round_id, cause.kind, _to_json(dict(cause.variables)),
            None if cause.about is None else _to_json(dict(cause.about)), cause.depth, "queued" if is_due else "waiting",
            to_ms(begin), to_ms(begin + cause.waits), to_ms(moment),
        ),
    )  # fmt: skip
    if made and is_due:
        _queue(number, conversation_id, 0)
    return bool(made)


def queue_due() -> int:
    """Starts that waited for a better moment get a turn; how many."""
    due = "SELECT id, conversation_id, attempts FROM flow_start WHERE state = 'waiting' AND next_at <= ? ORDER BY next_at LIMIT ?"
    if not sql.run(due, (now_ms(), 1)):
        return 0
    with transaction():
        rows = sql.run(due + sql.skip_locked(), (now_ms(), BATCH))
        for number, conversation_id, attempts in rows:
            sql.run("UPDATE flow_start SET state = 'queued' WHERE id = ?", (number,))
            _queue(number, conversation_id, attempts)
    return len(rows)


def take(conversation: Conversation, session: FlowSession | None, start_id: int) -> FlowStart | None:
    """The start, if now is its moment; else it is put off or left out, with the reason. In the turn's transaction."""
    found = sql.load(FlowStart, "id = ? AND state = 'queued'", (start_id,))
    if not found:
        return None
    start: FlowStart = found[0]
    if (why := _refusal(conversation, start)) is not None:
        leave_out(start_id, why)
        return None
    later = unread.not_before(start.about_json, start.kind)
    if later is None and session is not None:
        later = now() + timedelta(seconds=min(FIRST_GAP_S * 2**start.attempts, LONGEST_GAP_S))
    if later is not None:
        _put_off(start, later)
        return None
    sql.run("UPDATE flow_start SET state = 'begun', next_at = NULL WHERE id = ?", (start_id,))
    return start


def leave_out(start_id: int, why: str) -> None:
    """It does not begin; the reason is kept."""
    sql.run("UPDATE flow_start SET state = 'skipped', next_at = NULL, note = ? WHERE id = ? AND state = 'queued'", (why, start_id))


def depth_after(actor: str | None, conversation_id: int, flow_id: int) -> int | None:
    """How deep a start is that `actor` caused here; None: the flow itself caused it, or too many did one after the other.

    What the customer wrote since begins the count anew, as it does within a flow.
    """
    cause = _flow_of(actor)
    if cause is None:
        return 0
    if cause == flow_id:
        return None
    depth = 1 + _depth_of(cause, conversation_id)
    return depth if depth <= DEEPEST else None


def prune() -> int:
    """Forget what began, or did not, months ago."""
    before = ids.first_id_at(now() - KEPT)
    if not sql.run("SELECT 1 FROM flow_start WHERE id < ? LIMIT 1", (before,)):
        return 0
    with transaction():
        gone = sql.run(
            "DELETE FROM flow_start WHERE id IN (SELECT id FROM flow_start WHERE id < ? AND state IN ('begun', 'skipped') LIMIT 10000)"
            " RETURNING id",
            (before,),
        )
    return len(gone)


def _queue(start_id: int, conversation_id: int, attempts: int) -> None:
    turns.add(conversation_id, TURN, f"{TURN}:{start_id}:{attempts}", {"start_id": str(start_id)})


def _put_off(start: FlowStart, until: datetime) -> None:
    if until > start.expires_at:
        leave_out(start.id, "Another flow was talking with them all the time.")
        return
    sql.run("UPDATE flow_start SET state = 'waiting', attempts = attempts + 1, next_at = ? WHERE id = ?", (to_ms(until), start.id))


def _refusal(conversation: Conversation, start: FlowStart) -> str | None:
    try:
        sessions.live_version(start.flow_id)
    except BoxError:
        return "The flow was off."
    if hold.is_held(conversation.id) or (start.kind in TIMES and hold.is_with_person(conversation)):
        return "A person was answering."
    if start.kind in EVENTS | STATUSES and _lately(start) >= MOST_AN_HOUR:
        return f"It began here {MOST_AN_HOUR} times within an hour."
    return unread.refusal(conversation, start.about_json, start.kind)


def _lately(start: FlowStart) -> int:
    since = ids.first_id_at(now() - timedelta(hours=1))
    rows = sql.run(
        "SELECT count(*) FROM flow_start WHERE conversation_id = ? AND id > ? AND id <> ? AND flow_id = ? AND state = 'begun'",
        (start.conversation_id, since, start.id, start.flow_id),
    )
    return int(rows[0][0])


def _flow_of(actor: str | None) -> int | None:
    kind, _, number = (actor or "").partition(":")
    return int(number) if kind == "flow" and number.isdigit() else None


def _depth_of(flow_id: int, conversation_id: int) -> int:
    rows = sql.run(
        "SELECT started_by, started_at FROM flow_session WHERE conversation_id = ? AND flow_id = ? ORDER BY id DESC LIMIT 1",
        (conversation_id, flow_id),
    )
    if not rows or _has_written(conversation_id, from_ms(rows[0][1])):
        return 0
    kind, _, number = str(rows[0][0]).partition(":")
    if kind not in EVENTS | STATUSES | TIMES or not number.isdigit():
        return 0
    found = sql.run("SELECT depth FROM flow_start WHERE id = ?", (int(number),))
    return int(found[0][0]) if found else 0


def _has_written(conversation_id: int, since: datetime) -> bool:
    rows = sql.run(
        "SELECT 1 FROM message WHERE conversation_id = ? AND id > ? AND direction = 'in' LIMIT 1", (conversation_id, ids.first_id_at(since))
    )
    return bool(rows)
