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
        wait = self.due_in(1)
        if wait:
            return wait
        now = self._clock()
        self._full_at = self._earliest(now) + 1.0 / self._rate
        self._recent.append(now)
        return 0.0

    def due_in(self, count: int) -> float:
        """Seconds until so many could have been taken, one after the other; 0.0 when all of them may go now."""
        now = self._clock()
        self._recover(now)
        wait = max(self._earliest(now) + (count - 1) / self._rate - now, self._until_second_has_room(now, count))
        return wait if wait > _TOO_SHORT_S else 0.0

    def room(self, within_s: float, *, most: int) -> int:
        """How many could be taken by then, up to `most`. Takes none."""
        count = 0
        while count < most and self.due_in(count + 1) <= within_s:
            count += 1
        return count

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

    def _earliest(self, now: float) -> float:
        """When the next one was or is due: what was saved up in a rest is no more than the credit."""
        return max(self._full_at, now - min(CREDIT, self._rate) / self._rate)

    def _until_second_has_room(self, now: float, count: int) -> float:
        while self._recent and self._recent[0] <= now - 1.0:
            self._recent.popleft()
        too_many = len(self._recent) + count - max(1, int(self._rate))
        if too_many <= 0:
            return 0.0
        # More than a second's worth: what goes now has to leave that second first.
        return self._recent[too_many - 1] + 1.0 - now if too_many <= len(self._recent) else 1.0
