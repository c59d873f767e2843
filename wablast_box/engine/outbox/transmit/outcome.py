"""What Meta's answer means for a message. Pure: no tables, no clock but the one given.

The rule above all others: what may have arrived is never sent again by itself.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from wablast_box.engine.meta.client import interpret
from wablast_box.engine.meta.errors import GraphError, RateLimited, Retry, Unclear, wait_s
from wablast_box.engine.meta.messages import Accepted, parse_accepted
from wablast_box.engine.outbox.transmit.queue import Due
from wablast_box.lib.errors import BoxError, Unavailable, Upstream
from wablast_box.lib.sending_http import Answer, NotSent, Outcome, Unprepared, Untried

UNKNOWN = "It is not known whether Meta took this message"
ADVICE = "Send it again only if the customer did not get it."
MAX_ATTEMPTS = 8
JITTER = 0.25  # a crowd that waits the same time comes back as a crowd
LONGEST_WAIT_S = 3600.0
_NUMBER = re.compile(r"^\(#\d+\) ")  # Meta repeats its code before the words
UNREACHABLE_WAIT_S = 1.0  # the brake holds everything back for longer


class Fate(StrEnum):
    """What becomes of the row."""

    ACCEPTED = "accepted"
    AGAIN = "again"  # Meta said not now
    HELD = "held"  # nothing can be sent at all; not this message's fault, so not counted as an attempt
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Decision:
    """The fate of one message, with Meta's words for people."""

    due: Due
    fate: Fate
    accepted: Accepted | None = None
    error: GraphError | None = None
    code: int | None = None
    title: str | None = None
    details: str | None = None
    wait_s: float = 0.0
    unreachable: bool = False

    @property
    def is_rate_limit(self) -> bool:
        """Is the whole number too fast? (One customer's own limit says nothing about the others.)"""
        return isinstance(self.error, RateLimited) and self.error.retry is Retry.BACKOFF

    @property
    def stops_all(self) -> bool:
        """Can nothing be sent until a person mends something?"""
        return self.error is not None and self.error.retry is Retry.STOP_ALL


def decide(due: Due, outcome: Outcome, *, rand: Callable[[], float] = random.random) -> Decision:
    """The fate of `due` after this outcome of its request."""
    if isinstance(outcome, Untried):
        return Decision(due, Fate.HELD)
    if isinstance(outcome, NotSent):
        return Decision(due, Fate.HELD, title="Meta cannot be reached", details=outcome.why, wait_s=UNREACHABLE_WAIT_S, unreachable=True)
    if isinstance(outcome, Answer):
        return _answered(due, outcome, rand)
    if isinstance(outcome, Unprepared):
        return _unprepared(due, outcome.error, rand)
    return _unconfirmed(due, outcome.why)


def _answered(due: Due, answer: Answer, rand: Callable[[], float]) -> Decision:
    try:
        return Decision(due, Fate.ACCEPTED, accepted=parse_accepted(interpret(answer.status, answer.headers, answer.body)))
    except Unclear as lost:
        return _unconfirmed(due, lost.details or lost.title)
    except GraphError as refused:
        return _refused(due, refused, rand)


def _refused(due: Due, error: GraphError, rand: Callable[[], float]) -> Decision:
    words = {"error": error, "code": error.meta_code, "title": _NUMBER.sub("", error.title), "details": error.details}
    if error.retry is Retry.STOP_ALL:
        return Decision(due, Fate.HELD, **words)  # type: ignore[arg-type]
    wait = wait_s(error.retry, due.attempts) if error.retry in (Retry.BACKOFF, Retry.PAIR) else None
    if wait is None or due.attempts >= MAX_ATTEMPTS:
        # "Not before tomorrow" fails too: a row that waits for a day would hold up the whole conversation.
        return Decision(due, Fate.FAILED, **words)  # type: ignore[arg-type]
    wait = max(wait * (1 + JITTER * rand()), min(error.retry_after_s or 0.0, LONGEST_WAIT_S))
    return Decision(due, Fate.AGAIN, wait_s=wait, **words)  # type: ignore[arg-type]


def _unprepared(due: Due, error: Exception, rand: Callable[[], float]) -> Decision:
    """Nothing of the message was sent, so nothing is unconfirmed."""
    if isinstance(error, GraphError):
        return _refused(due, error, rand)
    if isinstance(error, Unavailable):
        return Decision(due, Fate.HELD, details=error.message, wait_s=error.retry_after_s or UNREACHABLE_WAIT_S)
    if isinstance(error, BoxError):
        kind = "Meta did not take the file" if isinstance(error, Upstream) else "This message cannot be sent"
        return Decision(due, Fate.FAILED, title=kind, details=" ".join(filter(None, (error.message, error.help))))
    return Decision(due, Fate.FAILED, title="This message cannot be sent", details=f"{type(error).__name__} while it was made ready.")


def _unconfirmed(due: Due, why: str) -> Decision:
    return Decision(due, Fate.UNCONFIRMED, title=UNKNOWN, details=f"{why}. {ADVICE}")
