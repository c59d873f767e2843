"""Two flows in each other's way: refused where a coin would decide, said where one would never be heard, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.rehearsal import talk
from wablast_box.lib.errors import Invalid


def on(words: str, match: str = "exact", priority: int = 0) -> dict[str, Any]:
    return {"kind": "keyword", "words": words, "match": match, "priority": priority}


def draws(shop: Shop, name: str, trigger: dict[str, Any]) -> int:
    drawn = graph(node("hello", "send_message", text="Hello!"), edges="start>hello", trigger=trigger)
    return int(flows.create_flow(name, drawn, shop.asha)["id"])


@pytest.mark.feature("FE-03")
@pytest.mark.feature("IN-44")
@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        # Of equal priority the nearer word answers; only the very same ones are a coin.
        (on("price"), on("hi, Price!"), "trigger_clash"), (on("price", "contains"), on("price", "contains"), "trigger_clash"),
        (on("^pri", "regex"), on("^pri", "regex"), "trigger_clash"), (on("price", "contains"), on("price", "exact"), None),
        (on("price", "contains"), on("my price", "contains"), None), (on("price", "contains"), on("price list", "starts_with"), None),
        (on("^pri", "regex"), on("pri", "starts_with"), None), (on("a.b", "regex"), on("a-b", "regex"), None),
        # The other one is more important and hears all that this one hears: exactly, from the beginning, anywhere, by a pattern.
        (on("price", "exact", 1), on("Price?"), "never_heard"), (on("price", "exact", 1), on("price", "contains"), None),
        (on("my", "starts_with", 1), on("my price"), "never_heard"), (on("my", "starts_with", 1), on("my price", "starts_with"), "never_heard"),
        (on("my", "starts_with", 1), on("my price", "contains"), None), (on("my price", "starts_with", 1), on("my", "starts_with"), None),
        (on("price", "contains", 1), on("hi, my price list", "contains"), "never_heard"), (on("price", "contains", 1), on("prices"), None),
        (on("^my ", "regex", 1), on("my price"), "never_heard"), (on("^my ", "regex", 1), on("my price", "contains"), None),
        (on("^my ", "regex", 1), on("^my ", "regex"), "never_heard"), ({"kind": "any_message", "priority": 1}, on("price"), "never_heard"),
        ({"kind": "first_message", "priority": 1}, on("price"), None), ({"kind": "any_message"}, on("price"), None),
        # And the other way round.
        (on("my price"), on("price", "contains", 1), "takes_words"), (on("price"), {"kind": "unmatched", "priority": 1}, "takes_words"),
        (on("price", "contains"), on("price", "exact", 1), None),
        # What is not a pattern, and no word at all, is said elsewhere.
        (on("price"), on("[a-z", "regex", 1), None), (on("price"), on("", "regex", 1), None),
        ({"kind": "any_message"}, {"kind": "any_message"}, "trigger_clash"), ({"kind": "any_message"}, {"kind": "any_message", "priority": 1}, None),
    ],
)  # fmt: skip
def test_what_two_flows_would_both_answer(box: Path, first: dict[str, Any], second: dict[str, Any], code: str | None) -> None:
    shop = Shop()
    one = draws(shop, "First", first)
    publish.publish(one, shop.asha)
    two = draws(shop, "Second", second)
    said = [problem for problem in talk.problems(two) if problem.flow_id is not None]
    severity = "error" if code == "trigger_clash" else "warning"
    expected = [] if code is None else [(code, severity, "triggers.0", str(one))]
    assert [(problem.code, problem.severity, problem.field, problem.flow_id) for problem in said] == expected
    assert all("“First”" in problem.message for problem in said)


@pytest.mark.feature("FE-03")
def test_what_is_never_heard_is_published_all_the_same_and_a_coin_is_not(box: Path) -> None:
    shop = Shop()
    publish.publish(draws(shop, "Offers", on("price", "contains", 5)), shop.asha)
    unheard = draws(shop, "Prices", on("offer, my price"))
    assert [one.message for one in talk.problems(unheard)] == [
        "“my price” never begins this flow: “Offers” has a higher priority and answers it."
    ]
    publish.publish(unheard, shop.asha)
    with pytest.raises(Invalid, match="“offer” also starts “Prices”"):
        publish.publish(draws(shop, "Again", on("offer")), shop.asha)
