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
from wablast_box.engine.webhooks.accept import Knock, accept, knock
from wablast_box.engine.webhooks.door import DoorKeys, door_keys
from wablast_box.lib.commit import GroupCommit
from wablast_box.lib.errors import Unavailable
from wablast_box.web.bridge import in_engine

logger = logging.getLogger(__name__)

PATH = "/hooks/meta"
MAX_BODY = 3 * 1024 * 1024  # Meta posts at most 3 MB (Cloud API, Webhooks overview)
BODY_WITHIN_S = 20.0
KEYS_LIVE_S = 1.0
_HEADERS = [(b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store"), (b"content-security-policy", b"default-src 'none'")]


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

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            status, body = await self._answer(scope, receive)
        except _Refused as refused:
            status, body = refused.status, b""
        except Unavailable as unavailable:
            logger.warning("a webhook could not be stored; Meta will repeat it", extra={"why": unavailable.code})
            status, body = 503, b""
        await _respond(send, status, body)

    async def close(self) -> None:
        """Commit what waits; nothing more comes in."""
        if self._commit is not None:
            await self._commit.close()

    async def _answer(self, scope: dict[str, Any], receive: Any) -> tuple[int, bytes]:
        if scope["method"] == "GET":
            return await self._verify(scope)
        if scope["method"] != "POST":
            raise _Refused(405)
        keys = await self._current_keys()
        if not keys.app_secrets:
            raise _Refused(503)
        body = await _read_body(scope, receive)
        if not is_signed(body, _signature(scope), keys.app_secrets):
            raise _Refused(401)
        await self._store(knock("meta", body))
        return 200, b""

    async def _verify(self, scope: dict[str, Any]) -> tuple[int, bytes]:
        """Meta asks whether this address is ours: echo the challenge when it knows our token."""
        asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=20)
        keys = await self._current_keys()
        challenge, token = asked.get("hub.challenge", [""])[0], asked.get("hub.verify_token", [""])[0]
        known = keys.verify_token is not None and is_verify_token(token, keys.verify_token.decode())
        if asked.get("hub.mode") != ["subscribe"] or not known or not (challenge.isascii() and challenge.isdigit()):
            raise _Refused(403)
        return 200, challenge.encode()

    async def _current_keys(self) -> DoorKeys:
        if time.monotonic() >= self._keys_until:
            self._keys = await in_engine(door_keys)
            self._keys_until = time.monotonic() + KEYS_LIVE_S
        return self._keys

    async def _store(self, arrived: Knock) -> None:
        if self._commit is None:
            self._commit = GroupCommit(self._apply, name="webhook-writer")
        await self._commit.submit(arrived)

    def _apply(self, knocks: Sequence[Any]) -> None:
        accept(knocks)
        self._on_stored()


def _signature(scope: dict[str, Any]) -> bytes | None:
    found = [value for name, value in scope["headers"] if name == b"x-hub-signature-256"]
    return found[0] if len(found) == 1 else None


async def _read_body(scope: dict[str, Any], receive: Any) -> bytes:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value[:12]) > MAX_BODY:
            raise _Refused(413)
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            return await _collect(receive)
    except TimeoutError:
        raise _Refused(408) from None


async def _collect(receive: Any) -> bytes:
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        return _capped(message.get("body", b""))
    parts = bytearray()
    while message["type"] == "http.request":
        parts += message.get("body", b"")
        if len(parts) > MAX_BODY:
            raise _Refused(413)
        if not message.get("more_body"):
            return bytes(parts)
        message = await receive()
    raise _Refused(400)


def _capped(body: bytes) -> bytes:
    if len(body) > MAX_BODY:
        raise _Refused(413)
    return body


async def _respond(send: Any, status: int, body: bytes) -> None:
    headers = [(b"content-length", str(len(body)).encode()), (b"content-type", b"text/plain; charset=utf-8"), *_HEADERS]
    if status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
