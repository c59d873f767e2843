"""Turns at the slow work of checking passwords: two at a time, a short queue, and everybody else keeps their threads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from wablast_box.lib.errors import Unavailable

AT_ONCE, MOST_WAITING = 2, 40


class Turns:
    """One per app."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    @asynccontextmanager
    async def one(self, before: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        """Do `before`, then wait for a turn; `throttled` at once, before any work, when too many wait already."""
        if self._waiting >= MOST_WAITING:
            raise Unavailable("Many people are signing in right now.", code="throttled", help="Try again in a moment.", retry_after_s=2)
        self._waiting += 1
        try:
            await before()
            await self._turns.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turns.release()
