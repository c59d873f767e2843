"""Things to do at a given moment, in order, by one thread of their own — or by the caller, in tests."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Agenda(Generic[T]):
    """Hands items to `work`, at most `batch` at once, when their time has come."""

    def __init__(self, work: Callable[[list[T]], None], *, name: str, batch: Callable[[], int], threaded: bool):
        self._work = work
        self._name = name
        self._batch = batch
        self._threaded = threaded
        self._heap: list[tuple[float, int, T]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._busy = False

    def __len__(self) -> int:
        return len(self._heap) + self._busy

    def add(self, item: T, after_s: float = 0.0) -> None:
        """Plan `item`; the first one starts the thread."""
        with self._changed:
            heapq.heappush(self._heap, (time.monotonic() + after_s, next(self._order), item))
            if self._threaded and self._thread is None and not self._stopped:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._changed.notify()

    def drain(self, *, hurry: bool = False) -> int:
        """Do in this thread what is due; with `hurry` also what is planned for later. Returns how much that was."""
        with self._changed:
            until = float("inf") if hurry else time.monotonic()
            items = self._take(until, limit=len(self._heap))
        size = max(1, self._batch())
        for start in range(0, len(items), size):
            self._work(items[start : start + size])
        return len(items)

    def clear(self) -> None:
        """Forget everything that is planned."""
        with self._changed:
            self._heap.clear()

    def stop(self) -> None:
        """Let the thread end after the work it has in hand; `join` waits for that."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def join(self, timeout_s: float) -> None:
        """Wait for the thread that `stop` has told to end."""
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)

    def _take(self, until: float, limit: int) -> list[T]:
        taken: list[T] = []
        while self._heap and len(taken) < limit and self._heap[0][0] <= until:
            taken.append(heapq.heappop(self._heap)[2])
        return taken

    def _run(self) -> None:
        while True:
            with self._changed:
                self._busy = False
                while not self._stopped and not (self._heap and self._heap[0][0] <= time.monotonic()):
                    self._changed.wait(self._heap[0][0] - time.monotonic() if self._heap else None)
                if self._stopped:
                    return
                items = self._take(time.monotonic(), max(1, self._batch()))
                self._busy = True
            try:
                self._work(items)
            except Exception:
                logger.exception("the simulator dropped something it had planned", extra={"agenda": self._name})
