"""JMESPath over a flow's values (https://jmespath.org), with a budget: no expression runs for long, whatever the values are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.visitor import TreeInterpreter

from wablast_box.engine.flows.node import values as plainly
from wablast_box.engine.flows.node.fields import LONGEST_EXPRESSION
from wablast_box.lib.errors import Invalid

MOST_STEPS = 50_000
LARGEST_RESULT = 256 * 1024
# So many items, or characters, copied in one go cost about as much as one step.
_ITEMS_PER_STEP, _TEXT_PER_STEP = 16, 256
# These look at nothing inside what they are given.
_SHALLOW = frozenset({"length", "type", "not_null", "keys", "values", "to_array"})


def evaluate(expression: str, values: Mapping[str, Any]) -> Any:
    """The value of an expression, plain. Raises Invalid."""
    if len(expression) > LONGEST_EXPRESSION:
        raise Invalid(f"The expression has {len(expression)} characters; {LONGEST_EXPRESSION} are allowed.", code="not_an_expression")
    try:
        found = _Budgeted().visit(jmespath.compile(expression).parsed, dict(values))
    except _Spent:
        raise Invalid(
            f"The expression takes more than {MOST_STEPS} steps. Look at fewer things at once.", code="expression_too_long"
        ) from None
    except Exception as refused:
        # The library raises its own kinds, and Python's own for sums and orders that make no sense: all mean the same to the owner.
        raise Invalid(f"The expression “{expression[:100]}” cannot be worked out: {_why(refused)}", code="not_an_expression") from refused
    return plainly.plain(found, LARGEST_RESULT)


def _why(refused: Exception) -> str:
    if isinstance(refused, RecursionError):
        return "it is nested too deeply."
    if isinstance(refused, JMESPathError):
        return str(refused).splitlines()[0]
    return "something in it does not go together."


class _Spent(Exception):
    pass


class _Budgeted(TreeInterpreter):
    """Pays for every step, for what a step copies, and for all that a function or a comparison may look at."""

    def __init__(self) -> None:
        super().__init__()
        self.left = MOST_STEPS

    def visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
        self.pay(1)
        found = super().visit(node, *args, **kwargs)
        if isinstance(found, list | dict):
            self.pay(len(found) // _ITEMS_PER_STEP)
        return found

    def visit_function_expression(self, node: Any, value: Any) -> Any:
        given = [self.visit(child, value) for child in node["children"]]
        for one in () if node["value"] in _SHALLOW else given:
            self.pay_for_all(one)
        if node["value"] == "join" and len(given) == 2 and isinstance(given[0], str) and isinstance(given[1], list):
            self.pay(len(given[0]) * len(given[1]) // _TEXT_PER_STEP)
        return self._functions.call_function(node["value"], given)

    def visit_comparator(self, node: Any, value: Any) -> Any:
        left, right = (self.visit(child, value) for child in node["children"])
        self.pay_for_all(left)
        self.pay_for_all(right)
        literals = [{"type": "literal", "value": one, "children": []} for one in (left, right)]
        return super().visit_comparator({**node, "children": literals}, value)

    def pay(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise _Spent

    def pay_for_all(self, value: Any) -> None:
        """A value that stands in itself many times over counts as often as it stands there."""
        rest = [value]
        while rest:
            one = rest.pop()
            self.pay(1)
            if isinstance(one, str):
                self.pay(len(one) // _TEXT_PER_STEP)
            elif isinstance(one, dict):
                rest.extend(one.values())
            elif isinstance(one, list):
                rest.extend(one)
