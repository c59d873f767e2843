"""The guards of a run, each at its very number: what the owner is told in docs/flows/how.md."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.models import FlowStep

pytestmark = pytest.mark.feature("FE-11")


def line(count: int, kind: str = "set_variable", **data: Any) -> dict[str, Any]:
    """Steps one behind the other, and the start before them."""
    given = data or {"name": "x", "value": "1"}
    edges = " ".join(f"n{at}>n{at + 1}" for at in range(1, count))
    return graph(*(node(f"n{at}", kind, **given) for at in range(1, count + 1)), edges=f"start>n1 {edges}")


def test_fifty_steps_are_played_and_no_more(shop: Shop) -> None:
    shop.on(line(49))
    shop.hears("hi")
    assert (shop.session().state, len(shop.steps())) == ("ended", 50)


def test_the_fifty_first_step_stops_the_flow_and_a_person_is_told(shop: Shop) -> None:
    shop.on(line(50))
    number = shop.hears("hi")
    assert (shop.session().state, len(shop.steps())) == ("failed", 50)
    assert "More than 50 steps" in str(shop.session().reason) and hold.is_held(number)


def test_a_node_is_visited_three_times_between_two_answers(shop: Shop) -> None:
    round_ = (node("a", "set_variable", name="x", value="1"), node("b", "set_variable", name="x", value="2"))
    shop.on(graph(*round_, edges="start>a a>b b>a"))
    shop.hears("hi")
    assert [name for name, _ in shop.steps()].count("a") == 3
    assert (shop.session().state, "reached 3 times" in str(shop.session().reason)) == ("failed", True)


def test_an_answer_of_the_customer_lets_the_visits_and_messages_begin_anew(shop: Shop) -> None:
    asks = (node("ask", "ask_text", question="More?", save_as="x"), node("m", "send_message", text="Yes"))
    shop.on(graph(*asks, edges="start>ask ask>m m>ask"))
    shop.hears("hi")
    for _ in range(8):
        shop.hears("more")
    assert (shop.session().state, shop.said().count("More?")) == ("waiting", 9)


def test_five_messages_go_out_between_two_answers_and_the_sixth_fails(shop: Shop) -> None:
    shop.on(line(7, "send_message", text="On and on"))
    shop.hears("hi")
    assert len(shop.said()) == 5
    assert [(row.node_id, "at most 5 messages" in row.error) for row in FlowStep.select().where(FlowStep.error.is_null(False))] == [
        ("n6", True)
    ]


def test_flows_call_each_other_ten_deep(shop: Shop) -> None:
    """One that calls itself, as it does once it is published again."""
    number = shop.on(graph(node("m", "send_message", text="x"), edges="start>m"))
    flows.save_draft(number, graph(node("go", "go_to_flow", flow=str(number)), edges="start>go"), shop.asha)
    publish.publish(number, shop.asha)
    shop.hears("hi")
    assert (shop.session().state, shop.session().reason) == ("failed", "Flows call each other more than 10 deep.")
    assert [name for name, _ in shop.steps()].count("go") == 11
