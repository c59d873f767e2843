"""Group commit: many coroutines, one writer thread, one transaction for whatever queued while the last one ran.

A future is resolved only after COMMIT, so an answer given on it is an answer about the disk. The first of a batch waits
two milliseconds for company: a commit costs the same for one as for sixty.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any

from wablast_box.lib.errors import Unavailable

Apply = Callable[[Sequence[Any]], None]
MAX_BATCH, MAX_WAITING = 512, 20_000
LINGER_S = 0.002


class GroupCommit:
    """`apply(items)` runs in the writer thread and commits them in one transaction, or raises for all of them."""

    def __init__(self, apply: Apply, *, name: str = "group-commit"):
        self._apply = apply
        self._loop = asyncio.get_running_loop()
        self._waiting: list[tuple[Any, asyncio.Future[None]]] = []
        self._busy = False
        self._scheduled = False
        self._batches: queue.SimpleQueue[list[tuple[Any, asyncio.Future[None]]] | None] = queue.SimpleQueue()
        self._idle = asyncio.Event()
        self._idle.set()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, item: Any) -> asyncio.Future[None]:
        """Put `item` in the next batch; Unavailable when too much waits already."""
        if len(self._waiting) >= MAX_WAITING:
            raise Unavailable("Too much is waiting to be stored.", retry_after_s=5)
        future: asyncio.Future[None] = self._loop.create_future()
        self._waiting.append((item, future))
        self._idle.clear()
        if not self._busy and not self._scheduled:
            self._scheduled = True
            self._loop.call_later(LINGER_S, self._flush)
        return future

    async def close(self) -> None:
        """Commit what waits, then end the thread."""
        self._flush()
        await self._idle.wait()
        self._batches.put(None)
        await asyncio.to_thread(self._thread.join)

    def _flush(self) -> None:
        self._scheduled = False
        if self._busy or not self._waiting:
            return
        batch, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
        self._busy = True
        self._batches.put(batch)

    def _run(self) -> None:
        while (batch := self._batches.get()) is not None:
            failure: Exception | None = None
            try:
                self._apply([item for item, _ in batch])
            except Exception as refused:
                failure = refused
            self._loop.call_soon_threadsafe(self._settle, batch, failure)

    def _settle(self, batch: list[tuple[Any, asyncio.Future[None]]], failure: Exception | None) -> None:
        for _, future in batch:
            if future.cancelled():
                continue
            if failure is None:
                future.set_result(None)
            else:
                future.set_exception(failure)
        self._busy = False
        if self._waiting:
            self._flush()
        else:
            self._idle.set()
