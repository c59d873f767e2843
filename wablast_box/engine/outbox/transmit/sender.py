"""Hand queued messages to Meta: in order within a conversation, side by side across them, never faster than allowed.

`Sender` ties it together: may it still go → claim (committed) → request → settle. A crash in between leaves rows on their way, and
`recover_after_crash` makes them unconfirmed: they are not sent again unless a person says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from wablast_box.engine.outbox.transmit import bell as transmit_bell
from wablast_box.engine.outbox.transmit.brake import Brake
from wablast_box.engine.outbox.transmit.gate import still_allowed
from wablast_box.engine.outbox.transmit.learn import learn_addresses
from wablast_box.engine.outbox.transmit.outcome import decide
from wablast_box.engine.outbox.transmit.queue import claim, find_due, is_anything_due
from wablast_box.engine.outbox.transmit.request import Line, job_for, our_line
from wablast_box.engine.outbox.transmit.settle import settle_all, settle_left_over
from wablast_box.engine.settings import store
from wablast_box.lib.db import disconnect_thread
from wablast_box.lib.sending_http import Job, Result
from wablast_box.lib.sending_loop import SendingLoop

logger = logging.getLogger(__name__)


def ring() -> None:
    """There is something to transmit."""
    transmit_bell.ring()


def recover_after_crash() -> int:
    """At start, before any sender: how many messages a former process left on their way."""
    left_over = settle_left_over()
    if left_over:
        logger.warning("messages were on their way when the box stopped", extra={"count": left_over})
    return left_over


class Sender:
    """One per process. `rate` overrules the setting (None), `transport` the network: for measuring and for tests."""

    def __init__(self, graph_url: str, *, transport: Callable[[], Any] | None = None, rate: float | None = None, concurrency: int = 256):
        self._graph_url = graph_url
        self._rate = rate
        self._line: Line | None = None
        self._loop = SendingLoop(
            self.take_due,
            self.settle,
            rate=rate or float(store.get("send_rate")),
            concurrency=concurrency,
            transport=transport,
            let_go=disconnect_thread,
        )
        self._brake = Brake(self._loop.slow_down)

    def start(self) -> None:
        """Begin to send what waits."""
        self._loop.start()
        transmit_bell.listen(self.wake)

    def wake(self) -> None:
        """There may be something to send now."""
        self._loop.wake()

    def stop(self, timeout_s: float) -> bool:
        """Take nothing new and settle what is in flight; True when nothing was cut off."""
        transmit_bell.stop_listening(self.wake)
        return self._loop.stop(timeout_s)

    def is_alive(self) -> bool:
        """Does it run?"""
        return self._loop.is_alive()

    def take_due(self, limit: int) -> Sequence[Job]:
        """Claim what may go now and make requests of it."""
        if not is_anything_due():
            return ()
        self._line = line = our_line(self._graph_url)
        if line is None:
            return ()
        if self._rate is None:
            self._loop.set_rate(float(store.get("send_rate")))
        allowed = self._brake.allow(limit, line)
        found = find_due(allowed) if allowed else []
        may_go = still_allowed(found)
        if len(may_go) < len(found):
            # Whoever waits behind them is not kept waiting.
            self.wake()
        claimed = claim(may_go)
        if claimed:
            self._brake.tried()
        return [job_for(due, line) for due in claimed]

    def settle(self, results: Sequence[Result]) -> None:
        """Write down what became of them; raises when the database refuses, and is then called again."""
        decisions = [decide(result.key, result.outcome) for result in results]
        settle_all(decisions)
        self._brake.learn(decisions, self._line)
        learn_addresses(decisions)
