"""A browser, or a program, in front of the whole edge: guard, sockets, API and interface, without a network."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from wablast_box.engine.team.login import Visitor, welcome
from wablast_box.engine.team.models import User
from wablast_box.web.app import Edge
from wablast_box.web.auth import csrf_token

HOME = "http://localhost:8422"
# The test client's name for a host without dots.
COOKIE_DOMAIN = "localhost.local"


class Browser:
    """Asks like a page of the box: with its cookie, and with the CSRF token on unsafe methods."""

    def __init__(self, edge: Edge, runner: asyncio.Runner, *, base: str = HOME, address: str = "203.0.113.7"):
        transport = httpx.ASGITransport(app=edge.asgi, client=(address, 50_000))
        self.http = httpx.AsyncClient(transport=transport, base_url=base)
        self._runner = runner
        self.edge = edge
        self.csrf: str | None = None
        self.key: str | None = None

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """One request, with further headers if `headers` are given."""
        headers = {**({"Authorization": f"Bearer {self.key}"} if self.key else {}), **given.pop("headers", {})}
        if self.csrf is not None and method not in ("GET", "HEAD"):
            headers.setdefault("X-CSRF-Token", self.csrf)
        return self._runner.run(self.http.request(method, path, headers=headers, **given))

    def get(self, path: str, **given: Any) -> httpx.Response:
        return self.ask("GET", path, **given)

    def post(self, path: str, json: Any = None, **given: Any) -> httpx.Response:
        return self.ask("POST", path, **({"json": json} if json is not None else {}), **given)

    def put(self, path: str, json: Any, **given: Any) -> httpx.Response:
        return self.ask("PUT", path, json=json, **given)

    def patch(self, path: str, json: Any, **given: Any) -> httpx.Response:
        return self.ask("PATCH", path, json=json, **given)

    def delete(self, path: str, **given: Any) -> httpx.Response:
        return self.ask("DELETE", path, **given)

    def signs_in(self, email: str, password: str) -> httpx.Response:
        """Through the door, like a person."""
        answer = self.post("/api/v1/session", {"email": email, "password": password})
        if answer.status_code == 200:
            self.csrf = answer.json()["csrf_token"]
        return answer

    def is_given_session(self, user: User, *, cookie: str = "wbx_8422") -> Browser:
        """Signed in behind the scenes: the door has tests of its own."""
        token, _ = welcome(user, visitor=Visitor())
        self.http.cookies.set(cookie, token, domain=COOKIE_DOMAIN)
        self.csrf = csrf_token(token)
        return self


def code_of(answer: httpx.Response) -> str | None:
    """The code of the one error shape, or None."""
    if "json" not in answer.headers.get("content-type", ""):
        return None
    body = answer.json()
    return body["error"]["code"] if isinstance(body, dict) and isinstance(body.get("error"), dict) else None
