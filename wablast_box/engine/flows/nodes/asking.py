"""What all nodes share that ask: they wait, ask again when an answer does not fit, and give up by an output of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from wablast_box.engine.flows.node.amounts import as_duration
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.bubbles import text_bubble
from wablast_box.engine.flows.node.fields import Number, Text, Variable
from wablast_box.engine.flows.node.outcome import NEXT, Answer, Go, Outcome, Wait
from wablast_box.engine.flows.node.step import Step

MONTH_MINUTES = 30 * 24 * 60
TIMEOUT = "timeout"
_NAMED = frozenset({"location", "contacts", "order"})


class Asking(NodeType):
    """Base: `ask` sends the question, `hear` takes the answer or returns None when it does not fit."""

    can_fail = True
    sends_freely = True
    hears_reply = True
    # Where it goes when no answer fits.
    lost = "invalid"
    # What is said when the owner has written nothing.
    sorry = "Sorry, I did not get that. Please try once more."

    def run(self, step: Step) -> Outcome:
        step.memory.clear()
        self.ask(step, None)
        return self.wait(step)

    def resume(self, step: Step, answer: Answer) -> Outcome:
        outcome = self.hear(step, answer.body) if answer.kind == "reply" else self.late(step)
        outcome = outcome or self._once_more(step)
        if isinstance(outcome, Go):
            step.memory.clear()
        return outcome

    def _once_more(self, step: Step) -> Outcome:
        """The answer did not fit."""
        asked = int(step.memory.get("again", 0))
        if asked >= self.most_again():
            return Go(self.lost)
        step.memory["again"] = asked + 1
        self.ask(step, step.fill(self.again_text() or "") or self.sorry)
        return self.wait(step)

    def ask(self, step: Step, again: str | None) -> None:
        """Send the question; `again` are the words for asking once more."""
        raise NotImplementedError

    def hear(self, step: Step, said: Mapping[str, Any]) -> Outcome | None:
        """Where the answer leads."""
        raise NotImplementedError

    def late(self, step: Step) -> Outcome:
        """The time for an answer is over."""
        return Go(TIMEOUT)

    def wait(self, step: Step) -> Wait:
        minutes = self.minutes()
        return Wait("reply", step.now + timedelta(minutes=minutes) if minutes else None)

    def longest_wait_s(self) -> float:
        return self.minutes() * 60

    @classmethod
    def unsaid(cls, field: str) -> str:
        return cls.sorry if field in ("retry_text", "reprompt_text") else super().unsaid(field)

    def most_again(self) -> int:
        raise NotImplementedError

    def again_text(self) -> str | None:
        raise NotImplementedError

    def minutes(self) -> float:
        raise NotImplementedError


class Question(Asking):
    """Base of questions that are answered in words or with a file. `read` makes of the answer what is kept."""

    category = "questions"
    outputs = (NEXT, "invalid", TIMEOUT)
    preview = {"body": "question"}

    question = Text("Question", lines=3, required=True, spoken=True)
    save_as = Variable("Keep the answer as", default="answer")
    retries = Number("Ask again at most", least=0, most=5, default=2)
    retry_text = Text("When the answer does not fit", lines=2, spoken=True)
    wait_minutes = Number("Wait at most (minutes)", least=0, most=MONTH_MINUTES, default=0, help="0: as long as it takes.")

    def ask(self, step: Step, again: str | None) -> None:
        step.send(text_bubble(again or step.fill(self.question)))

    def hear(self, step: Step, said: Mapping[str, Any]) -> Outcome | None:
        value = self.read(step, said)
        if value is None:
            return None
        step.set(self.save_as, value)
        return Go()

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        """The answer as it is kept, or None when it does not fit."""
        raise NotImplementedError

    def most_again(self) -> int:
        return int(self.retries)

    def again_text(self) -> str | None:
        return self.retry_text

    def minutes(self) -> float:
        return as_duration(self.wait_minutes)


def words_of(said: Mapping[str, Any]) -> str:
    """The words of an answer, or below a picture. The name of a place or of a card is not what somebody says."""
    text = said.get("text") if said.get("type") not in _NAMED else None
    return text.strip() if isinstance(text, str) else ""
