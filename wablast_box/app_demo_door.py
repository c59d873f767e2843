"""The demo's own door: an address that signs the newcomer in, once."""

from __future__ import annotations

import hmac
from typing import Any
from urllib.parse import parse_qs

from werkzeug.http import dump_cookie

from wablast_box.engine.team.login import Visitor, welcome
from wablast_box.engine.team.models import User
from wablast_box.lib.crypto import new_token
from wablast_box.web.bridge import in_engine
from wablast_box.web.visits import visit_of


class SignInDoor:
    """An ASGI app under /demo. A used or wrong token leads to the ordinary sign-in page."""

    def __init__(self) -> None:
        self._token: str | None = None
        self._user: User | None = None

    def link_for(self, address: str, user: User) -> str:
        """A new link; the one before stops working."""
        self._token, self._user = new_token(), user
        return f"{address}/demo/sign-in?token={self._token}"

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        visit = visit_of(scope)
        headers = [(b"location", b"/"), (b"content-length", b"0"), (b"cache-control", b"no-store"), (b"referrer-policy", b"no-referrer")]
        if visit is not None and scope["method"] == "GET" and self._takes(scope):
            assert self._user is not None
            visitor = Visitor(visit.address, "demo link")
            token, _ = await in_engine(welcome, self._user, visitor=visitor)
            cookie = dump_cookie(visit.cookie_name, token, path="/", httponly=True, samesite="Lax", secure=visit.is_secure)
            headers.append((b"set-cookie", cookie.encode()))
        await send({"type": "http.response.start", "status": 303 if visit is not None else 421, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _takes(self, scope: dict[str, Any]) -> bool:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if self._token is None or not hmac.compare_digest(given.encode(), self._token.encode()):
            return False
        self._token = None
        return True
