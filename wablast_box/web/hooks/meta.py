"""Meta's door: signature over the raw bytes, stored durably, then 200. A raw ASGI path in front of the framework,
because every message of the business passes here."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

from wablast_box.engine.meta.signature import is_signed, is_verify_token
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.door import DoorKeys, door_keys
from wablast_box.lib.commit import GroupCommit
from wablast_box.lib.errors import Unavailable
from wablast_box.web.bridge import in_engine
from wablast_box.web.patience import Patience

logger = logging.getLogger(__name__)

Headers = Sequence[tuple[bytes, bytes]]
PATH = "/hooks/meta"
MAX_BODY = 3 * 1024 * 1024  # Meta posts at most 3 MB (Cloud API, Webhooks overview)
BODY_WITHIN_S = 20.0
KEYS_LIVE_S = 1.0
_STORED = [(b"content-length", b"0")]
_DRESS = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'"),
]


class _Refused(Exception):
    """Answer with this status and nothing else."""

    def __init__(self, status: int):
        self.status = status


class MetaDoor:
    """`on_stored` is called from the writer thread after each commit: it wakes the processor."""

    def __init__(self, on_stored: Callable[[], None]):
        self._on_stored = on_stored
        self._commit: GroupCommit | None = None
        self._keys, self._keys_until = DoorKeys(), 0.0
        self._reading: asyncio.Task[None] | None = None
        self._patience = Patience(BODY_WITHIN_S)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            if scope["method"] == "POST":
                await self._take(scope["headers"], receive)
                await _respond(send, 200, b"", _STORED)
                return
            status, body = 200, await self._verify(scope)
        except _Refused as refused:
            status, body = refused.status, b""
        except Unavailable as unavailable:
            logger.warning("a webhook could not be stored; Meta will repeat it", extra={"why": unavailable.code})
            status, body = 503, b""
        headers = [(b"content-length", str(len(body)).encode()), *_DRESS]
        if status == 503:
            headers.append((b"retry-after", b"5"))
        await _respond(send, status, body, headers)

    async def close(self) -> None:
        """Commit what waits; nothing more comes in."""
        if self._commit is not None:
            await self._commit.close()

    async def _take(self, headers: Headers, receive: Any) -> None:
        """Every message of the business comes this way: each microsecond here is one of `docs/bench.md`."""
        keys = await self._current_keys()
        if not keys.app_secrets:
            raise _Refused(503)
        signature = _signature(headers)
        try:
            with self._patience:
                body = await _collect(receive)
        except TimeoutError:
            raise _Refused(408) from None
        if not is_signed(body, signature, keys.app_secrets):
            raise _Refused(401)
        if self._commit is None:
            self._commit = GroupCommit(self._apply, name="webhook-writer")
        await self._commit.submit(knock("meta", body))

    async def _verify(self, scope: dict[str, Any]) -> bytes:
        """Meta asks whether this address is ours: echo the challenge when it knows our token."""
        if scope["method"] != "GET":
            raise _Refused(405)
        query: bytes = scope["query_string"]
        asked = parse_qs(query.decode("latin-1"), max_num_fields=20)
        keys = await self._current_keys()
        challenge, token = asked.get("hub.challenge", [""])[0], asked.get("hub.verify_token", [""])[0]
        known = keys.verify_token is not None and is_verify_token(token, keys.verify_token.decode())
        if asked.get("hub.mode") != ["subscribe"] or not known or not (challenge.isascii() and challenge.isdigit()):
            raise _Refused(403)
        return challenge.encode()

    async def _current_keys(self) -> DoorKeys:
        """Read once a second, by the first who asks; the others wait for the same answer."""
        if time.monotonic() >= self._keys_until:
            if self._reading is None:
                self._reading = asyncio.create_task(self._read_keys())
            await asyncio.shield(self._reading)
        return self._keys

    async def _read_keys(self) -> None:
        try:
            self._keys = await in_engine(door_keys)
            self._keys_until = time.monotonic() + KEYS_LIVE_S
        finally:
            self._reading = None

    def _apply(self, knocks: Sequence[Any]) -> None:
        accept(knocks)
        self._on_stored()


def _signature(headers: Headers) -> bytes | None:
    """The one signature there is. A body that announces itself as too large is not read at all."""
    found, times = None, 0
    for name, value in headers:
        if name == b"x-hub-signature-256":
            found, times = value, times + 1
        elif name == b"content-length" and value.isdigit() and int(value[:12]) > MAX_BODY:
            raise _Refused(413)
    return found if times == 1 else None


async def _collect(receive: Any) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise _Refused(400)
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            raise _Refused(413)
        if not message.get("more_body"):
            return bytes(body)


async def _respond(send: Any, status: int, body: bytes, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
