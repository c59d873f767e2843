"""Who may open a window: the cookie with its ticket and the right origin, or a machine's key. And who still may."""

from __future__ import annotations

from collections.abc import Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Any

from wablast_box.engine.inbox.read import conversations_by_id
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.recognise import KEY_PREFIX, recognise, refresh
from wablast_box.engine.team.tickets import use_ticket
from wablast_box.lib.errors import Denied
from wablast_box.web.api.inbox_actor import viewer_of
from wablast_box.web.bridge import in_engine
from wablast_box.web.gateway import Doorkeeper, Sight
from wablast_box.web.masking import masked
from wablast_box.web.visits import Visit, visit_of


def doorkeeper() -> Doorkeeper:
    """The gateway's questions, answered by the team and the inbox."""
    return Doorkeeper(identify, sight_of, sights, visible, masked, origin_allowed)


def origin_allowed(origin: str | None, environ: dict[str, Any]) -> bool:
    """Only pages of this box, and programs, which have no origin."""
    visit = visit_of(environ.get("asgi.scope", {}))
    return origin is None or (visit is not None and visit.is_own_origin(origin))


async def identify(environ: dict[str, Any], auth: Any) -> Actor:
    """The actor behind a handshake, or Denied."""
    given = auth if isinstance(auth, dict) else {}
    token, ticket = given.get("token"), given.get("ticket")
    if isinstance(token, str):
        return await in_engine(_machine, token)
    if isinstance(ticket, str):
        visit = visit_of(environ.get("asgi.scope", {}))
        address = visit.address if visit else None
        return await in_engine(use_ticket, ticket, session_token=_cookie(environ, visit), address=address)
    raise Denied("Sign in to open a window.", code="signed_out")


def viewer_for(actor: Actor) -> Viewer | None:
    """The inbox through this actor's eyes; None when the inbox is not theirs to see."""
    return viewer_of(actor) if actor.may("inbox.read") else None


def sight_of(actor: Actor) -> Sight:
    """What a window of this actor gets to see."""
    return Sight(viewer_for(actor), actor.hides_numbers)


def sights(actors: Sequence[Actor]) -> list[Sight | None]:
    """What each of them may see as they are now: None when session or key has ended."""
    present = refresh(set(actors))
    return [sight_of(present[actor]) if actor in present else None for actor in actors]


def visible(viewer: Viewer, numbers: Sequence[int]) -> set[int]:
    """Those of the conversations that the viewer may see."""
    return {int(view["id"]) for view in conversations_by_id(numbers, viewer)}


def _machine(key: str) -> Actor:
    # Foreign origins were refused before. Our own is let in: WebSocket libraries of programs send it by themselves.
    actor = recognise(key) if key.startswith(KEY_PREFIX) else None
    if actor is None:
        raise Denied("This key opens nothing.", code="signed_out")
    return actor


def _cookie(environ: dict[str, Any], visit: Visit | None) -> str:
    try:
        cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    except CookieError:
        return ""
    return cookies[visit.cookie_name].value if visit is not None and visit.cookie_name in cookies else ""
