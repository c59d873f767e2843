"""How fast: a token bucket (GCRA) that also never passes its rate in any one second, whatever was saved up before."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

CREDIT = 20  # sends that may be caught up after a stall, back to back
SLOWEST = 1.0  # a second, however often it is halved
RECOVER_AFTER_S, RECOVER_BY = 10.0, 1.25
_TOO_SHORT_S = 1e-6  # shorter than a clock can tell apart


class Bucket:
    """`take()` counts one and says 0.0, or counts nothing and says how long to wait. For one thread."""

    def __init__(self, rate: float, *, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._cap = self._rate = float(rate)
        self._full_at = clock()  # GCRA's theoretical arrival time
        self._recent: deque[float] = deque()
        self._slowed_at: float | None = None

    @property
    def rate(self) -> float:
        """The rate at the moment: the cap, or less while slowed down."""
        return self._rate

    def set_cap(self, rate: float) -> None:
        """Change the cap; a bucket that is slowed down stays so for its time."""
        self._cap = float(rate)
        self._rate = self._cap if self._slowed_at is None else min(self._rate, self._cap)

    def take(self) -> float:
        """Take one: 0.0 when it may go now, else the seconds after which to ask again."""
        now = self._clock()
        self._recover(now)
        gap = 1.0 / self._rate
        due = max(self._full_at, now - min(CREDIT, self._rate) * gap)
        wait = max(due - now, self._until_second_has_room(now))
        if wait > _TOO_SHORT_S:
            return wait
        self._full_at = due + gap
        self._recent.append(now)
        return 0.0

    def slow_down(self) -> None:
        """Halve the rate; it grows back by itself."""
        self._rate = max(SLOWEST, self._rate / 2)
        self._slowed_at = self._clock()

    def _recover(self, now: float) -> None:
        if self._slowed_at is None or now - self._slowed_at < RECOVER_AFTER_S:
            return
        self._rate, self._slowed_at = min(self._cap, self._rate * RECOVER_BY), now
        if self._rate >= self._cap:
            self._slowed_at = None

    def _until_second_has_room(self, now: float) -> float:
        while self._recent and self._recent[0] <= now - 1.0:
            self._recent.popleft()
        if len(self._recent) < max(1, int(self._rate)):
            return 0.0
        return self._recent[0] + 1.0 - now
