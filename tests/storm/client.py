"""A program that uses the box's API honestly: repeats with the same Idempotency-Key until it has an answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

PATIENCE_S = 120.0


@dataclass(slots=True)
class Client:
    """One API key."""

    url: str
    key: str
    _session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Client:
        headers = {"authorization": f"Bearer {self.key}"}
        self._session = aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout(total=20, sock_connect=5))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._session is not None
        await self._session.close()

    async def get(self, path: str) -> dict[str, Any]:
        """The answer, waiting for a box that is starting."""
        status, found = await self._patiently("GET", path, None, {})
        assert status == 200, f"GET {path} was answered {status}: {found}"
        return found

    async def send_text(self, to: str, body: str, *, key: str) -> tuple[int, dict[str, Any]]:
        """Ask the box to send; the same key however often this has to be repeated."""
        return await self._patiently("POST", "/messages", {"to": to, "type": "text", "text": {"body": body}}, {"Idempotency-Key": key})

    async def every(self, path: str) -> AsyncIterator[dict[str, Any]]:
        """All items of a list, page by page."""
        cursor: str | None = ""
        while cursor is not None:
            glue = "&" if "?" in path else "?"
            page = await self.get(f"{path}{glue}limit=200" + (f"&cursor={cursor}" if cursor else ""))
            for item in page["items"]:
                yield item
            cursor = page["next_cursor"]

    async def until(self, path: str, is_so: Any, *, within_s: float = 90.0) -> dict[str, Any]:
        """Ask until the answer is as hoped for; the last answer in any case."""
        deadline = time.monotonic() + within_s
        found = await self.get(path)
        while not is_so(found) and time.monotonic() < deadline:
            await asyncio.sleep(0.2)
            found = await self.get(path)
        return found

    async def _patiently(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        assert self._session is not None
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                async with self._session.request(method, f"{self.url}/api/v1{path}", json=body, headers=headers) as answer:
                    if answer.status not in (429, 502, 503):
                        return answer.status, await answer.json()
            except (aiohttp.ClientError, TimeoutError, OSError):
                pass
            if time.monotonic() > deadline:
                return 0, {"error": "no answer"}
            await asyncio.sleep(0.1)
