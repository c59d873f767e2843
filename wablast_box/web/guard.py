"""In front of everything: the box answers to its own names only, within limits, and every answer is dressed for safety."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from wablast_box.config import BootConfig
from wablast_box.web.errors import error_body
from wablast_box.web.headers import dress
from wablast_box.web.visits import KEY, Visit, Visits

Asgi = Callable[[dict[str, Any], Any, Any], Any]
MAX_URL, MAX_HEADERS = 8 * 1024, 16 * 1024
MB = 1024 * 1024
BODY_WITHIN_S = 20.0
SIMULATOR = "/simulator"


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """How much may arrive, how long the box waits for the next piece, and for all of it."""

    most: int
    piece_s: float = BODY_WITHIN_S
    whole_s: float = BODY_WITHIN_S


# The first prefix that fits. An upload of 100 MB comes wrapped in a form and over slow lines.
_UPLOAD = BodyLimit(101 * MB, whole_s=900.0)
BODY_LIMITS: tuple[tuple[str, BodyLimit], ...] = (
    ("/api/v1/media", _UPLOAD),
    (SIMULATOR, _UPLOAD),
    ("/hooks/flows/", BodyLimit(MB // 16)),
    ("/hooks/", BodyLimit(3 * MB)),
    ("/api/v1/flows/import", BodyLimit(3 * MB)),
    ("/api/", BodyLimit(1 * MB)),
    ("", BodyLimit(MB // 16)),
)


class Guard:
    """An ASGI app around another. In the demo the page may show the pretend phone in a frame."""

    def __init__(self, app: Asgi, config: BootConfig, *, is_demo: bool = False):
        self._app = app
        self._visits = Visits(config)
        self._is_demo = is_demo

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        visit = await self._visits.read(scope)
        refused = _refusal(scope, visit)
        if scope["type"] == "websocket":
            await self._websocket({**scope, KEY: visit}, receive, send, is_refused=refused is not None)
            return
        exchange = _Exchange(receive, send, _limit_of(scope["path"]), visit, self._framing(scope["path"]))
        if refused is not None:
            await exchange.refuse(*refused)
        elif _declared_length(scope) > exchange.limit.most:
            await exchange.refuse(413, "too_large", "This is too large.")
        else:
            await self._app({**scope, KEY: visit}, exchange.receive, exchange.send)

    async def _websocket(self, scope: dict[str, Any], receive: Any, send: Any, *, is_refused: bool) -> None:
        if not is_refused:
            await self._app(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})

    def _framing(self, path: str) -> str:
        if not self._is_demo:
            return "none"
        return "framed" if path.startswith(SIMULATOR) else "frames"


class _Exchange:
    """One request and its answer: counts what arrives, and answers itself when it is too much or too slow."""

    def __init__(self, receive: Any, send: Any, limit: BodyLimit, visit: Visit | None, framing: str):
        self.limit = limit
        self._receive, self._send = receive, send
        self._host, self._is_secure = (visit.host, visit.is_secure) if visit else ("localhost", False)
        self._framing = framing
        self._arrived = 0
        self._until = asyncio.get_running_loop().time() + limit.whole_s
        self._is_complete = self._has_answered = self._is_over = False

    async def receive(self) -> dict[str, Any]:
        """The next piece of the body. After a refusal the app hears that the client is gone."""
        if self._is_over:
            return {"type": "http.disconnect"}
        if self._is_complete:
            message: dict[str, Any] = await self._receive()
            return message
        try:
            async with asyncio.timeout_at(min(self._until, asyncio.get_running_loop().time() + self.limit.piece_s)):
                message = await self._receive()
        except TimeoutError:
            return await self._give_up(408, "too_slow", "The request took too long to arrive.")
        self._arrived += len(message.get("body", b""))
        self._is_complete = not message.get("more_body", False)
        if self._arrived > self.limit.most:
            return await self._give_up(413, "too_large", "This is too large.")
        return message

    async def send(self, message: dict[str, Any]) -> None:
        """Pass an answer on, dressed."""
        if self._is_over:
            return
        if message["type"] == "http.response.start":
            self._has_answered = True
            message = dict(message)
            dress(message, host=self._host, is_secure=self._is_secure, framing=self._framing)
        await self._send(message)

    async def refuse(self, status: int, code: str, words: str) -> None:
        """Answer in place of the app."""
        body = orjson.dumps(error_body(code, words))
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})
        self._is_over = True

    async def _give_up(self, status: int, code: str, words: str) -> dict[str, Any]:
        if not self._has_answered:
            await self.refuse(status, code, words)
        self._is_over = True
        return {"type": "http.disconnect"}


def _refusal(scope: dict[str, Any], visit: Visit | None) -> tuple[int, str, str] | None:
    query = scope.get("query_string", b"")
    path = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogateescape")
    if visit is None or not scope["path"].startswith("/"):
        return 421, "wrong_host", "This box does not answer to that name. Use its own address, or set its public address."
    if len(path) + len(query) > MAX_URL:
        return 414, "too_large", "This address is too long."
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADERS:
        return 431, "too_large", "The headers of this request are too large."
    if b"%00" in query or b"\x00" in query or "\x00" in scope["path"]:
        return 400, "unreadable", "This address holds a character that no text may hold."
    return None


def _limit_of(path: str) -> BodyLimit:
    return next(limit for prefix, limit in BODY_LIMITS if path.startswith(prefix))


def _declared_length(scope: dict[str, Any]) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:19])
    return 0
