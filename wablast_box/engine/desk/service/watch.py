"""Find what is late. Each wait is late once: the unique key says so, however often and by however many it is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.desk.service.models import Promise, ServiceTarget
from wablast_box.engine.events.publish import publish_all
from wablast_box.engine.inbox import news
from wablast_box.engine.inbox.events import ConversationOverdue
from wablast_box.engine.inbox.thread import activity
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import from_ms, iso, now_ms, to_ms
from wablast_box.lib.db import transaction

BATCH = 200
SYSTEM = "system"
# What runs for each promise: since when, and in which states it runs. A snoozed conversation was put aside on purpose.
_RUNS = {
    Promise.ANSWER: ("waiting_since_at", "answer_within_s", "c.state IN ('open', 'pending')"),
    Promise.RESOLVE: ("opened_at", "resolve_within_s", "c.state IN ('open', 'pending')"),
}

Late = tuple[int, int, int, int | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which conversations a target is for, how long they have, and since when that is promised (ms)."""

    condition: str
    params: list[Any]
    seconds: int
    promised_at: int


def find_late() -> int:
    """Note what became late since the last look, tell its thread and whoever should know; how many."""
    found = 0
    for promise in Promise:
        for scope in _scopes(promise):
            while noted := _note_some(promise, scope):
                found += noted
    return found


def _scopes(promise: Promise) -> Iterator[Scope]:
    """A team's own target goes before the whole box's, also when it promises nothing."""
    rows = list(ServiceTarget.select())
    own = [row.team_id for row in rows if row.team_id is not None]
    among, teams = sql.among("c.team_id", own)
    for row in rows:
        seconds = getattr(row, _RUNS[promise][1])
        if seconds is None:
            continue
        if row.team_id is not None:
            yield Scope("c.team_id = ?", [row.team_id], seconds, to_ms(row.set_at))
        else:
            yield Scope(f"(c.team_id IS NULL OR NOT ({among}))" if own else "1 = 1", list(teams) if own else [], seconds, to_ms(row.set_at))


def _note_some(promise: Promise, scope: Scope) -> int:
    since, _, runs = _RUNS[promise]
    moment, within = now_ms(), scope.seconds * 1000
    with transaction():
        rows = sql.run(
            f"SELECT c.id, c.{since}, c.assignee_id FROM conversation c WHERE c.{since} > ? AND c.{since} <= ? AND {runs}"
            f" AND {scope.condition}"
            f" AND NOT EXISTS (SELECT 1 FROM service_breach b WHERE b.conversation_id = c.id AND b.kind = ? AND b.since_at = c.{since})"
            f" ORDER BY c.{since} LIMIT {BATCH}",
            (scope.promised_at - within, moment - within, *scope.params, promise.value),
        )
        late = [(int(number), int(at), int(at) + within, assignee) for number, at, assignee in rows]
        return len(_note(promise, late, moment))


def _note(promise: Promise, late: list[Late], moment: int) -> set[int]:
    noted = {
        number
        for number, since, due, assignee in late
        if sql.run(
            "INSERT INTO service_breach (id, conversation_id, kind, since_at, due_at, assignee_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (conversation_id, kind, since_at) DO NOTHING RETURNING id",
            (ids.new_id(), number, promise.value, since, due, assignee, moment),
        )
    }
    chosen = [one for one in late if one[0] in noted]
    if chosen:
        events = publish_all([ConversationOverdue(number, promise.value, assignee) for number, _, _, assignee in chosen], actor=SYSTEM)
        lines = [activity.Done(number, "overdue", {"promise": promise.value, "due_at": iso(from_ms(due))}) for number, _, due, _ in chosen]
        activity.record_all(lines, SYSTEM)
        news.conversations_changed(dict(zip((one[0] for one in chosen), events, strict=True)))
    return noted
