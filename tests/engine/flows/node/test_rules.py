"""Conditions of the rule editor: compared as a person would."""

from __future__ import annotations

import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.flows.node.test_fill import plain_values
from tests.patience import BUSY
from wablast_box.engine.flows.node import patterns, rules
from wablast_box.engine.flows.node.lists import OPERATORS
from wablast_box.lib.errors import Invalid

INDIA = ZoneInfo("Asia/Kolkata")


def asks(left: Any, operator: str, right: str = "", **known: Any) -> bool:
    rule = {"left": "said", "operator": operator, "right": right}
    return rules.holds({"match": "all", "rules": [rule]}, {"said": left, **known}, INDIA)


@pytest.mark.feature("FE-09")
@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        (" YES ", "equals", "yes"),
        ("₹1,200", "equals", "1200.00"),
        (1200, "greater", "₹900"),
        ("९", "less", "10"),
        ("9", "less", "10"),
        ("0042", "not_equals", "42"),
        ("0042", "equals", "0042"),
        ("25/12/2026", "less", "2026-12-26"),
        ("2026-12-25T20:00:00Z", "equals", "26.12.2026"),
        ("9:30", "less", "10:00"),
        ("9.30 pm", "greater", "20:00"),
        (True, "equals", "true"),
        ("Red saree", "contains", "RED"),
        (["red", "blue"], "contains", "Blue"),
        (["red"], "not_contains", "re"),
        ("Red saree", "starts_with", "red"),
        ("Red saree", "ends_with", "SAREE"),
        (5, "at_least", "5"),
        (5, "at_most", "5"),
        ("x", "is_set", ""),
        (0, "is_set", ""),
        (" ", "is_empty", ""),
        ([], "is_empty", ""),
        (None, "is_empty", ""),
        ("AB-1234", "matches", r"^[a-z]{2}-\d+$"),
        ("blue", "one_of", "red, Blue"),
        ("a, b", "one_of", "c\na, b"),
    ],
)
def test_it_holds(left: Any, operator: str, right: str) -> None:
    assert asks(left, operator, right)


@pytest.mark.feature("FE-09")
@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        (None, "greater", "5"),
        (None, "less", "5"),
        ("many", "greater", "5"),
        ("abc", "contains", "{{nobody}}"),
        ("abc", "starts_with", "{{nobody}}"),
        (None, "equals", "none"),
        ("abc", "matches", "^b"),
        ("d", "one_of", "a, b, c"),
    ],
)
def test_it_does_not_hold(left: Any, operator: str, right: str) -> None:
    assert not asks(left, operator, right)


@pytest.mark.feature("FE-09")
def test_both_sides_may_be_variables_and_any_or_all_may_be_wanted() -> None:
    listed = [{"left": "total", "operator": "greater", "right": "{{limit}}"}, {"left": "{{vip}}", "operator": "is_set"}]
    known = {"total": 900, "limit": 500}

    assert rules.holds({"match": "any", "rules": listed}, known, INDIA)
    assert not rules.holds({"match": "all", "rules": listed}, known, INDIA)


@given(plain_values, st.sampled_from(OPERATORS), st.text(max_size=30))
def test_any_value_can_be_asked(left: object, operator: str, right: str) -> None:
    try:
        assert asks(left, operator, right) in (True, False)
    except Invalid:
        assert operator == "matches"


@pytest.mark.parametrize("written", [{}, {"rules": []}, {"rules": [{}]}, {"rules": ["x"]}, {"rules": [{"left": "a", "operator": "is"}]}])
def test_rules_that_cannot_be_read_are_refused(written: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        rules.holds(written, {}, INDIA)


@pytest.mark.feature("FE-09")
@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*)*x(.*)*y(.*)*$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a{1,30}){1,30}b"])
def test_a_hostile_pattern_is_as_fast_as_any(pattern: str) -> None:
    began = time.perf_counter()

    try:
        patterns.matches(pattern, "a" * 20_000 + "!")
    except Invalid:
        assert pattern.endswith("b"), "only what needs too much memory is refused"

    assert time.perf_counter() - began < 1 * BUSY


@pytest.mark.parametrize("pattern", ["(", "a{1000}{1000}", r"(?=a)", r"(a)\1", "[z-a]", "x" * 1001])
def test_a_pattern_that_cannot_be_read_says_so(pattern: str) -> None:
    with pytest.raises(Invalid):
        patterns.matches(pattern, "a")
