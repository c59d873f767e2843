"""Sign in and out, the own password, where one is signed in, and the ticket for a socket."""

from __future__ import annotations

from typing import Any

from quart import Blueprint, after_this_request
from quart_schema import validate_request, validate_response

from wablast_box.engine.team import links, login, sessions, setup_link, users
from wablast_box.engine.team.tickets import make_ticket
from wablast_box.lib.ids import parse_id
from wablast_box.web.api import team_models as shapes
from wablast_box.web.api.entering import at_the_door, describe, enter, forget_cookie, visitor
from wablast_box.web.auth import allow, before_setup, current_actor, maybe_actor, public, session_token
from wablast_box.web.bridge import in_engine

blueprint = Blueprint("session", __name__)


@blueprint.get("/session")
@public
@before_setup
@validate_response(shapes.Session)
async def session() -> Any:
    """Who sits here, what they may do, and what the box is called."""
    return await describe(maybe_actor(), session_token())


@blueprint.post("/session")
@public
@validate_request(shapes.SignIn)
@validate_response(shapes.Session)
async def sign_in(data: shapes.SignIn) -> Any:
    """Sign in with e-mail and password; sets the cookie."""
    return await enter(login.sign_in, data.email, data.password, visitor=visitor())


@blueprint.delete("/session")
@allow("account.own")
async def sign_out() -> Any:
    """Sign out; the session, its sockets and its tickets are over."""
    await in_engine(login.sign_out, current_actor())
    after_this_request(forget_cookie)
    return "", 204


@blueprint.post("/socket-ticket")
@allow("account.own")
@validate_response(shapes.SocketTicket)
async def socket_ticket() -> Any:
    """Sixty seconds and one use to open a socket."""
    return {"ticket": await in_engine(make_ticket, current_actor())}


@blueprint.post("/password")
@public
@validate_request(shapes.PasswordByLink)
@validate_response(shapes.Session)
async def choose_password(data: shapes.PasswordByLink) -> Any:
    """Choose a password with a link that works once, and be signed in."""
    return await enter(links.use_password_link, data.token, data.password, visitor=visitor())


@blueprint.post("/setup/owner")
@public
@before_setup
@validate_request(shapes.OwnerSetup)
@validate_response(shapes.Session)
async def claim(data: shapes.OwnerSetup) -> Any:
    """Make the owner of a fresh box with the token of the printed link, and sign them in."""
    return await enter(setup_link.use_setup_token, **data.model_dump(), visitor=visitor())


@blueprint.put("/me/password")
@allow("account.own")
@validate_request(shapes.PasswordChange)
async def change_password(data: shapes.PasswordChange) -> Any:
    """Replace the own password; every other sign-in ends."""
    await at_the_door(users.change_own_password, current_actor(), data.current, data.new, visitor=visitor())
    return "", 204


@blueprint.post("/me/confirm")
@allow("account.own")
@validate_request(shapes.Confirmation)
async def confirm(data: shapes.Confirmation) -> Any:
    """Type the password again: what is dangerous is open for ten minutes."""
    await at_the_door(login.confirm, current_actor(), data.password, visitor=visitor())
    return "", 204


@blueprint.get("/me/sessions")
@allow("account.own")
@validate_response(shapes.LoginSessionPage)
async def my_sessions() -> Any:
    """Where one is signed in, latest first."""
    actor = current_actor()
    rows = await in_engine(sessions.list_sessions, actor)
    return {"items": [shapes.login_session(row, current=row.id == actor.session_id) for row in rows], "next_cursor": None}


@blueprint.delete("/me/sessions/<id>")
@allow("account.own")
async def end_my_session(id: str) -> Any:
    """Sign out somewhere else."""
    await in_engine(sessions.end_session, parse_id(id), by=current_actor(), why="ended elsewhere")
    return "", 204
