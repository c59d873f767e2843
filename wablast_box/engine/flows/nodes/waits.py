"""Nodes that let time pass. A wait is a row with a due time: nothing sleeps, and a restart loses none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from wablast_box.engine.flows.node.amounts import as_duration
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import Choice, Number, Text, Variable, Wrong
from wablast_box.engine.flows.node.moments import read_clock, read_moment
from wablast_box.engine.flows.node.outcome import NEXT, Answer, Go, Outcome, Wait
from wablast_box.engine.flows.node.step import Step
from wablast_box.lib.errors import Invalid

UNITS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}
LONGEST_S = 365 * 86_400
TIMEOUT = "timeout"


class Delay(NodeType):
    """Waits for a while, then goes on."""

    type, title, category, icon = "delay", "Delay", "waits", "hourglass"

    amount = Number("How long", least=1, most=100_000, default=1)
    unit = Choice("", {"seconds": "Seconds", "minutes": "Minutes", "hours": "Hours", "days": "Days"}, default="minutes")

    def run(self, step: Step) -> Outcome:
        return Wait("time", step.now + timedelta(seconds=self.longest_wait_s()))

    def longest_wait_s(self) -> float:
        return min(as_duration(self.amount) * (UNITS.get(self.unit, 0) if isinstance(self.unit, str) else 0), LONGEST_S)

    def check(self) -> Iterator[Wrong]:
        if self.amount * UNITS[self.unit] > LONGEST_S:
            yield Wrong("amount", "out_of_range", "A flow waits for at most a year.")


class WaitUntil(NodeType):
    """Waits for a moment, for the customer, or for another system."""

    type, title, category, icon = "wait_until", "Wait until", "waits", "clock-pause"
    outputs = (NEXT, TIMEOUT)
    can_fail = True

    kind = Choice("For", {"time": "A moment", "reply": "A message of the customer", "webhook": "A call of another system"}, default="time")
    moment = Text(
        "Moment", longest=200, help="Such as {{visit}}, 2026-12-25 09:00, or 09:00 for the next nine o'clock.", only_with={"kind": ["time"]}
    )
    shift_minutes = Number(
        "Minutes later", least=-100_000, most=100_000, default=0, help="Negative: earlier, such as -60 for an hour before.",
        only_with={"kind": ["time"]},
    )  # fmt: skip
    wait_minutes = Number(
        "At most (minutes)", least=0, most=LONGEST_S // 60, default=0, help="0: as long as it takes.",
        only_with={"kind": ["reply", "webhook"]},
    )  # fmt: skip
    save_as = Variable("Keep what came as", only_with={"kind": ["reply", "webhook"]})

    def run(self, step: Step) -> Outcome:
        if self.kind != "time":
            return Wait(self.kind, step.now + timedelta(minutes=float(self.wait_minutes)) if self.wait_minutes else None)
        until = self._moment(step)
        return Go() if until <= step.now else Wait("time", until)

    def resume(self, step: Step, answer: Answer) -> Outcome:
        if answer.kind == "time":
            return Go(NEXT if self.kind == "time" else TIMEOUT)
        if self.save_as:
            step.set(self.save_as, _kept(answer))
        return Go()

    def hears_by(self, output: str) -> bool:
        return bool(self.kind == "reply") and output == NEXT

    def longest_wait_s(self) -> float:
        # A moment may be any time away: the editor warns as if it were far.
        never_ends = self.kind == "webhook" and not self.wait_minutes
        return LONGEST_S if self.kind == "time" or never_ends else as_duration(self.wait_minutes) * 60

    def _moment(self, step: Step) -> datetime:
        written = step.fill(self.moment or "")
        found = read_moment(written, step.zone)
        clock = read_clock(written)
        if clock is not None:
            found = _next(clock, step)
        if found is None:
            raise Invalid(f"“{written[:60]}” is no moment. Write it as 2026-12-25 09:00.", code="not_a_moment")
        whole = found if isinstance(found, datetime) else datetime.combine(found, time(9), step.zone)
        until = whole + timedelta(minutes=float(self.shift_minutes))
        if until > step.now + timedelta(seconds=LONGEST_S):
            raise Invalid("A flow waits for at most a year.", code="too_far")
        return until

    def check(self) -> Iterator[Wrong]:
        if self.kind == "time" and not self.moment:
            yield Wrong("moment", "missing", "Say until when it waits.")


def _next(clock: time, step: Step) -> datetime:
    """The next time that the clock shows this, today or tomorrow."""
    local = step.now.astimezone(step.zone)
    today = datetime.combine(local.date(), clock, step.zone)
    return today if today > local else datetime.combine(local.date() + timedelta(days=1), clock, step.zone)


def _kept(answer: Answer) -> Any:
    return answer.body if answer.kind == "webhook" else answer.body.get("text") or ""
