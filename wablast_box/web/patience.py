"""One timer for many short waits, where a timer for each would cost more than the wait.

`with patience: await …` raises TimeoutError once the wait has lasted `seconds`, or up to a second more.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any

SWEEP_S = 1.0


class Patience:
    """For one loop. A task waits in it once at a time."""

    def __init__(self, seconds: float, *, sweep_s: float = SWEEP_S):
        self._seconds, self._sweep_s = seconds, sweep_s
        self._due: dict[asyncio.Task[Any], float | None] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop

    def __enter__(self) -> None:
        if self._timer is None:
            self._loop = asyncio.get_running_loop()
            self._timer = self._loop.call_later(self._sweep_s, self._sweep)
        self._due[self._task()] = self._loop.time() + self._seconds

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        task = self._task()
        is_over = self._due.pop(task) is None
        # Somebody else may have cancelled the task too: then that is what it hears.
        if is_over and task.uncancel() == 0 and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def _task(self) -> asyncio.Task[Any]:
        # Without the loop, Python asks the system for the process's number to find it.
        task = asyncio.current_task(self._loop)
        assert task is not None
        return task

    def _sweep(self) -> None:
        now = self._loop.time()
        for task, due in self._due.items():
            if due is not None and due <= now:
                self._due[task] = None
                task.cancel()
        self._timer = self._loop.call_later(self._sweep_s, self._sweep) if self._due else None
