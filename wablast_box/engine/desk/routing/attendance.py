"""Who is there to answer, and how many conversations they can have open at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.desk.routing.events import AttendanceChanged
from wablast_box.engine.desk.routing.models import Attendance
from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.users import can_answer
from wablast_box.lib import sql
from wablast_box.lib.clock import iso, now
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Denied, Invalid, NotFound

LONGEST_ABSENCE = timedelta(days=90)
MOST_AT_ONCE = 1000


def attendances() -> list[dict[str, Any]]:
    """Everybody who can answer customers: present or away, how much they have and can take."""
    load = open_load()
    known = {row.user_id: row for row in Attendance.select()}
    people = [user for user in User.select().where(User.disabled_at.is_null()).order_by(User.name) if can_answer(user)]
    return [_view(user, known.get(user.id), load.get(user.id, 0)) for user in people]


def attendance(user_id: int) -> dict[str, Any]:
    """One person's, or NotFound."""
    user = User.get_or_none(User.id == user_id)
    if user is None:
        raise NotFound("There is no such person.")
    return _view(user, Attendance.get_or_none(Attendance.user == user_id), open_load([user_id]).get(user_id, 0))


def attend(actor: Actor, is_away: bool, until: datetime | None) -> dict[str, Any]:
    """Say of oneself that one is away (until a moment) or back."""
    if actor.kind != "user" or actor.id is None:
        raise Denied("Only a person can be away.")
    if is_away:
        go_away(actor.id, until, actor=actor.ref)
    else:
        come_back(actor.id, actor=actor.ref)
    return attendance(actor.id)


@dataclass(frozen=True, slots=True)
class AttendanceEdit:
    """What is said of a colleague; None leaves it. `capacity` counts if `sets_capacity`: None is then no end."""

    is_away: bool | None = None
    capacity: int | None = None
    sets_capacity: bool = False


def change_attendance(user_id: int, edit: AttendanceEdit, *, by: Actor) -> dict[str, Any]:
    """Say for a colleague that they are away or back, or how many conversations they can have at once."""
    with transaction():
        if edit.sets_capacity:
            set_capacity(user_id, edit.capacity, actor=by.ref)
        if edit.is_away is True:
            go_away(user_id, None, actor=by.ref)
        elif edit.is_away is False:
            come_back(user_id, actor=by.ref)
        given = [name for name, is_given in (("capacity", edit.sets_capacity), ("is_away", edit.is_away is not None)) if is_given]
        changed = attendance(user_id)
        if given:
            audit("attendance.changed", by=by, subject=f"user:{user_id}", subject_name=changed["user"]["name"], fields=given)
    return changed


def go_away(user_id: int, until: datetime | None, *, actor: str) -> None:
    """Nothing is given to them until they come back, at the latest at `until`."""
    if until is not None and not now() < until <= now() + LONGEST_ABSENCE:
        raise Invalid("Be away until a moment that is still to come, within 90 days.", field="until")
    _change(user_id, actor, is_away=True, away_until=until)


def come_back(user_id: int, *, actor: str) -> None:
    """Conversations are given to them again."""
    _change(user_id, actor, is_away=False, away_until=None)


def set_capacity(user_id: int, capacity: int | None, *, actor: str) -> None:
    """How many open conversations they can have before the box gives them no more; None: no end."""
    if capacity is not None and not 1 <= capacity <= MOST_AT_ONCE:
        raise Invalid(f"From 1 to {MOST_AT_ONCE} conversations at once.", help="Leave it empty for no limit.", field="capacity")
    _change(user_id, actor, capacity=capacity)


def is_there(row: Attendance | None, moment: datetime) -> bool:
    """Not away, or away only until a moment that has passed."""
    return row is None or not row.is_away or (row.away_until is not None and row.away_until <= moment)


def open_load(user_ids: Sequence[int] | None = None) -> dict[int, int]:
    """Open conversations of each person who has any."""
    where, params = ("assignee_id IS NOT NULL", []) if user_ids is None else sql.among("assignee_id", list(user_ids))
    rows = sql.run(f"SELECT assignee_id, COUNT(*) FROM conversation WHERE state = 'open' AND {where} GROUP BY assignee_id", params)
    return {int(user_id): int(count) for user_id, count in rows}


def _change(user_id: int, actor: str, **changes: Any) -> None:
    with transaction():
        if not User.select(User.id).where(User.id == user_id).exists():
            raise NotFound("There is no such person.")
        Attendance.insert(user=user_id, is_away=False).on_conflict_ignore().execute()
        Attendance.update(**changes).where(Attendance.user == user_id).execute()
        row = Attendance.get(Attendance.user == user_id)
        event_id = publish(AttendanceChanged(user_id, row.is_away), actor=actor)
        after_commit(lambda: tell([News(("everyone",), "attendance.changed", {"event_id": str(event_id), "user_id": str(user_id)})]))


def _view(user: User, row: Attendance | None, load: int) -> dict[str, Any]:
    there = is_there(row, now())
    until = row.away_until if row is not None and not there else None
    return {
        "user": {"id": str(user.id), "name": user.name},
        "is_away": not there,
        "away_until": None if until is None else iso(until),
        "capacity": None if row is None else row.capacity,
        "open_count": load,
    }
