"""FlowTurn: what a flow has to answer waits here as a row. In order within a conversation, side by side across them.

`flow_turn_running` is unique per conversation: two workers never play the same customer at once. A turn whose worker died
is taken over after STALE.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from peewee import IntegrityError

from wablast_box.engine.flows.models import FlowTurn
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now, now_ms, to_ms
from wablast_box.lib.db import JsonField, after_commit, is_postgres, transaction

STALE = timedelta(minutes=3)
MOST_ATTEMPTS = 5
BETWEEN_S = 2.0
PLACE_AFTER_MS = 300
KEPT = timedelta(days=3)
_to_json = JsonField().db_value
bell = threading.Event()


def add(conversation_id: int, kind: str, ref: str, body: Mapping[str, Any] | None = None) -> bool:
    """Let a flow answer something, once for each `ref`; in the caller's transaction. False: it waits or is done already."""
    moment = now_ms()
    made = sql.run(
        "INSERT INTO flow_turn (id, conversation_id, kind, ref, body_json, state, attempts, next_attempt_at, created_at)"
        " VALUES (?, ?, ?, ?, ?, 'waiting', 0, 0, ?) ON CONFLICT (ref) DO NOTHING RETURNING id",
        (ids.new_id(), conversation_id, kind, ref, None if body is None else _to_json(dict(body)), moment),
    )
    if made:
        after_commit(bell.set)
    return bool(made)


def take() -> FlowTurn | None:
    """The oldest turn of a conversation that nobody plays; it is the caller's until `done`, `put_back` or STALE."""
    moment = now_ms()
    # Asked every second: without anything due no write transaction is begun.
    if not sql.run("SELECT 1 FROM flow_turn WHERE state = 'waiting' AND next_attempt_at <= ? LIMIT 1", (moment,)):
        return None
    first = (
        "SELECT t.id FROM flow_turn t WHERE t.state = 'waiting' AND t.next_attempt_at <= ?"
        " AND NOT EXISTS (SELECT 1 FROM flow_turn b WHERE b.conversation_id = t.conversation_id AND"
        " (b.state = 'running' OR (b.state = 'waiting' AND b.id < t.id)))"
        " ORDER BY t.next_attempt_at, t.id LIMIT 1"
    )
    try:
        with transaction():
            rows = sql.run(
                "UPDATE flow_turn SET state = 'running', claimed_at = ?, attempts = attempts + 1"
                f" WHERE id = ({first}{sql.skip_locked()}) RETURNING id",
                (moment, moment),
            )
    except IntegrityError:
        # On PostgreSQL two may look at once; the unique index lets one of them play.
        if not is_postgres():
            raise
        return None
    return sql.load(FlowTurn, "id = ?", rows[0])[0] if rows else None


def is_ours(turn: FlowTurn) -> bool:
    """Has nobody taken it over? Each taking counts an attempt. Nobody can until the caller's transaction ends."""
    lock = " FOR UPDATE" if is_postgres() else ""
    return bool(sql.run(f"SELECT 1 FROM flow_turn WHERE id = ? AND state = 'running' AND attempts = ?{lock}", (turn.id, turn.attempts)))


def done(turn: FlowTurn, *, error: str | None = None) -> None:
    """It is answered (or, with `error`, given up); the next of this conversation may come. In the caller's transaction."""
    sql.run("UPDATE flow_turn SET state = ?, claimed_at = NULL, error = ? WHERE id = ?", ("failed" if error else "done", error, turn.id))
    after_commit(bell.set)


def still_played(turn: FlowTurn) -> None:
    """A slow step is behind it, and another may come: it is not STALE yet. In the caller's transaction."""
    sql.run("UPDATE flow_turn SET claimed_at = ? WHERE id = ? AND state = 'running'", (now_ms(), turn.id))


def wait_for_place(turn: FlowTurn) -> None:
    """Its next step is slow and as many are under way as may be: it counts as no attempt. In the caller's transaction."""
    sql.run(
        "UPDATE flow_turn SET state = 'waiting', claimed_at = NULL, attempts = attempts - 1, next_attempt_at = ? WHERE id = ?",
        (now_ms() + PLACE_AFTER_MS, turn.id),
    )


def put_back(turn: FlowTurn, why: str) -> bool:
    """Something hindered it: once more after a while, five times at most. False: it is given up."""
    with transaction():
        if not is_ours(turn):
            return True
        if turn.attempts >= MOST_ATTEMPTS:
            done(turn, error=why)
            return False
        later = now() + timedelta(seconds=BETWEEN_S * 2**turn.attempts)
        FlowTurn.update(state="waiting", claimed_at=None, error=why, next_attempt_at=later).where(FlowTurn.id == turn.id).execute()
        return True


def release_all() -> None:
    """At start: what a worker held when it died is free. One box has the database, on PostgreSQL too."""
    with transaction():
        sql.run("UPDATE flow_turn SET state = 'waiting', claimed_at = NULL WHERE state = 'running'")


def prune() -> int:
    """Forget turns that were answered days ago."""
    with transaction():
        gone = sql.run(
            "DELETE FROM flow_turn WHERE id IN"
            " (SELECT id FROM flow_turn WHERE state IN ('done', 'failed') AND created_at < ? LIMIT 10000) RETURNING id",
            (to_ms(now() - KEPT),),
        )
    return len(gone)


def release_stale() -> None:
    """Let somebody else play what its worker does not come back from. A clock that was set back since holds nobody up either."""
    past, ahead = to_ms(now() - STALE), to_ms(now() + STALE)
    left, held = "state = 'running' AND (claimed_at < ? OR claimed_at > ?)", "state = 'waiting' AND next_attempt_at > ?"
    look = f"SELECT 1 WHERE EXISTS (SELECT 1 FROM flow_turn WHERE {left}) OR EXISTS (SELECT 1 FROM flow_turn WHERE {held})"
    if sql.run(look, (past, ahead, ahead)):
        with transaction():
            sql.run(f"UPDATE flow_turn SET state = 'waiting', claimed_at = NULL WHERE {left}", (past, ahead))
            sql.run(f"UPDATE flow_turn SET next_attempt_at = 0 WHERE {held}", (ahead,))
            after_commit(bell.set)
