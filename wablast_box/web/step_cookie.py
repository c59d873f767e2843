"""The cookie of a sign-in that is not finished: it binds what Google or a second factor answers to the browser that asked."""

from __future__ import annotations

from quart import request
from quart.typing import ResponseTypes

from wablast_box.web.auth import current_visit

_LIFE_S = 600


def step_token() -> str | None:
    """The token of this browser's unfinished sign-in."""
    return request.cookies.get(_name()) or None


def set_step_cookie(response: ResponseTypes, token: str) -> None:
    """Remember where this browser stands."""
    secure = current_visit().is_secure
    response.set_cookie(_name(), token, max_age=_LIFE_S, path="/", secure=secure, httponly=True, samesite="Lax")


def clear_step_cookie(response: ResponseTypes) -> None:
    """The sign-in is finished, or begins anew."""
    response.delete_cookie(_name(), path="/", secure=current_visit().is_secure, httponly=True, samesite="Lax")


def _name() -> str:
    return f"{current_visit().cookie_name}_step"
