"""When the whole number must hold still: a dead token, a blocked account, no way to Meta, too fast five times running.

Holding costs no message anything: rows stay queued, attempts are not counted. Every so often one message is let
through to see whether it is over.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from wablast_box.engine.meta.errors import TOKEN_CODES, GraphError, advice
from wablast_box.engine.notifications.alarms import clear_alarm, raise_alarm
from wablast_box.engine.notifications.models import Severity
from wablast_box.engine.notifications.token_alarm import clear_token_alarm, raise_token_alarm
from wablast_box.engine.outbox.transmit.outcome import Decision, Fate
from wablast_box.engine.outbox.transmit.request import Line

logger = logging.getLogger(__name__)

LIMITS_IN_A_ROW = 5
FIRST_TRY_S, LAST_TRY_S = 1.0, 30.0  # when Meta cannot be reached
FIRST_PROBE_S, LAST_PROBE_S = 30.0, 300.0  # when Meta refuses everything
UNREACHABLE_ALARM_AFTER_S = 60.0
UNREACHABLE, STOPPED, TROUBLE = "meta_unreachable", "sending_stopped", "sending_trouble"


@dataclass(slots=True)
class _Hold:
    """Why nothing goes out, since when, and when one message may try."""

    why: str
    line: str
    since: float
    next_try: float
    gap_s: float
    last_gap_s: float


class Brake:
    """Asked before taking, told after settling; for the sender's one clerk thread."""

    def __init__(self, slow_down: Callable[[], None], *, clock: Callable[[], float] = time.monotonic):
        self._slow_down, self._clock = slow_down, clock
        self._hold: _Hold | None = None
        self._limits = 0
        # An earlier process may have left alarms open: the first success clears them.
        self._alarmed: set[str] = {"token", UNREACHABLE, STOPPED, TROUBLE}
        self._troubled_type: str | None = None

    @property
    def is_holding(self) -> bool:
        return self._hold is not None

    def allow(self, limit: int, line: Line) -> int:
        """How many of `limit` may be taken now."""
        hold = self._hold
        if hold is None:
            return limit
        if hold.line != _name(line) and hold.why != UNREACHABLE:
            logger.info("sending goes on with new credentials")
            self._hold = None
            return limit
        return 0 if self._clock() < hold.next_try else min(1, limit)

    def tried(self) -> None:
        """Something was let through: if it does not succeed, the next try comes after a longer while."""
        if self._hold is not None:
            self._hold.gap_s = min(self._hold.gap_s * 2, self._hold.last_gap_s)
            self._hold.next_try = self._clock() + self._hold.gap_s

    def learn(self, decisions: list[Decision], line: Line | None) -> None:
        """See whether to hold still, to slow down, or to go on; call outside any transaction."""
        for decision in decisions:
            if decision.fate is Fate.ACCEPTED:
                self._went_well(decision)
            elif decision.stops_all and line is not None:
                self._stop_all(decision, line)
            elif decision.unreachable and line is not None:
                self._unreachable(line)
            elif decision.is_rate_limit:
                self._too_fast()
            elif decision.fate is Fate.FAILED and decision.error is not None and decision.error.alarm:
                self._trouble(decision, decision.error)

    def _went_well(self, decision: Decision) -> None:
        self._limits = 0
        if self._hold is not None:
            logger.info("sending goes on", extra={"why": self._hold.why})
            self._hold = None
        for name in sorted(self._alarmed):
            if name != TROUBLE or self._troubled_type in (None, decision.due.type):
                self._clear(name)

    def _stop_all(self, decision: Decision, line: Line) -> None:
        assert decision.error is not None
        known = advice(decision.code)
        if self._hold is None or self._hold.why == UNREACHABLE:
            self._begin(STOPPED, line, FIRST_PROBE_S, LAST_PROBE_S)
            logger.error("sending stopped", extra={"code": decision.code})
        if decision.code in TOKEN_CODES:
            self._alarm("token", lambda: raise_token_alarm(f"{known.title}."))
        else:
            self._alarm(STOPPED, lambda: raise_alarm(STOPPED, Severity.CRITICAL, known.title, known.advice))

    def _unreachable(self, line: Line) -> None:
        if self._hold is None:
            self._begin(UNREACHABLE, line, FIRST_TRY_S, LAST_TRY_S)
            logger.warning("Meta cannot be reached")
        if self._hold is not None and self._hold.why == UNREACHABLE and self._clock() - self._hold.since > UNREACHABLE_ALARM_AFTER_S:
            self._alarm(UNREACHABLE, _raise_unreachable)

    def _too_fast(self) -> None:
        self._limits += 1
        if self._limits >= LIMITS_IN_A_ROW:
            self._limits = 0
            self._slow_down()
            logger.warning("Meta limits the speed; sending at half of it for a while")

    def _trouble(self, decision: Decision, error: GraphError) -> None:
        known = advice(error.meta_code)
        self._troubled_type = decision.due.type
        self._alarm(TROUBLE, lambda: raise_alarm(TROUBLE, Severity.WARNING, known.title, known.advice))

    def _begin(self, why: str, line: Line, gap_s: float, last_gap_s: float) -> None:
        moment = self._clock()
        self._hold = _Hold(why, _name(line), moment, moment + gap_s, gap_s, last_gap_s)

    def _alarm(self, name: str, call: Callable[[], None]) -> None:
        self._alarmed.add(name)
        call()

    def _clear(self, name: str) -> None:
        clear_token_alarm() if name == "token" else clear_alarm(name)
        self._alarmed.discard(name)


def _name(line: Line) -> str:
    """Tells one set of credentials from another without keeping them."""
    return hashlib.sha256(f"{line.url}|{line.token}".encode()).hexdigest()


def _raise_unreachable() -> None:
    raise_alarm(
        UNREACHABLE,
        Severity.WARNING,
        "Meta cannot be reached",
        "Messages wait and nothing is lost. Check this machine's internet connection; sending goes on by itself.",
    )
