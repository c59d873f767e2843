"""How soon: set and read, for the whole box and for teams."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.desk.service.events import ServiceTargetChanged
from wablast_box.engine.desk.service.models import ServiceTarget
from wablast_box.engine.desk.teams.teams import team
from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids
from wablast_box.lib.clock import iso, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid

SHORTEST_S, LONGEST_S = 60, 90 * 86_400


def targets() -> list[dict[str, Any]]:
    """The whole box's first, then those of teams."""
    rows = sorted(ServiceTarget.select(), key=lambda row: row.team_id or 0)
    return [_view(row) for row in rows]


def set_target(team_id: int | None, *, answer_within_s: int | None, resolve_within_s: int | None, by: Actor) -> list[dict[str, Any]]:
    """Promise something, or nothing more (both None). All targets as they are now."""
    _check(answer_within_s, "answer_within_s")
    _check(resolve_within_s, "resolve_within_s")
    with transaction():
        if team_id is not None:
            team(team_id)
        ServiceTarget.delete().where(ServiceTarget.team.is_null() if team_id is None else ServiceTarget.team == team_id).execute()
        number = ids.new_id()
        if answer_within_s is not None or resolve_within_s is not None:
            promised = {"answer_within_s": answer_within_s, "resolve_within_s": resolve_within_s}
            ServiceTarget.insert(id=number, team=team_id, set_at=now(), **promised).execute()
        subject = None if team_id is None else f"team:{team_id}"
        audit("promise.changed", by=by, subject=subject, fields=("answer_within_s", "resolve_within_s"))
        event_id = publish(ServiceTargetChanged(number, team_id), actor=by.ref)
        tell([News(("everyone",), "service_targets.changed", {"event_id": str(event_id)})])
    return targets()


def _check(seconds: int | None, field: str) -> None:
    if seconds is not None and not SHORTEST_S <= seconds <= LONGEST_S:
        raise Invalid("A promise is from one minute to 90 days.", help="Leave it empty to promise nothing.", field=field)


def _view(row: ServiceTarget) -> dict[str, Any]:
    return {
        "team_id": None if row.team_id is None else str(row.team_id),
        "answer_within_s": row.answer_within_s,
        "resolve_within_s": row.resolve_within_s,
        "set_at": iso(row.set_at),
    }
