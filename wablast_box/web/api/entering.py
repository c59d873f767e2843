"""Letting a browser in: verbs that prove who sits there, the cookies they lead to, and what the browser is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from quart import after_this_request, current_app, request
from quart.typing import ResponseTypes

from wablast_box import __version__
from wablast_box.engine.events.read import seen_id
from wablast_box.engine.meta.models import Number
from wablast_box.engine.settings import store
from wablast_box.engine.team import throttle, users
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.arrival.second import methods_for
from wablast_box.engine.team.google import config as google
from wablast_box.engine.team.login import Admission, HalfWay, Visitor
from wablast_box.engine.team.models import User
from wablast_box.lib.clock import iso
from wablast_box.web.api import team_models as shapes
from wablast_box.web.auth import clear_session_cookie, csrf_token, current_visit, set_session_cookie
from wablast_box.web.bridge import in_engine
from wablast_box.web.sites import site_of
from wablast_box.web.step_cookie import clear_step_cookie, set_step_cookie, step_token
from wablast_box.web.turns import Turns


def visitor() -> Visitor:
    """Where this request came from."""
    return Visitor(address=current_visit().address, agent=request.headers.get("User-Agent"))


async def enter(prove: Callable[..., Admission], *args: Any, **kwargs: Any) -> dict[str, Any]:
    """Run a verb that proves who this is, set the cookie, and describe the new session, or what it still wants."""
    return await describe_admission(await at_the_door(prove, *args, **kwargs))


async def describe_admission(admission: Admission) -> dict[str, Any]:
    """Set the cookies for what a browser has proved; the Session."""
    after_this_request(lambda response: dress_admission(response, admission))
    if isinstance(admission, HalfWay):
        return {**await describe(None, None), "second_factor": {"methods": admission.methods}}
    token, actor = admission
    return await describe(actor, token)


def dress_admission(response: ResponseTypes, admission: Admission) -> ResponseTypes:
    """The cookies of an answer that lets somebody in, or half-way."""
    if isinstance(admission, HalfWay):
        set_step_cookie(response, admission.token)
    else:
        set_session_cookie(response, admission[0])
        if step_token() is not None:
            clear_step_cookie(response)
    return response


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
    methods = await in_engine(methods_for, step_token()) if actor is None and step_token() else ()
    demo = current_app.config.get("DEMO_PHONE_URL")
    return {
        "signed_in": actor is not None,
        "second_factor": {"methods": methods} if methods else None,
        "csrf_token": csrf_token(token) if person and token else None,
        "passkeys": site_of(current_visit()) is not None,
        "demo": {"phone_url": demo} if demo else None,
        "version": __version__,
        **known,
    }


def _known_to(actor: Actor | None) -> dict[str, Any]:
    """What the box tells about itself: strangers learn whether it is set up and how to come in, and nothing else."""
    if actor is None:
        ways = {"setup_needed": not users.owner_exists(), "google": google.is_set_up()}
        return {**ways, "user": None, "business": None, "number": None, "seen_event_id": None}
    number = Number.get_or_none(Number.id == 1)
    return {
        "setup_needed": False,
        "google": google.is_set_up(),
        "user": _user(actor) if actor.kind == "user" else None,
        "business": {"name": store.get("business_name"), "time_zone": store.get("time_zone")},
        "number": None if number is None else {name: getattr(number, name) for name in shapes.SessionNumber.model_fields},
        "seen_event_id": str(seen_id()),
    }


def _user(actor: Actor) -> dict[str, Any]:
    user = User.get_by_id(actor.id)
    return {
        "id": str(user.id),
        "name": user.name,
        "email": user.email,
        "role": actor.role,
        "role_name": actor.grants.name if actor.grants and actor.grants.name else None,
        "permissions": sorted(actor.permissions),
        "scope": actor.scope,
        "hides_numbers": actor.hides_numbers,
        "second_factor_due_at": iso(user.second_factor_due_at),
    }


def forget_cookie(response: ResponseTypes) -> ResponseTypes:
    """This browser is signed out."""
    clear_session_cookie(response)
    return response
