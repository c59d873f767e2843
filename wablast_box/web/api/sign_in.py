"""Signing in with more than a password, or with something else: second factors, passkeys, Google, invitations."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from quart import Blueprint, Response, after_this_request, redirect, request
from quart_schema import validate_request, validate_response

from wablast_box.engine.ops import addresses
from wablast_box.engine.team.arrival import second
from wablast_box.engine.team.google import sign_in as google
from wablast_box.engine.team.invites import invitations
from wablast_box.engine.team.login import HalfWay
from wablast_box.lib.errors import BoxError, Invalid
from wablast_box.web.api import access_models as shapes
from wablast_box.web.api.entering import at_the_door, dress_admission, enter, visitor
from wablast_box.web.api.team_models import Session
from wablast_box.web.auth import current_visit, public, session_token
from wablast_box.web.bridge import in_engine
from wablast_box.web.sites import require_site, site_of
from wablast_box.web.step_cookie import clear_step_cookie, set_step_cookie, step_token

blueprint = Blueprint("sign_in", __name__)


@blueprint.post("/session/second-factor")
@public
@validate_request(shapes.SecondFactorProof)
@validate_response(Session)
async def second_factor(data: shapes.SecondFactorProof) -> Any:
    """The second half of a sign-in: a code of the app, a passkey, or a recovery code."""
    given = {name: value for name, value in data.model_dump().items() if value is not None}
    if len(given) != 1:
        raise Invalid("Give one of code, recovery_code and passkey.")
    return await enter(second.finish, step_token(), second.Proof(**given), visitor=visitor(), site=site_of(current_visit()))


@blueprint.post("/session/second-factor/passkey-options")
@public
@validate_response(shapes.PasskeyOptions)
async def second_factor_options() -> Any:
    """The challenge for a passkey as the second factor."""
    return {"options": await in_engine(second.passkey_options, step_token(), require_site(current_visit()))}


@blueprint.post("/session/passkey-options")
@public
@validate_response(shapes.PasskeyOptions)
async def passkey_options() -> Any:
    """The challenge for signing in with nothing but a passkey."""
    token, options = await at_the_door(second.begin_passkey_entry, require_site(current_visit()))
    after_this_request(lambda response: _with_step(response, token))
    return {"options": options}


@blueprint.post("/session/passkey")
@public
@validate_request(shapes.PasskeyAnswer)
@validate_response(Session)
async def enter_by_passkey(data: shapes.PasskeyAnswer) -> Any:
    """Sign in with a passkey."""
    return await enter(second.enter_by_passkey, step_token(), data.credential, visitor=visitor(), site=require_site(current_visit()))


@blueprint.post("/session/google")
@public
@validate_request(shapes.GoogleStart)
@validate_response(shapes.GoogleAddress)
async def start_google(data: shapes.GoogleStart) -> Any:
    """Where to send the browser to sign in with Google."""
    base = await in_engine(addresses.base_url)
    begun = await at_the_door(google.begin, base_url=base, next=data.next)
    after_this_request(lambda response: _with_step(response, begun.token))
    return {"url": begun.url}


@blueprint.get("/session/google/callback")
@public
async def google_callback() -> Response:
    """Google sends the browser back here; it goes on to the page it wanted, or to the sign-in with what is wrong."""
    state, code = request.args.get("state", ""), request.args.get("code", "")
    if not code:
        return _leave("/signin", problem="google_refused")
    try:
        came = await at_the_door(google.come_back, step_token(), state=state, code=code, visitor=visitor(), session_token=session_token())
    except BoxError as refused:
        return _leave("/signin", problem=refused.code)
    if came.admission is None:
        return _leave(came.next)
    place = ("/signin", {"next": came.next}) if isinstance(came.admission, HalfWay) else (came.next, {})
    response = _leave(place[0], keep_step=True, **place[1])
    dress_admission(response, came.admission)
    return response


@blueprint.post("/invitation/look")
@public
@validate_request(shapes.InvitationToken)
@validate_response(shapes.InvitationCard)
async def look(data: shapes.InvitationToken) -> Any:
    """Whom an invitation link invites, and by whom."""
    row = await at_the_door(invitations.look, data.token, visitor=visitor())
    return await in_engine(shapes.card, row)


@blueprint.post("/invitation/accept")
@public
@validate_request(shapes.InvitationAnswer)
@validate_response(Session)
async def accept(data: shapes.InvitationAnswer) -> Any:
    """Join with a password of one's own, and be signed in."""
    return await enter(invitations.accept, data.token, data.password, visitor=visitor(), name=data.name)


def _with_step(response: Any, token: str) -> Any:
    set_step_cookie(response, token)
    return response


def _leave(path: str, *, keep_step: bool = False, **query: str) -> Response:
    response: Any = redirect(f"{path}?{urlencode(query)}" if query else path, 303)
    if not keep_step:
        clear_step_cookie(response)
    return response  # type: ignore[no-any-return]
