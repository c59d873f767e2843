"""Give conversations that nobody has to whoever's turn it is. The table is the queue: a batch is looked at and given in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wablast_box.engine.desk.routing.models import Way
from wablast_box.engine.desk.routing.rota import Rota
from wablast_box.engine.desk.triage import actions
from wablast_box.engine.desk.triage.actions import Action
from wablast_box.engine.desk.triage.perform import perform
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction

BATCH = 100
SYSTEM = "system"
# A flow that is about to answer begins within this time, and holds what it talks in.
PATIENCE_MS = 3000
_patience: list[Callable[[], bool]] = []
# The partial index.
UNROUTED = (
    "state = 'open' AND assignee_id IS NULL AND opened_at IS NOT NULL AND in_flow_at IS NULL"
    " AND (routed_at IS NULL OR routed_at < opened_at)"
)
RIPE = f"{UNROUTED} AND (opened_at <= ? OR opened_at > ?)"
INDEX = "conversation_unrouted"


def route_waiting() -> int:
    """Give what waits for somebody; how many found one. What a queue is for stays there; what nobody can take waits for the next look."""
    # What opened just now is left for a moment; one that opened in the future did so by a clock that was set back since.
    moment = now_ms()
    begin = moment - (PATIENCE_MS if any(asked() for asked in _patience) else 0)
    if not sql.run(f"SELECT 1 FROM conversation{sql.indexed_by(INDEX)} WHERE {RIPE} LIMIT 1", (begin, moment)):
        return 0
    given = 0
    with transaction():
        rota = Rota()
        for number, team_id in _waiting(rota, (begin, moment)):
            given += _route(number, team_id, rota)
        rota.remember()
    return given


def use_patience(asked: Callable[[], bool]) -> None:
    """Set once by the composition root: may something else answer what has just opened? Then it gets a moment to do so."""
    _patience[:] = [asked]


def give_if_free(user_id: int) -> Action:
    """Assign, unless somebody has it by now."""
    action = actions.assign(user_id)
    return replace(action, change=lambda before: {} if before.assignee_id is not None else action.change(before))


def _waiting(rota: Rota, ripe: tuple[int, int]) -> list[tuple[int, int | None]]:
    """The oldest first. Teams in which nobody has room are passed over, so that they do not hold up the others."""
    full = [team for team in _teams_waiting() if rota.way(team) is not Way.QUEUE and rota.next(team) is None]
    passed = ""
    params: list[int] = []
    if None in full:
        passed += " AND team_id IS NOT NULL"
    if teams := [team for team in full if team is not None]:
        condition, params = sql.among("team_id", teams)
        passed += f" AND (team_id IS NULL OR NOT ({condition}))"
    rows = sql.run(
        f"SELECT id, team_id FROM conversation{sql.indexed_by(INDEX)} WHERE {RIPE}{passed}"
        f" ORDER BY opened_at, id LIMIT ?{sql.skip_locked()}",
        [*ripe, *params, BATCH],
    )
    return [(int(number), None if team is None else int(team)) for number, team in rows]


def _teams_waiting() -> list[int | None]:
    rows = sql.run(f"SELECT DISTINCT team_id FROM conversation{sql.indexed_by(INDEX)} WHERE {UNROUTED}")
    return [None if row[0] is None else int(row[0]) for row in rows]


def _route(number: int, team_id: int | None, rota: Rota) -> int:
    if rota.way(team_id) is Way.QUEUE:
        _looked_at(number)
        return 0
    turn = rota.next(team_id)
    if turn is None:
        return 0
    _looked_at(number)
    if not perform(give_if_free(turn.user_id), [number], EVERYTHING, SYSTEM).changed:
        return 0
    rota.give(turn)
    return 1


def _looked_at(number: int) -> None:
    sql.run(
        "UPDATE conversation SET routed_at = CASE WHEN opened_at > ? THEN opened_at ELSE ? END WHERE id = ?", (now_ms(), now_ms(), number)
    )
