"""The bell: Huey threads inside this process. A task carries ids only; losing one loses no work, the sweeper finds the row.

Huey keeps its own file, wakes instead of polling, and speaks JSON: a pickle in a queue is code for whoever can write it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from huey import Huey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import CySqliteStorage, MemoryStorage

from wablast_box.lib.db import disconnect_thread

logger = logging.getLogger(__name__)


class JsonSerializer(Serializer):  # type: ignore[misc]
    """Huey's messages as JSON arrays."""

    def _serialize(self, data: Any) -> bytes:
        return orjson.dumps(tuple(data) if isinstance(data, Message) else data, default=list)

    def _deserialize(self, data: bytes) -> Any:
        fields = orjson.loads(bytes(data))
        if isinstance(fields, list) and len(fields) == len(Message._fields):
            return Message(*fields)
        return fields


class WakingStorage(CySqliteStorage):  # type: ignore[misc]
    """Huey's SQLite storage, woken by `enqueue` in this process instead of polling: idle costs nothing."""

    blocking = True

    def __init__(self, *args: Any, **kwargs: Any):
        self._changed = threading.Condition()
        self._generation = 0
        super().__init__(*args, **kwargs)

    def wake(self) -> None:
        with self._changed:
            self._generation += 1
            self._changed.notify_all()

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        super().enqueue(data, priority)
        self.wake()

    def dequeue(self) -> bytes | None:
        seen = self._generation
        task = super().dequeue()
        if task is not None:
            return task
        with self._changed:
            if self._generation == seen:
                self._changed.wait(5.0)
        return super().dequeue()


huey = Huey("box", results=False, utc=True, storage_class=MemoryStorage, serializer=JsonSerializer())


def open_queue(path: Path) -> None:
    """Keep waiting bells in `path` from now on."""
    huey.storage = WakingStorage("box", filename=str(path), fsync=True, timeout=10, strict_fifo=True)


def close_queue() -> None:
    """Give the file back; bells that ring from now on are lost, which loses no work."""
    if isinstance(huey.storage, WakingStorage):
        huey.storage.close()
        huey.storage = MemoryStorage("box")


def task(**options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function of ids a task. Calling it rings the bell; a bell that cannot ring is logged, never raised."""

    def wrap(function: Callable[..., None]) -> Callable[..., None]:
        # The module is part of the name: every feature may have a task called `sweep`.
        wrapped = huey.task(name=f"{function.__module__}.{function.__name__}", **options)(function)

        def ring(*args: Any) -> None:
            try:
                wrapped(*args)
            except Exception:
                # The row is the work; the schedule sweeps up what no bell announced.
                logger.exception("a bell could not ring", extra={"task": function.__name__})

        ring.__name__, ring.__doc__ = function.__name__, function.__doc__
        return ring

    return wrap


class EmbeddedWorkers(Consumer):  # type: ignore[misc]
    """Huey's threads without its process signals: the box decides when to stop."""

    def _set_signal_handlers(self) -> None:
        """Huey is pinned and a test guards this name: the event loop owns SIGTERM and SIGINT."""

    def start_threads(self) -> None:
        """Start the worker threads and return."""
        self.start()

    def stop_threads(self, timeout_s: float) -> bool:
        """Take no new task, let running ones end; True when all did in time."""
        self.shutdown_timeout = timeout_s
        self.stop_flag.set()
        if isinstance(self.huey.storage, WakingStorage):
            self.huey.storage.wake()
        return bool(self._join_workers())


@huey.post_execute()
def _let_go(*_: Any) -> None:
    disconnect_thread()


def workers(count: int = 2) -> EmbeddedWorkers:
    """Worker threads, not yet started."""
    # No bell is set for later, so the thread that would look for such has nothing to do; it cannot be left out.
    never = {"periodic": False, "scheduler_interval": 60, "check_worker_health": False}
    return EmbeddedWorkers(huey, workers=count, initial_delay=0.2, max_delay=0.2, backoff=1.0, **never)
