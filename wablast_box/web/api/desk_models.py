"""What the routes of teams, attendance and the queue take and give."""

from __future__ import annotations

from typing import Literal

from wablast_box.web.api.inbox_models import PersonRef
from wablast_box.web.schemas import ApiModel, IdStr, JsonObject, Moment

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


class ServiceTarget(ApiModel):
    """`team_id` null: for every team without a target of its own. Seconds; null: nothing is promised.

    `set_at`: since when; what was late before was promised to nobody.
    """

    team_id: IdStr | None = None
    answer_within_s: int | None = None
    resolve_within_s: int | None = None
    set_at: str | None = None


class ServiceTargetList(ApiModel):
    items: list[ServiceTarget]
    next_cursor: str | None


class SurveySummary(ApiModel):
    """The last 30 days. `scores`: how many gave 5 to 1; `not_asked`: what hindered them is kept with each."""

    asked: int
    not_asked: int
    answered: int
    average: float | None
    scores: dict[str, int]


class Verdict(ApiModel):
    id: str
    conversation_id: str
    score: int
    agent_id: str | None
    answered_at: str


class VerdictList(ApiModel):
    items: list[Verdict]
    next_cursor: str | None


class Macro(ApiModel):
    """`steps`, in their order: {"do": reply|note, "text"}, {"do": tag, "add", "remove"}, {"do": assign, "user_id"} (or "me"),
    {"do": team, "team_id"}, {"do": snooze, "minutes"} (null: until the customer writes), {"do": resolve|pending|reopen|read}.
    """

    id: str
    name: str
    shared: bool
    steps: list[JsonObject]


class MacroList(ApiModel):
    items: list[Macro]
    next_cursor: str | None


class NewMacro(ApiModel):
    name: str
    steps: list[JsonObject]
    shared: bool = False


class MacroEdit(ApiModel):
    """What is left out stays as it is."""

    name: str | None = None
    steps: list[JsonObject] | None = None
    shared: bool | None = None
