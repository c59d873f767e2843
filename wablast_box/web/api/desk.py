"""Teams, who is there, and the queue of conversations that nobody has."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.desk.routing import attendance, queue
from wablast_box.engine.desk.teams import teams
from wablast_box.lib.ids import parse_id
from wablast_box.web.api import desk_models as shapes
from wablast_box.web.api.inbox_actor import me, my_viewer
from wablast_box.web.api.inbox_models import Conversation
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine

blueprint = Blueprint("desk", __name__)


@blueprint.get("/teams")
@allow("users.names")
@validate_response(shapes.TeamList)
async def all_teams() -> Any:
    """Every team, by name."""
    return {"items": await in_engine(teams.teams), "next_cursor": None}


@blueprint.post("/teams")
@allow("desk.write")
@validate_request(shapes.NewTeam)
@validate_response(shapes.Team, 201)
async def add_team(data: shapes.NewTeam) -> Any:
    """Make a team."""
    members = [parse_id(number) for number in data.member_ids]
    return await in_engine(teams.add_team, data.name, member_ids=members, routing=data.routing, by=me()), 201


@blueprint.patch("/teams/<id>")
@allow("desk.write")
@validate_request(shapes.TeamEdit)
@validate_response(shapes.Team)
async def change_team(id: str, data: shapes.TeamEdit) -> Any:
    """Rename a team, give it other people, or another way of finding somebody."""
    members = None if data.member_ids is None else [parse_id(number) for number in data.member_ids]
    edit = teams.TeamEdit(data.name, members, data.routing, sets_routing="routing" in data.model_fields_set)
    return await in_engine(teams.change_team, parse_id(id), edit, by=me())


@blueprint.delete("/teams/<id>")
@allow("desk.write")
async def delete_team(id: str) -> Any:
    """Its conversations stay, without a team."""
    await in_engine(teams.delete_team, parse_id(id), by=me())
    return "", 204


@blueprint.get("/attendance")
@allow("users.names")
@validate_response(shapes.AttendanceList)
async def all_attendances() -> Any:
    """Who is there to answer, and how much everybody has."""
    return {"items": await in_engine(attendance.attendances), "next_cursor": None}


@blueprint.put("/me/attendance")
@allow("inbox.assign_self")
@validate_request(shapes.MyAttendance)
@validate_response(shapes.Attendance)
async def attend(data: shapes.MyAttendance) -> Any:
    """Go away or come back: nothing is given to you while you are away."""
    return await in_engine(attendance.attend, me(), data.is_away, data.until)


@blueprint.patch("/users/<id>/attendance")
@allow("desk.write")
@validate_request(shapes.AttendanceEdit)
@validate_response(shapes.Attendance)
async def change_attendance(id: str, data: shapes.AttendanceEdit) -> Any:
    """Say for a colleague that they are away, or how many conversations they can have at once."""
    edit = attendance.AttendanceEdit(data.is_away, data.capacity, sets_capacity="capacity" in data.model_fields_set)
    return await in_engine(attendance.change_attendance, parse_id(id), edit, by=me())


@blueprint.get("/queue")
@allow("inbox.assign_self")
@validate_response(shapes.Queue)
async def waiting() -> Any:
    """How many conversations wait for somebody like you."""
    return await in_engine(queue.waiting, my_viewer(), me())


@blueprint.post("/queue/next")
@allow("inbox.assign_self")
@validate_response(Conversation)
async def take_next() -> Any:
    """Take the one whose customer has waited longest; 204 when nobody waits."""
    taken = await in_engine(queue.take_next, my_viewer(), me())
    return ("", 204) if taken is None else taken


@blueprint.post("/conversations/<id>/hand-off")
@allow("inbox.reply")
@validate_request(shapes.HandOff)
@validate_response(Conversation)
async def hand_off(id: str, data: shapes.HandOff) -> Any:
    """Give a conversation back to the queue."""
    team_id = None if data.team_id is None else parse_id(data.team_id)
    return await in_engine(queue.hand_off, my_viewer(), me(), parse_id(id), team_id, data.note)
