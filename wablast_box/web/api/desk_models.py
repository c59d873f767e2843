"""What the routes of teams, attendance and the queue take and give."""

from __future__ import annotations

from typing import Literal

from wablast_box.web.api.inbox_models import PersonRef
from wablast_box.web.schemas import ApiModel, IdStr, Moment

RoutingWay = Literal["queue", "round_robin", "least_busy"]


class Team(ApiModel):
    """`routing`: how its conversations find somebody; null: as the setting `routing` says."""

    id: str
    name: str
    routing: RoutingWay | None
    members: list[PersonRef]


class TeamList(ApiModel):
    items: list[Team]
    next_cursor: str | None


class NewTeam(ApiModel):
    name: str
    member_ids: list[IdStr] = []
    routing: RoutingWay | None = None


class TeamEdit(ApiModel):
    """What is left out stays as it is."""

    name: str | None = None
    member_ids: list[IdStr] | None = None
    routing: RoutingWay | None = None


class Attendance(ApiModel):
    """`capacity`: open conversations at once before the box gives no more; null: no limit."""

    user: PersonRef
    is_away: bool
    away_until: str | None
    capacity: int | None
    open_count: int


class AttendanceList(ApiModel):
    items: list[Attendance]
    next_cursor: str | None


class MyAttendance(ApiModel):
    """`until`: when you are back; null until you say so."""

    is_away: bool
    until: Moment | None = None


class AttendanceEdit(ApiModel):
    """What is left out stays as it is."""

    is_away: bool | None = None
    capacity: int | None = None


class Queue(ApiModel):
    """What you could take: how many (999 means that or more), and since when the first has waited for an answer."""

    count: int
    waiting_since_at: str | None


class HandOff(ApiModel):
    """`team_id`: whose it becomes; null: it stays with its team. `note`: a word for whoever takes it."""

    team_id: IdStr | None = None
    note: str | None = None
