"""Where a flow begins and where it ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import LONGEST_TEXT, Choice, Number, Text, Wrong
from wablast_box.engine.flows.node.lists import Items
from wablast_box.engine.flows.node.outcome import End, Go, Outcome
from wablast_box.engine.flows.node.patterns import compiled
from wablast_box.engine.flows.node.step import Step
from wablast_box.lib.errors import Invalid

KINDS = {
    "keyword": "The message says", "any_message": "Any message", "first_message": "The first message of a customer",
    "unmatched": "No other flow answers", "button": "A button of a template", "ad": "Coming from an advertisement",
}  # fmt: skip
MATCHES = {"exact": "exactly", "contains": "contains", "starts_with": "begins with", "regex": "a pattern"}


class Start(NodeType):
    """Says when the flow begins."""

    type, title, category, icon = "start", "Start", "start", "player-play"

    triggers = Items(
        "Begins when",
        {
            "kind": Choice("When", KINDS, default="keyword", required=True),
            "words": Text("Words", longest=LONGEST_TEXT, fills=False, help="Several are separated by commas."),
            "match": Choice("The message", MATCHES, default="exact"),
            "value": Text("Which one", longest=200, fills=False, help="A payload, the id of an advertisement, the name of an event."),
            "priority": Number("Priority", least=-100, most=100, default=0, help="Of several flows that would answer, the highest does."),
        },
        most=20, item="Trigger",
    )  # fmt: skip

    def run(self, step: Step) -> Outcome:
        return Go()

    def check(self) -> Iterator[Wrong]:
        for at, one in enumerate(self.triggers or []):
            yield from _check_trigger(one, f"triggers.{at}")


def _check_trigger(one: dict[str, Any], path: str) -> Iterator[Wrong]:
    words = str(one.get("words") or "").strip(" ,\n")
    if one.get("kind") == "keyword" and not words:
        yield Wrong(f"{path}.words", "missing", "Write the words that begin the flow.")
    elif one.get("kind") == "keyword" and one.get("match") == "regex":
        try:
            compiled(words)
        except Invalid as refused:
            yield Wrong(f"{path}.words", "not_a_pattern", refused.message)
    if one.get("kind") == "button" and not one.get("value"):
        yield Wrong(f"{path}.value", "missing", "Say which one begins the flow.")


class Finish(NodeType):
    """Ends the flow. The next message may begin another one."""

    type, title, category, icon = "end", "End", "flow", "player-stop"
    outputs = ()

    reason = Text("Why", longest=200, default="end", fills=False, help="For the history of runs, such as bought or gave_up.")

    def run(self, step: Step) -> Outcome:
        return End(self.reason)
