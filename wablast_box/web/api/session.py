"""Sign in and out, the own password, where one is signed in, and the ticket for a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from quart import Blueprint, after_this_request, current_app, request
from quart.typing import ResponseTypes
from quart_schema import validate_request, validate_response

from wablast_box import __version__
from wablast_box.engine.meta.models import Number
from wablast_box.engine.settings import store
from wablast_box.engine.team import links, login, sessions, setup_link, throttle, users
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.login import Visitor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.tickets import make_ticket
from wablast_box.lib.ids import parse_id
from wablast_box.web.api import team_models as shapes
from wablast_box.web.auth import (
    allow,
    before_setup,
    clear_session_cookie,
    csrf_token,
    current_actor,
    current_visit,
    maybe_actor,
    public,
    session_token,
    set_session_cookie,
)
from wablast_box.web.bridge import in_engine
from wablast_box.web.turns import Turns

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
    after_this_request(_forget_cookie)
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


def visitor() -> Visitor:
    """Where this request came from."""
    return Visitor(address=current_visit().address, agent=request.headers.get("User-Agent"))


async def enter(prove: Callable[..., tuple[str, Actor]], *args: Any, **kwargs: Any) -> dict[str, Any]:
    """Run a verb that proves who this is, set the cookie, and describe the new session."""
    token, actor = await at_the_door(prove, *args, **kwargs)

    def remember(response: ResponseTypes) -> ResponseTypes:
        set_session_cookie(response, token)
        return response

    after_this_request(remember)
    return await describe(actor, token)


async def at_the_door(verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run a verb that checks something secret: few at once, and slower while the box is being guessed at."""
    turns: Turns = current_app.extensions["turns"]
    async with turns.one(_slow_down):
        return await in_engine(verb, *args, **kwargs)


async def _slow_down() -> None:
    wait_s = await in_engine(throttle.slowed_by_s)
    if wait_s:
        await asyncio.sleep(wait_s)


async def describe(actor: Actor | None, token: str | None) -> dict[str, Any]:
    """The Session of the API."""
    person = actor if actor is not None and actor.kind == "user" else None
    known = await in_engine(_known_to, actor)
    demo = current_app.config.get("DEMO_PHONE_URL")
    return {
        "signed_in": actor is not None,
        "csrf_token": csrf_token(token) if person and token else None,
        "demo": {"phone_url": demo} if demo else None,
        "version": __version__,
        **known,
    }


def _known_to(actor: Actor | None) -> dict[str, Any]:
    """What the box tells about itself: strangers learn whether it is set up, and nothing else."""
    if actor is None:
        return {"setup_needed": not users.owner_exists(), "user": None, "business": None, "number": None}
    number = Number.get_or_none(Number.id == 1)
    return {
        "setup_needed": False,
        "user": _user(actor) if actor.kind == "user" else None,
        "business": {"name": store.get("business_name"), "time_zone": store.get("time_zone")},
        "number": None if number is None else {name: getattr(number, name) for name in shapes.SessionNumber.model_fields},
    }


def _user(actor: Actor) -> dict[str, Any]:
    user = User.get_by_id(actor.id)
    return {"id": str(user.id), "name": user.name, "email": user.email, "role": actor.role, "permissions": sorted(actor.permissions)}


def _forget_cookie(response: ResponseTypes) -> ResponseTypes:
    clear_session_cookie(response)
    return response
