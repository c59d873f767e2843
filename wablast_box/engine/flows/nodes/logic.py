"""Nodes that decide which way to go, and nodes that work something out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import Choice, Expression, Number, Text, Variable, Wrong
from wablast_box.engine.flows.node.lists import Items, Rules
from wablast_box.engine.flows.node.outcome import Go, Outcome
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.node.sums import LONGEST_SUM, check_sum, work_out
from wablast_box.lib.errors import Invalid

OTHERWISE = "otherwise"


class Condition(NodeType):
    """Goes one way when something holds, the other way when it does not."""

    type, title, category, icon = "condition", "Condition", "logic", "arrows-split"
    outputs = ("yes", "no")
    can_fail = True

    rules = Rules("Rules")
    expression = Expression("Or an expression", help="JMESPath, such as order.total > `500`. What is empty or false is no.")

    def run(self, step: Step) -> Outcome:
        holds = is_true(step.evaluate(self.expression)) if self.expression else step.holds(self.rules or {})
        return Go("yes" if holds else "no")

    def check(self) -> Iterator[Wrong]:
        if bool(self.rules) == bool(self.expression):
            yield Wrong("rules", "one_of_two", "Give rules or an expression, one of the two.")


class Switch(NodeType):
    """Goes the way of the first case that holds."""

    type, title, category, icon = "switch", "Switch", "logic", "route"
    outputs = (OTHERWISE,)
    outputs_from = ("cases", "name")
    can_fail = True

    cases = Items(
        "Cases", {"name": Text("Name", longest=60, fills=False, required=True), "rules": Rules("Rules", required=True)},
        least=1, most=30, item="Case", required=True,
    )  # fmt: skip

    def run(self, step: Step) -> Outcome:
        found = next((one for one in self.cases if step.holds(one.get("rules") or {})), None)
        return Go(OTHERWISE if found is None else str(found["id"]))


class RandomSplit(NodeType):
    """Sends customers different ways by lot, such as to try two greetings."""

    type, title, category, icon = "random_split", "Random split", "logic", "dice"
    outputs = ()
    outputs_from = ("ways", "name")

    ways = Items(
        "Ways",
        {"name": Text("Name", longest=60, fills=False, required=True), "weight": Number("Share", least=0, most=1000, default=1)},
        least=2, most=10, item="Way", required=True,
    )  # fmt: skip

    def run(self, step: Step) -> Outcome:
        """The lot is made of the step's own key: played again it falls the same."""
        shares = [(str(one["id"]), _share(one)) for one in self.ways]
        lot = int.from_bytes(hashlib.sha256(step.key.encode()).digest()[:8], "big") / 2**64 * sum(share for _, share in shares)
        for way, share in shares:
            lot -= share
            if lot < 0:
                return Go(way)
        return Go(shares[-1][0])

    def check(self) -> Iterator[Wrong]:
        if self.ways and not any(_share(one) for one in self.ways):
            yield Wrong("ways.0.weight", "out_of_range", "At least one way needs a share above 0.")


class BusinessHours(NodeType):
    """Goes one way while the shop is open, the other way while it is closed."""

    type, title, category, icon = "business_hours", "Business hours", "logic", "clock-hour-4"
    outputs = ("open", "closed")

    def run(self, step: Step) -> Outcome:
        return Go("open" if step.act("business_hours") else "closed")


class Calculate(NodeType):
    """Works out a sum and keeps the result."""

    type, title, category, icon = "calculate", "Calculate", "logic", "calculator"
    can_fail = True

    sum = Text(
        "Sum",
        longest=LONGEST_SUM,
        required=True,
        fills=False,
        help="Such as round(price * quantity * 1.18, 2). Also floor, ceil, abs, min, max.",
    )
    save_as = Variable("Keep the result as", default="result")

    def run(self, step: Step) -> Outcome:
        step.set(self.save_as, work_out(self.sum, step.values))
        return Go()

    def check(self) -> Iterator[Wrong]:
        try:
            check_sum(self.sum or "0")
        except Invalid as refused:
            yield Wrong("sum", refused.code, refused.message)


class SetVariable(NodeType):
    """Keeps a value under a name for later nodes."""

    type, title, category, icon = "set_variable", "Set a variable", "logic", "variable"
    can_fail = True

    name = Variable("Name", required=True)
    kind = Choice(
        "Value", {"text": "A text", "expression": "An expression", "add": "The text, added to a list", "clear": "Nothing"}, default="text"
    )
    value = Text("Text", lines=2, only_with={"kind": ["text", "add"]})
    expression = Expression("Expression", help="JMESPath, such as order.items[0].title", only_with={"kind": ["expression"]})

    def run(self, step: Step) -> Outcome:
        step.set(self.name, self._value(step))
        return Go()

    def _value(self, step: Step) -> Any:
        if self.kind == "clear":
            return None
        if self.kind == "expression":
            return step.evaluate(self.expression or "")
        text = step.fill(self.value or "")
        if self.kind == "add":
            there = step.get(self.name)
            return [*(there if isinstance(there, list) else [] if there in (None, "") else [there]), text]
        return text

    def check(self) -> Iterator[Wrong]:
        if self.kind == "expression" and not self.expression:
            yield Wrong("expression", "missing", "Write an expression.")


def is_true(value: Any) -> bool:
    """As JMESPath has it: empty texts, lists and objects, null and false are not."""
    return bool(value) or (isinstance(value, int | float) and not isinstance(value, bool))


def _share(one: dict[str, Any]) -> float:
    weight = one.get("weight")
    return 1.0 if weight is None else float(weight) if isinstance(weight, int | float) and weight > 0 else 0.0
