"""The rule editor's conditions: what people compare, as they would. ₹1,200 is more than 900, and "Yes " is yes."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.flows.node import patterns, values
from wablast_box.engine.flows.node.amounts import read_number
from wablast_box.engine.flows.node.filters import shown
from wablast_box.engine.flows.node.lists import MOST_RULES, OPERATORS, WITHOUT_RIGHT
from wablast_box.engine.flows.node.moments import day_of, read_clock, read_moment
from wablast_box.lib.errors import Invalid

# Codes such as 0042 are no numbers: their zeros count.
_CODE = re.compile(r"\s*0\d+\s*")
Pair = tuple[Any, Any]
Test = Callable[[Any, str, ZoneInfo], bool]


def holds(rules: Mapping[str, Any], known: Mapping[str, Any], zone: ZoneInfo) -> bool:
    """Are all, or any, of the rules true? Raises Invalid when they cannot be read."""
    listed = rules.get("rules")
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_RULES:
        raise Invalid(f"Add 1 to {MOST_RULES} rules.", code="no_rules")
    found = (_true(rule, known, zone) for rule in listed)
    return any(found) if rules.get("match") == "any" else all(found)


def _true(rule: Any, known: Mapping[str, Any], zone: ZoneInfo) -> bool:
    wanted = rule.get("operator") if isinstance(rule, Mapping) else None
    if wanted not in OPERATORS or not isinstance(rule.get("left"), str):
        raise Invalid("A rule cannot be read: choose a variable and how it is compared.", code="no_rules")
    left = values.look_up(rule["left"].strip().removeprefix("{{").removesuffix("}}"), known)
    right = "" if wanted in WITHOUT_RIGHT else values.fill(str(rule.get("right") or ""), known, "text", zone)
    return TESTS[wanted](left, right, zone)


def same_text(left: str, right: str) -> bool:
    """Equal but for capitals and space around."""
    return folded(left) == folded(right)


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _comparable(left: Any, right: str, zone: ZoneInfo) -> Pair:
    """Both as numbers, as moments or as times of day when both look like it; as texts otherwise."""
    if isinstance(left, str) and (_CODE.fullmatch(left) or _CODE.fullmatch(right)):
        return folded(left), folded(right)
    numbers = read_number(left), read_number(right)
    if isinstance(numbers[0], Decimal) and isinstance(numbers[1], Decimal):
        return numbers
    one, other = read_moment(left, zone), read_moment(right, zone)
    if one is not None and other is not None:
        return _alike(one, other)
    text = shown(left)
    clocks = read_clock(text), read_clock(right)
    return clocks if isinstance(clocks[0], time) and isinstance(clocks[1], time) else (folded(text), folded(right))


def _alike(left: datetime | date, right: datetime | date) -> Pair:
    both = isinstance(left, datetime) and isinstance(right, datetime)
    return (left, right) if both else (day_of(left), day_of(right))


def _equals(left: Any, right: str, zone: ZoneInfo) -> bool:
    one, other = _comparable(left, right, zone)
    return bool(one == other)


def _ordered(compare: Callable[[Any, Any], bool]) -> Test:
    """Nothing is neither more nor less than something; a text is not compared with a number."""

    def test(left: Any, right: str, zone: ZoneInfo) -> bool:
        if not _is_set(left) or not right.strip():
            return False
        one, other = _comparable(left, right, zone)
        if isinstance(one, str) and (read_number(left) is not None) != (read_number(right) is not None):
            return False
        return compare(one, other)

    return test


def _contains(left: Any, right: str, zone: ZoneInfo) -> bool:
    if isinstance(left, list):
        return any(_equals(one, right, zone) for one in left)
    return bool(right.strip()) and folded(right) in folded(shown(left))


def _is_set(value: Any) -> bool:
    return value is not None and value not in ([], {}) and not (isinstance(value, str) and not value.strip())


def _one_of(left: Any, right: str, zone: ZoneInfo) -> bool:
    lines = [one for one in re.split(r"[\n;]" if "\n" in right or ";" in right else ",", right) if one.strip()]
    return any(_equals(left, one, zone) for one in lines)


def _not(test: Test) -> Test:
    return lambda left, right, zone: not test(left, right, zone)


TESTS: Mapping[str, Test] = {
    "equals": _equals,
    "not_equals": _not(_equals),
    "contains": _contains,
    "not_contains": _not(_contains),
    "starts_with": lambda left, right, zone: bool(right.strip()) and folded(shown(left)).startswith(folded(right)),
    "ends_with": lambda left, right, zone: bool(right.strip()) and folded(shown(left)).endswith(folded(right)),
    "greater": _ordered(operator.gt),
    "less": _ordered(operator.lt),
    "at_least": _ordered(operator.ge),
    "at_most": _ordered(operator.le),
    "is_set": lambda left, right, zone: _is_set(left),
    "is_empty": lambda left, right, zone: not _is_set(left),
    "matches": lambda left, right, zone: patterns.matches(right, shown(left)),
    "one_of": _one_of,
}
