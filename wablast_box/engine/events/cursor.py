"""Read the event log from where one stopped: for readers whom a delivery row for each event would cost too much.

Ids are made before the commit, so a later one may be on disk earlier. Readers therefore stay a moment behind the present, and on
PostgreSQL, where several write at once, behind whoever writes for longer than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wablast_box.engine.events.models import EventCursor
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.db import JsonField, is_postgres

# Somebody else's transaction that nobody ends must not hold up what is told for ever.
LONGEST_WRITE = timedelta(minutes=2)
_from_json = JsonField().python_value


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as the log holds it."""

    id: int
    at_ms: int
    name: str
    subject_id: int | None
    conversation_id: int | None
    actor: str | None
    detail: dict[str, Any]


def read_on(reader: str, names: Sequence[str], *, since: datetime, until: datetime, limit: int) -> list[Happened]:
    """What happened after the last event that `reader` has dealt with, oldest first. Before `since` is too old to matter."""
    known = EventCursor.get_or_none(EventCursor.name == reader)
    after = max(_first_id_of(since), known.event_id if known is not None else 0)
    until = min(until, _oldest_write())
    where, params = sql.among("name", list(names))
    rows = sql.run(
        # By the clock, not by the id: after a clock was set back, ids run ahead of it for a while.
        f"SELECT id, at, name, subject_id, conversation_id, actor, detail_json FROM event WHERE id > ? AND at < ? AND {where}"  # noqa: S608
        " ORDER BY id LIMIT ?",
        [after, to_ms(until), *params, limit],
    )
    return [_happened(*row) for row in rows]


def move(reader: str, event_id: int) -> None:
    """Everything up to here is dealt with: call it in the transaction that does so."""
    EventCursor.insert(name=reader, event_id=event_id).on_conflict(
        conflict_target=[EventCursor.name], preserve=[EventCursor.event_id]
    ).execute()


def _oldest_write() -> datetime:
    """Since when the transaction runs that has written for longest: until then everything is on disk."""
    # Looked at before the server is asked: however long that takes, the answer is not too young.
    moment = now()
    # SQLite has one writer: it writes in the order of ids.
    if not is_postgres():
        return moment
    # By the server's clock alone: it may differ from ours.
    age = sql.run(
        "SELECT COALESCE(EXTRACT(EPOCH FROM MAX(clock_timestamp() - xact_start)), 0) FROM pg_stat_activity"
        " WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
    )
    return moment - min(timedelta(seconds=float(age[0][0])), LONGEST_WRITE)


def _happened(event_id: int, at_ms: int, name: str, about: int | None, chat: int | None, by: str | None, detail: str | None) -> Happened:
    return Happened(event_id, at_ms, name, about, chat, by, _from_json(detail) or {})


def _first_id_of(moment: datetime) -> int:
    """Ids are made of time: the first one of that moment."""
    return max(0, to_ms(moment) - ids.EPOCH_MS) << 21
