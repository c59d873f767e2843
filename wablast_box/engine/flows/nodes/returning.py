"""Nodes for what another system does later: an address that is made for this one customer, and the wait until it is called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from wablast_box.engine.flows.node.amounts import as_duration
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import Number, Variable, Wrong
from wablast_box.engine.flows.node.outcome import Answer, Go, Outcome, Wait
from wablast_box.engine.flows.node.step import Step
from wablast_box.lib.errors import Invalid

URL = "resume_url"
MOST_DAYS = 365
TIMEOUT = "timeout"


class MakeAddress(NodeType):
    """Makes an address that another system calls once, to let this customer's flow go on."""

    type, title, category, icon = "make_address", "Make a return address", "waits", "link"

    save_as = Variable("Keep the address as", default=URL, help="Hand it on before the wait: in an HTTP request, a webhook, a link.")
    valid_days = Number("It can be called for (days)", least=1, most=MOST_DAYS, default=7)

    def run(self, step: Step) -> Outcome:
        step.set(self.save_as, step.act("make_address", days=float(self.valid_days)))
        return Go()


class WaitForSystem(NodeType):
    """Waits until another system calls the address that “Make a return address” made, and keeps what it brings."""

    type, title, category, icon = "wait_for_system", "Wait for another system", "waits", "clock-pause"
    outputs = ("next", TIMEOUT)
    can_fail = True

    address = Variable("Address that was kept as", default=URL)
    wait_minutes = Number("At most (minutes)", least=1, most=MOST_DAYS * 24 * 60, default=24 * 60)
    save_as = Variable("Keep what it brings as")

    def run(self, step: Step) -> Outcome:
        step.memory["until"] = (step.now + timedelta(minutes=float(self.wait_minutes))).timestamp()
        return self._taken(step) or self._wait(step)

    def resume(self, step: Step, answer: Answer) -> Outcome:
        if answer.kind == "time":
            step.act("close_address", url=self._url(step))
            return Go(TIMEOUT)
        # Another address of this session may have been called: then this one is still waited for.
        return self._taken(step) or self._wait(step)

    def _taken(self, step: Step) -> Go | None:
        brought = step.act("called_with", url=self._url(step))
        if brought is None:
            return None
        if self.save_as:
            step.set(self.save_as, brought)
        return Go()

    def _wait(self, step: Step) -> Wait:
        return Wait("address", datetime.fromtimestamp(float(step.memory["until"]), UTC))

    def _url(self, step: Step) -> str:
        url: Any = step.get(self.address)
        if not isinstance(url, str):
            raise Invalid(f"“{self.address}” holds no address: put “Make a return address” before the wait.", code="no_address")
        return url

    def longest_wait_s(self) -> float:
        return as_duration(self.wait_minutes) * 60

    def check(self) -> Iterator[Wrong]:
        if self.save_as and self.save_as == self.address:
            yield Wrong("save_as", "same_name", "The address stands there already: choose another name.")
