"""Roles of the business's own making, and what there is to put into them."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.team import custom_roles
from wablast_box.lib.ids import parse_id
from wablast_box.web.api import access_models as shapes
from wablast_box.web.auth import allow, current_actor, fresh
from wablast_box.web.bridge import in_engine

blueprint = Blueprint("roles", __name__)


@blueprint.get("/roles")
@allow("users.read")
@validate_response(shapes.RoleList)
async def list_roles() -> Any:
    """Every role by name, ours too, and which permissions a role may hold."""
    rows = await in_engine(custom_roles.list_roles)
    return {"items": [shapes.custom_role(row, people) for row, people in rows], "ours": shapes.OUR_ROLES, "next_cursor": None}


@blueprint.post("/roles")
@allow("roles.write")
@fresh
@validate_request(shapes.RoleBody)
@validate_response(shapes.CustomRole, 201)
async def create_role(data: shapes.RoleBody) -> Any:
    """A new role; nobody has it yet."""
    row = await in_engine(custom_roles.create_role, shapes.draft(data), by=current_actor())
    return shapes.custom_role(row, 0), 201


@blueprint.put("/roles/<id>")
@allow("roles.write")
@fresh
@validate_request(shapes.RoleBody)
@validate_response(shapes.RoleList)
async def change_role(id: str, data: shapes.RoleBody) -> Any:
    """Change a role; everybody who has it may do what it says from now on."""
    await in_engine(custom_roles.change_role, parse_id(id), shapes.draft(data), by=current_actor())
    return await list_roles()


@blueprint.delete("/roles/<id>")
@allow("roles.write")
@fresh
async def delete_role(id: str) -> Any:
    """Delete a role that nobody has."""
    await in_engine(custom_roles.delete_role, parse_id(id), by=current_actor())
    return "", 204
