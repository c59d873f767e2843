"""Expressions: JMESPath that cannot run for long."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.patience import BUSY
from wablast_box.engine.flows.node.expressions import evaluate
from wablast_box.lib.errors import Invalid

KNOWN = {
    "order": {"total": 950, "items": [{"title": "Saree", "price": 900}, {"title": "Pin", "price": 50}]},
    "long": ["x" * 60_000] * 100,
    "many": list(range(5000)),
    "name": "Kabir",
}


@pytest.mark.feature("FE-09")
@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("order.total > `900`", True),
        ("order.items[?price > `100`].title", ["Saree"]),
        ("sum(order.items[].price)", 950),
        ("{who: name, count: length(long)}", {"who": "Kabir", "count": 100}),
        ("order.items[].title | join(', ', @)", "Saree, Pin"),
        ("nobody.nothing", None),
        ("contains(name, 'abi') && order.total == `950`", True),
        ("sort_by(order.items, &price)[0].title", "Pin"),
    ],
)
def test_an_expression_finds_its_value(expression: str, found: object) -> None:
    assert evaluate(expression, KNOWN) == found


@pytest.mark.feature("FE-09")
@pytest.mark.parametrize("expression", ["order.", "sum(name)", "nothing(@)", "&name", "x" * 1001, "[" * 900, "order.total > "])
def test_what_cannot_be_worked_out_is_said_in_words(expression: str) -> None:
    with pytest.raises(Invalid) as refused:
        evaluate(expression, KNOWN)

    assert refused.value.message.endswith((".", "]")) or "\n" not in refused.value.message


DOUBLED = "[@,@]" + "|[@,@]" * 60


@pytest.mark.feature("FE-09")
@pytest.mark.parametrize(
    "expression",
    [
        DOUBLED,
        DOUBLED + "|to_string(@)",
        f"({DOUBLED}) == ({DOUBLED})",
        "join('', long)" + "|join('',[@,@])" * 40,
        "join(long[0], many[].to_string(@))",
        "many[].[@, @, @, @, @, @, @, @, @, @]",
        "*.*.*.*.* | [@,@,@]" + "|@[].[@,@,@]" * 60,
    ],
)
def test_no_expression_runs_for_long(expression: str) -> None:
    began = time.perf_counter()

    with pytest.raises(Invalid):
        evaluate(expression, KNOWN)

    assert time.perf_counter() - began < 2 * BUSY


@given(
    st.lists(
        st.sampled_from(["order", "items", ".", "[]", "[?", "]", "@", "|", "`1`", "*", "==", "&", "length(", ")", "{a:", "}", ","])
    ).map("".join)
)
def test_any_expression_finds_something_or_is_refused(expression: str) -> None:
    known: dict[str, Any] = {"order": {"items": [1, "a", None, {"items": []}]}}
    try:
        evaluate(expression, known)
    except Invalid as refused:
        assert refused.message
