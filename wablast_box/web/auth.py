"""Who is asking, and may they? Every view says which permission it needs, or that it is public; nothing else gets in.

The order: own origin, set-up done, known actor, permission, CSRF, kind of body. Only then is a body read.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from quart import Quart, current_app, g, request
from quart.typing import ResponseTypes

from wablast_box.config import BootConfig
from wablast_box.engine.audit.record import come_from
from wablast_box.engine.audit.refusals import note_refusal
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.engine.team.recognise import KEY_PREFIX, recognise, remembered
from wablast_box.engine.team.roles import PERMISSIONS, Role
from wablast_box.engine.team.sessions import LIFE, require_fresh
from wablast_box.engine.team.users import owner_exists
from wablast_box.lib.errors import Denied, Invalid, Unavailable
from wablast_box.web.bridge import in_engine
from wablast_box.web.turns import Turns
from wablast_box.web.visits import Visit, Visits, visit_of

View = TypeVar("View", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC = "public"
_KNOWN = PERMISSIONS[Role.OWNER]
_NEEDS, _BEFORE_SETUP, _FRESH = "_box_needs", "_box_before_setup", "_box_fresh"


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one address and what it needs: a permission, or `public`."""

    method: str
    rule: str
    endpoint: str
    needs: str


def allow(permission: str) -> Callable[[View], View]:
    """Only for actors whose role grants `permission`."""
    if permission not in _KNOWN:
        raise ValueError(f"there is no permission called {permission!r}")
    return lambda view: _mark(view, _NEEDS, permission)


def public(view: View) -> View:
    """For everybody, signed in or not."""
    return _mark(view, _NEEDS, PUBLIC)


def before_setup(view: View) -> View:
    """Answers also while the box has no owner."""
    return _mark(view, _BEFORE_SETUP, True)


def fresh(view: View) -> View:
    """Wants a password typed in the last ten minutes."""
    return _mark(view, _FRESH, True)


def register_auth(app: Quart) -> None:
    """Put the doorman in front of every view of `app`; call it after the last route is there."""
    config: BootConfig = app.config["BOX"]
    app.extensions["visits"] = Visits(config)
    app.extensions["has_owner"] = False
    app.extensions["turns"] = Turns()
    app.before_request(_let_in)
    check_routes(app)
    app.before_serving(lambda: check_routes(app))


def check_routes(app: Quart) -> None:
    """Refuse to start with a view that says neither what it needs nor that it is public."""
    silent = sorted(name for name, view in app.view_functions.items() if not hasattr(view, _NEEDS))
    if silent:
        raise RuntimeError(f"these views need @allow(…) or @public: {', '.join(silent)}")


def route_table(app: Quart) -> list[Route]:
    """Every route of the app with what it needs."""
    return [
        Route(method, rule.rule, rule.endpoint, getattr(app.view_functions[rule.endpoint], _NEEDS))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def current_actor() -> Actor:
    """Who is asking; Denied `signed_out` on a public route without anybody."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        raise Denied("You are not signed in.", code="signed_out", help="Sign in and try again.")
    return actor


def maybe_actor() -> Actor | None:
    """Who is asking, if anybody."""
    found: Actor | None = g.get("actor")
    return found


def current_visit() -> Visit:
    """Where the request comes from."""
    visit: Visit = g.visit
    return visit


def csrf_token(session_token: str) -> str:
    """What scripts of our own page send along: another site can make a browser send the cookie, but cannot know this."""
    return hmac.new(session_token.encode(), b"csrf", "sha256").hexdigest()


def set_session_cookie(response: ResponseTypes, token: str) -> None:
    """Sign this browser in."""
    visit = current_visit()
    response.set_cookie(
        visit.cookie_name, token, max_age=int(LIFE.total_seconds()), path="/", secure=visit.is_secure, httponly=True, samesite="Lax"
    )


def clear_session_cookie(response: ResponseTypes) -> None:
    """Forget the cookie of this browser."""
    visit = current_visit()
    response.delete_cookie(visit.cookie_name, path="/", secure=visit.is_secure, httponly=True, samesite="Lax")


def session_token() -> str | None:
    """The token in this request's cookie. An API key is none, wherever it stands."""
    token = request.cookies.get(current_visit().cookie_name)
    return token if token and not token.startswith(KEY_PREFIX) else None


async def _let_in() -> None:
    g.visit = visit_of(request.scope) or await _visit_without_guard()
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return  # no such address: the framework says so
    _refuse_foreign(current_visit())
    if request.path.startswith("/api/") and not hasattr(view, _BEFORE_SETUP):
        await _require_owner()
    come_from(current_visit().address)
    needs = getattr(view, _NEEDS)
    g.actor = await _actor(is_public=needs == PUBLIC)
    if needs != PUBLIC:
        actor = await _authorized(needs)
        _check_csrf(actor)
        if hasattr(view, _FRESH):
            await in_engine(require_fresh, actor)
    _check_kind_of_body()


async def _authorized(needs: str) -> Actor:
    """Whoever asks, when they may; else the refusal is written down and told."""
    try:
        return authorize(maybe_actor(), needs)
    except Denied:
        actor = maybe_actor()
        if actor is not None:
            await in_engine(note_refusal, actor, f"{request.method} {request.url_rule}", needs)
        raise


async def _visit_without_guard() -> Visit:
    visits: Visits = current_app.extensions["visits"]
    visit = await visits.read(request.scope)
    if visit is None:
        raise Invalid("This box does not answer to that name.", code="wrong_host")
    return visit


async def _require_owner() -> None:
    # An owner can never be lost again, so a yes is kept; a no is asked anew each time.
    if not current_app.extensions["has_owner"]:
        current_app.extensions["has_owner"] = await in_engine(owner_exists)
    if not current_app.extensions["has_owner"]:
        raise Unavailable(
            "This box is not set up yet.", code="setup_needed", help="Open the set-up link that the box printed when it started."
        )


async def _actor(*, is_public: bool) -> Actor | None:
    keys = request.headers.getlist("Authorization")
    token = _key(keys) if keys else session_token()
    actor = (remembered(token) or await in_engine(recognise, token)) if token else None
    if actor is None and keys and not is_public:
        raise Denied("This key opens nothing.", code="signed_out", help="It may have been revoked: ask for a new one.")
    return actor


def _key(headers: list[str]) -> str | None:
    if "Origin" in request.headers:
        raise Denied("Keys are for programs, not for pages in a browser.", help="Sign in instead.")
    kind, _, key = headers[0].partition(" ")
    return key if len(headers) == 1 and kind.lower() == "bearer" and key.startswith(KEY_PREFIX) else None


def _refuse_foreign(visit: Visit) -> None:
    """Another site's page may make a browser send the cookie; its browser says where the request was born."""
    if request.method in SAFE:
        return
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if site in ("cross-site", "same-site") or (origin is not None and not visit.is_own_origin(origin)):
        raise Denied("This request was made by a page of another site.", code="foreign_origin", help="Open the box itself and do it there.")


def _check_csrf(actor: Actor) -> None:
    if request.method in SAFE or actor.kind == "api_key":
        return
    token, given = session_token(), request.headers.get("X-CSRF-Token", "")
    if token is None or not hmac.compare_digest(given.encode("utf-8", "replace"), csrf_token(token).encode()):
        raise Denied("This page is out of date.", code="csrf", help="Reload the page and do it again.")


def _check_kind_of_body() -> None:
    # A form of another site can send text/plain and url-encoded bodies without asking; these two it cannot.
    if request.method in SAFE or (not request.mimetype and not request.content_length):
        return
    if request.mimetype not in ("application/json", "multipart/form-data"):
        raise Invalid("Send application/json.", code="unsupported_type")


def _mark(view: View, name: str, value: Any) -> View:
    setattr(view, name, value)
    return view
