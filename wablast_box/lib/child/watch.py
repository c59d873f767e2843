"""Hold a process to its time and memory from outside: whatever runs in it, it cannot argue."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from types import TracebackType

LOOK_S = 0.015


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill it and whatever it may have started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()


class Watch:
    """While it is entered, the process is killed when its time is over or it holds too much; `why` says which: time, memory."""

    def __init__(self, process: subprocess.Popen[bytes], within_s: float, most_bytes: int):
        self._process, self._most = process, most_bytes
        self._until = time.monotonic() + within_s
        self._resting, self._over = False, threading.Event()
        self.why: str | None = None
        self._thread = threading.Thread(target=self._look, name="child-watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    @contextlib.contextmanager
    def resting(self) -> Iterator[None]:
        """Its clock stands while the box does something for it."""
        self._resting, began = True, time.monotonic()
        try:
            yield
        finally:
            self._until += time.monotonic() - began
            self._resting = False

    def _look(self) -> None:
        memory = None
        while not self._over.wait(LOOK_S):
            if not self._resting and time.monotonic() > self._until:
                self._end("time")
                return
            memory = memory or _memory_of(self._process.pid)
            if memory() > self._most:
                self._end("memory")
                return

    def _end(self, why: str) -> None:
        self.why = why
        end_group(self._process)


class _memory_of:
    """What a process holds at the moment, in bytes; nothing when it is gone."""

    def __init__(self, pid: int):
        import psutil  # only where something runs for longer than a blink

        self._gone: type[Exception] = psutil.Error
        try:
            self._process: psutil.Process | None = psutil.Process(pid)
        except psutil.Error:
            self._process = None

    def __call__(self) -> int:
        try:
            return 0 if self._process is None else int(self._process.memory_info().rss)
        except self._gone:
            return 0
