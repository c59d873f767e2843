"""The people of the business, their password links, and the keys of machines."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.ops import addresses
from wablast_box.engine.team import api_keys, links, owners, users
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.custom_roles import get_role
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import iso
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import PageRequest, cut, page_request
from wablast_box.web.api import team_models as shapes
from wablast_box.web.auth import allow, current_actor, fresh
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import PageQuery

blueprint = Blueprint("team", __name__)


@blueprint.get("/users")
@allow("users.read")
@validate_querystring(PageQuery)
@validate_response(shapes.UserPage)
async def list_users(query_args: PageQuery) -> Any:
    """Everybody in the team, newest first."""
    asked = page_request(query_args.limit, query_args.cursor)
    page = cut(await in_engine(users.list_users, limit=asked.limit + 1, before=asked.after), asked, lambda row: row.id)
    return {"items": await in_engine(shapes.users, page.items), "next_cursor": page.next_cursor}


@blueprint.get("/team")
@allow("users.names")
@validate_response(shapes.TeamMemberPage)
async def list_names() -> Any:
    """The names that a conversation can be assigned to."""
    return {"items": await in_engine(users.list_assignable), "next_cursor": None}


@blueprint.post("/users")
@allow("users.write")
@fresh
@validate_request(shapes.NewUser)
@validate_response(shapes.InvitedUser, 201)
async def add_user(data: shapes.NewUser) -> Any:
    """Add somebody; the link lets them choose their password within 72 hours."""
    actor = current_actor()
    role_id = None if data.role_id is None else parse_id(data.role_id)
    user = await in_engine(_added, data, role_id, actor)
    link = await in_engine(links.make_password_link, user.id, by=actor)
    return {"user": await in_engine(shapes.user, user), "link": await _address(link)}, 201


@blueprint.patch("/users/<id>")
@allow("users.write")
@fresh
@validate_request(shapes.UserChange)
@validate_response(shapes.User)
async def change_user(id: str, data: shapes.UserChange) -> Any:
    """Rename, give another role, disable or enable."""
    changes = data.model_dump(exclude_none=True, exclude={"role_id"})
    role_id = None if data.role_id is None else parse_id(data.role_id)
    return await in_engine(_changed, parse_id(id), changes, role_id, current_actor())


@blueprint.get("/users/<id>/sessions")
@allow("users.write")
@validate_response(shapes.LoginSessionPage)
async def sessions_of(id: str) -> Any:
    """Where somebody is signed in, latest first."""
    actor = current_actor()
    rows = await in_engine(users.list_sessions_of, parse_id(id), by=actor)
    return {"items": [shapes.login_session(row, current=row.id == actor.session_id) for row in rows], "next_cursor": None}


@blueprint.delete("/users/<id>/sessions")
@allow("users.write")
@fresh
async def end_sessions(id: str) -> Any:
    """Sign somebody out everywhere; their windows close within a second."""
    await in_engine(users.end_sessions, parse_id(id), by=current_actor())
    return "", 204


@blueprint.delete("/users/<id>/sessions/<session_id>")
@allow("users.write")
@fresh
async def end_session(id: str, session_id: str) -> Any:
    """Sign somebody out in one browser."""
    await in_engine(users.end_sessions, parse_id(id), by=current_actor(), only=parse_id(session_id))
    return "", 204


@blueprint.post("/users/<id>/reset-second-factor")
@allow("security.write")
@fresh
async def reset_second_factor(id: str) -> Any:
    """Take away somebody's second factor, when phone and recovery codes are lost. Never one's own."""
    await in_engine(owners.reset_second_factor, parse_id(id), by=current_actor())
    return "", 204


@blueprint.post("/users/<id>/make-owner")
@allow("security.write")
@fresh
@validate_response(shapes.User)
async def hand_over(id: str) -> Any:
    """Hand the box over: they become OWNER, you become ADMIN, and both sign in again."""
    return await in_engine(_handed_over, parse_id(id), current_actor())


@blueprint.post("/users/<id>/password-link")
@allow("users.write")
@fresh
@validate_response(shapes.Link)
async def password_link(id: str) -> Any:
    """A link to choose a new password; the ones made before stop working."""
    return await _address(await in_engine(links.make_password_link, parse_id(id), by=current_actor()))


@blueprint.get("/api-keys")
@allow("api_keys.write")
@validate_querystring(PageQuery)
@validate_response(shapes.ApiKeyPage)
async def list_api_keys(query_args: PageQuery) -> Any:
    """Keys that work, newest first."""
    asked = page_request(query_args.limit, query_args.cursor)
    return await in_engine(_keys, asked, current_actor())


@blueprint.post("/api-keys")
@allow("api_keys.write")
@fresh
@validate_request(shapes.NewApiKey)
@validate_response(shapes.CreatedApiKey, 201)
async def create_api_key(data: shapes.NewApiKey) -> Any:
    """A new key for a program. Its text is shown this once."""
    return await in_engine(_made_key, data, None if data.role_id is None else parse_id(data.role_id), current_actor()), 201


@blueprint.delete("/api-keys/<id>")
@allow("api_keys.write")
async def revoke_api_key(id: str) -> Any:
    """The key stops working now."""
    await in_engine(api_keys.revoke_api_key, parse_id(id), by=current_actor())
    return "", 204


def _keys(asked: PageRequest, by: Actor) -> dict[str, Any]:
    page = cut(api_keys.list_api_keys(by=by, limit=asked.limit + 1, before=asked.after), asked, lambda row: row.id)
    return {"items": [shapes.api_key(row) for row in page.items], "next_cursor": page.next_cursor}


def _made_key(data: shapes.NewApiKey, role_id: int | None, by: Actor) -> dict[str, Any]:
    custom = None if role_id is None else get_role(role_id)
    key, text = api_keys.create_api_key(data.name, Role(custom.base) if custom else data.role, by=by, custom=custom)
    return {**shapes.api_key(key), "key": text}


def _added(data: shapes.NewUser, role_id: int | None, by: Actor) -> User:
    custom = None if role_id is None else get_role(role_id)
    return users.add_user(name=data.name, email=data.email, role=Role(custom.base) if custom else data.role, custom=custom, by=by)


def _changed(user_id: int, changes: dict[str, Any], role_id: int | None, by: Actor) -> dict[str, Any]:
    custom = None if role_id is None else get_role(role_id)
    return shapes.user(users.change_user(user_id, by=by, custom=custom, **({**changes, "role": Role(custom.base)} if custom else changes)))


def _handed_over(user_id: int, by: Actor) -> dict[str, Any]:
    return shapes.user(owners.transfer_ownership(user_id, by=by))


async def _address(link: links.NewLink) -> dict[str, Any]:
    """A link under the box's own address: the Host of a request is the visitor's word, not ours."""
    base = await in_engine(addresses.base_url)
    return {"url": f"{base}/password?token={link.token}", "expires_at": iso(link.expires_at)}
