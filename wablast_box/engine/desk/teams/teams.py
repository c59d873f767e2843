"""The verbs of teams. A deleted team's conversations stay, as nobody's team's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import IntegrityError, fn

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.desk.routing.models import TeamRouting, Way
from wablast_box.engine.desk.teams.events import TeamChanged
from wablast_box.engine.desk.triage.saved_views import follow_name
from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import Team, TeamMember, User
from wablast_box.engine.team.users import can_answer
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound

LONGEST_NAME, MOST = 40, 100


def teams() -> list[dict[str, Any]]:
    """Every team by name, with its people."""
    ways = {row.team_id: row.how for row in TeamRouting.select()}
    members: dict[int, list[dict[str, str]]] = {}
    for member in TeamMember.select(TeamMember, User).join(User).order_by(User.name):
        members.setdefault(member.team_id, []).append({"id": str(member.user.id), "name": member.user.name})
    rows = Team.select().order_by(fn.LOWER(Team.name))
    return [{"id": str(t.id), "name": t.name, "routing": ways.get(t.id), "members": members.get(t.id, [])} for t in rows]


def team(number: int) -> dict[str, Any]:
    """One team, or NotFound."""
    found = next((one for one in teams() if one["id"] == str(number)), None)
    if found is None:
        raise NotFound("There is no such team.")
    return found


def add_team(name: str, *, member_ids: Sequence[int], routing: str | None, by: Actor) -> dict[str, Any]:
    """Make a team."""
    number, checked = ids.new_id(), _name(name)
    with transaction():
        if Team.select().count() >= MOST:
            raise Invalid(f"There are {MOST} teams already.")
        _written(lambda: Team.insert(id=number, name=checked, created_at=now()).execute(), checked)
        _fill(number, member_ids)
        _set_way(number, routing)
        audit("team.created", by=by, subject=f"team:{number}", subject_name=checked)
        _tell(number, by)
    return team(number)


@dataclass(frozen=True, slots=True)
class TeamEdit:
    """What becomes of a team; None leaves it. `routing` counts if `sets_routing`: None is then "as the whole box"."""

    name: str | None = None
    member_ids: Sequence[int] | None = None
    routing: str | None = None
    sets_routing: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what is given."""
        given = {"name": self.name is not None, "members": self.member_ids is not None, "routing": self.sets_routing}
        return tuple(name for name, is_given in given.items() if is_given)


def change_team(number: int, edit: TeamEdit, *, by: Actor) -> dict[str, Any]:
    """Rename it, give it other people, or another way."""
    with transaction():
        before = team(number)
        if edit.name is not None:
            checked = _name(edit.name)
            _written(lambda: Team.update(name=checked).where(Team.id == number).execute(), checked)
            follow_name("team", before["name"], checked)
        if edit.member_ids is not None:
            _fill(number, edit.member_ids)
        if edit.sets_routing:
            _set_way(number, edit.routing)
        audit("team.changed", by=by, subject=f"team:{number}", subject_name=before["name"], fields=edit.fields)
        _tell(number, by)
    return team(number)


def delete_team(number: int, *, by: Actor) -> None:
    """Its conversations stay where they are, without a team."""
    with transaction():
        gone = team(number)
        Team.delete().where(Team.id == number).execute()
        audit("team.deleted", by=by, subject=f"team:{number}", subject_name=gone["name"])
        _tell(number, by)


def _fill(number: int, member_ids: Sequence[int]) -> None:
    wanted = set(member_ids)
    known = {user.id for user in User.select().where(User.id.in_(list(wanted))) if can_answer(user)} if wanted else set()
    if wanted - known:
        raise Invalid("Only people who can answer customers can be in a team.", field="member_ids")
    TeamMember.delete().where(TeamMember.team == number).execute()
    sql.run_many(
        "INSERT INTO team_member (team_id, user_id, created_at) VALUES (?, ?, ?)",
        [(number, user_id, TeamMember.created_at.db_value(now())) for user_id in sorted(wanted)],
    )


def _set_way(number: int, routing: str | None) -> None:
    if routing is not None and routing not in list(Way):
        raise Invalid(f"“{routing}” is no way of routing.", help=f"One of {', '.join(Way)}.", field="routing")
    TeamRouting.delete().where(TeamRouting.team == number).execute()
    if routing is not None:
        TeamRouting.insert(team=number, how=routing).execute()


def _written(write: Any, name: str) -> None:
    try:
        write()
    except IntegrityError:
        raise Conflict(f"There is a team “{name}” already.", field="name") from None


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= LONGEST_NAME or '"' in cleaned or "," in cleaned:
        raise Invalid(f"A team's name has 1 to {LONGEST_NAME} letters, without commas and quotes.", field="name")
    return cleaned


def _tell(number: int, by: Actor) -> None:
    event_id = publish(TeamChanged(number), actor=by.ref)
    after_commit(lambda: tell([News(("everyone",), "teams.changed", {"event_id": str(event_id)})]))
