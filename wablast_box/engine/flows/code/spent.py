"""How much of the machine a flow may use for what its owner wrote: so many runs an hour, so many seconds for one session.

Kept in memory: who restarts the box gives everybody a fresh hour, and no harm is done.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from wablast_box.lib.errors import Conflict

MOST_RUNS, MOST_SECONDS, HOUR_S = 1000, 30.0, 3600.0
# Sessions that are remembered; of more than that the oldest begin anew.
MOST_KNOWN = 5000


@dataclass(slots=True)
class _Use:
    since: float
    seconds: float = 0.0
    runs: deque[float] = field(default_factory=deque)


class Spent:
    """Counts by flow and by session."""

    def __init__(self, *, most_runs: int = MOST_RUNS, clock: Callable[[], float] = time.monotonic):
        self._clock, self._turn, self._most = clock, threading.Lock(), most_runs
        self._flows: OrderedDict[str, _Use] = OrderedDict()
        self._sessions: OrderedDict[str, _Use] = OrderedDict()

    @contextmanager
    def counted(self, flow: str, session: str) -> Iterator[None]:
        """One run. Raises Conflict when there were too many, or too long ones, within the hour."""
        began = self._clock()
        with self._turn:
            runs, use = _of(self._flows, flow, began).runs, _of(self._sessions, session, began)
            while runs and runs[0] <= began - HOUR_S:
                runs.popleft()
            if len(runs) >= self._most:
                raise Conflict(f"This flow ran {self._most:,} times within an hour.", code="code_too_often", help="It goes on later.")
            if began - use.since >= HOUR_S:
                use.since, use.seconds = began, 0.0
            if use.seconds >= MOST_SECONDS:
                raise Conflict(f"What this talk runs took more than {MOST_SECONDS:.0f} seconds within an hour.", code="code_too_long")
            runs.append(began)
        try:
            yield
        finally:
            with self._turn:
                use.seconds += self._clock() - began


def _of(kept: OrderedDict[str, _Use], key: str, now: float) -> _Use:
    use = kept.setdefault(key, _Use(now))
    kept.move_to_end(key)
    while len(kept) > MOST_KNOWN:
        kept.popitem(last=False)
    return use


spent = Spent()
