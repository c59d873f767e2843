"""The rota: whose turn it is. Those present who can take one more, in the order a team's way asks for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from wablast_box.engine.desk.routing.attendance import is_there, open_load
from wablast_box.engine.desk.routing.models import Attendance, TeamRouting, Way
from wablast_box.engine.notifications.push.models import AlertPreference
from wablast_box.engine.settings import store
from wablast_box.engine.team.models import TeamMember, User
from wablast_box.engine.team.users import can_answer
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, now, to_ms
from wablast_box.lib.db import is_postgres

# Whoever had a window open this long ago still counts as at the counter.
PRESENT = timedelta(minutes=15)
_LOCK = 0x776278_726F


@dataclass(slots=True)
class Turn:
    """One person on the rota, with what they have already."""

    user_id: int
    load: int
    capacity: int | None
    last_routed_at: int
    teams: frozenset[int]

    @property
    def has_room(self) -> bool:
        return self.capacity is None or self.load < self.capacity


class Rota:
    """Read once for a batch; keeps count itself as it gives conversations away. One at a time until the caller's transaction ends."""

    def __init__(self) -> None:
        if is_postgres():
            # Two who read the same counts would give to the same person.
            sql.run("SELECT pg_advisory_xact_lock(?)", (_LOCK,))
        self._default = Way(store.get("routing"))
        self._ways = {row.team_id: Way(row.how) for row in TeamRouting.select()}
        self.people = _people()

    def way(self, team_id: int | None) -> Way:
        """How conversations of this team (None: of no team) find somebody."""
        return self._default if team_id is None else self._ways.get(team_id, self._default)

    def next(self, team_id: int | None, way: Way | None = None) -> Turn | None:
        """Whose turn it is, by `way` or as the team has it; None when nobody present can take one more."""
        free = [one for one in self.people if one.has_room and (team_id is None or team_id in one.teams)]
        if not free:
            return None
        if (way or self.way(team_id)) is Way.LEAST_BUSY:
            return min(free, key=lambda one: (one.load, one.last_routed_at, one.user_id))
        return min(free, key=lambda one: (one.last_routed_at, one.user_id))

    def give(self, turn: Turn) -> None:
        """Note that somebody was given one."""
        turn.load += 1
        # Later than everybody's, also within one millisecond.
        turn.last_routed_at = max(to_ms(now()), *(one.last_routed_at + 1 for one in self.people))

    def remember(self) -> None:
        """Turns outlive a restart: written in the caller's transaction."""
        for one in self.people:
            if one.last_routed_at:
                Attendance.insert(user=one.user_id, is_away=False).on_conflict_ignore().execute()
                Attendance.update(last_routed_at=from_ms(one.last_routed_at)).where(Attendance.user == one.user_id).execute()


def _people() -> list[Turn]:
    moment, load = now(), open_load()
    known = {row.user_id: row for row in Attendance.select()}
    teams: dict[int, set[int]] = {}
    for member in TeamMember.select():
        teams.setdefault(member.user_id, set()).add(member.team_id)
    there = [user for user in User.select().where(User.disabled_at.is_null()) if is_there(known.get(user.id), moment) and can_answer(user)]
    present = _present(there, moment)
    return [_turn(user.id, known.get(user.id), load, teams) for user in there if user.id in present]


def _turn(user_id: int, row: Attendance | None, load: dict[int, int], teams: dict[int, set[int]]) -> Turn:
    last = row.last_routed_at if row is not None else None
    return Turn(
        user_id, load.get(user_id, 0), None if row is None else row.capacity, 0 if last is None else to_ms(last),
        frozenset(teams.get(user_id, ())),
    )  # fmt: skip


def _present(users: Collection[User], moment: datetime) -> set[int]:
    """Those who have the box open, or everybody if the owner wants conversations given to the absent too."""
    if not store.get("routing_only_present"):
        return {user.id for user in users}
    windows = {row.user_id: row.present_at for row in AlertPreference.select(AlertPreference.user, AlertPreference.present_at)}
    seen = {user.id: [at for at in (user.last_seen_at, windows.get(user.id)) if at is not None] for user in users}
    return {user_id for user_id, at in seen.items() if at and moment - max(at) <= PRESENT}
