"""A few processes for orders of one kind: started by the first order, ended after a rest, replaced whenever one had to be ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

from wablast_box.lib.child.process import Call, Child
from wablast_box.lib.errors import Conflict, Invalid

MOST_WORKERS, LONGEST_QUEUE = 2, 20
REST_S = 60.0
# A process that has done so much makes room for a fresh one.
MOST_ORDERS = 500
MOST_BYTES = 256 * 1024 * 1024


class Workers:
    """Orders wait for one another here, and no more of them than a queue that anybody would stand in."""

    def __init__(self, program: str, *, most_bytes: int = MOST_BYTES, rest_s: float = REST_S):
        self._program, self._most_bytes, self._rest_s = program, most_bytes, rest_s
        self._turn = threading.Condition()
        self._free: list[Child] = []
        self._out = self._waiting = 0
        self._timer: threading.Timer | None = None

    def ask(self, order: Mapping[str, Any], *, within_s: float, call: Call | None = None) -> Any:
        """What comes of an order. Raises Ended, and Conflict (busy) when too many wait already."""
        child = self._take()
        is_good = False
        try:
            child = child or Child(self._program, most_bytes=self._most_bytes)
            answer = child.ask(order, within_s=within_s, call=call or _nothing)
            is_good = True
            return answer
        finally:
            self._give_back(child, is_good)

    def pids(self) -> list[int]:
        """Of the processes that rest."""
        with self._turn:
            return [child.pid for child in self._free]

    def close(self) -> None:
        """End those that rest; the next order starts others."""
        with self._turn:
            resting, self._free = self._free, []
        for child in resting:
            child.end()

    def _take(self) -> Child | None:
        """A process that rests, or room for a new one."""
        with self._turn:
            if self._out >= MOST_WORKERS and self._waiting >= LONGEST_QUEUE:
                raise Conflict(
                    f"More than {LONGEST_QUEUE} nodes wait to run their code.",
                    code="code_busy",
                    help="Make the code quicker, or try later.",
                )
            self._waiting += 1
            try:
                while self._out >= MOST_WORKERS:
                    self._turn.wait()
            finally:
                self._waiting -= 1
            self._out += 1
            return self._free.pop() if self._free else None

    def _give_back(self, child: Child | None, is_good: bool) -> None:
        spent = None
        with self._turn:
            self._out -= 1
            if child is not None and is_good and not child.is_spent and child.orders < MOST_ORDERS and child.is_alive():
                self._free.append(child)
                self._watch_rest()
            else:
                spent = child
            self._turn.notify()
        if spent is not None:
            spent.end()

    def _watch_rest(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(self._rest_s, self._end_rested)
            self._timer.daemon = True
            self._timer.start()

    def _end_rested(self) -> None:
        with self._turn:
            self._timer = None
            since = time.monotonic() - self._rest_s
            rested = [child for child in self._free if child.used_at <= since]
            self._free = [child for child in self._free if child.used_at > since]
            if self._free:
                self._watch_rest()
        for child in rested:
            child.end()


def _nothing(name: str, given: Any) -> Any:
    raise Invalid(f"There is no “{name}” here.")
