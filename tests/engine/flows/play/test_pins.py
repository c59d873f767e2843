"""A talk is run again from a step: with a pinned answer, a pinned failure, or other variables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.engine.flows.talk import graph, node
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.play.trail import with_variables
from wablast_box.engine.flows.rehearsal.play import Rehearsal, play
from wablast_box.lib.errors import Invalid

pytestmark = pytest.mark.feature("FE-24")
ORDER = parse_graph(graph(
    node("name", "ask_text", question="Your name?", save_as="who"),
    node("order", "http_request", url="https://erp.example/orders", method="GET", save_as="order"),
    node("told", "send_message", text="{{who}}: {{order.body.state}}"), node("sorry", "send_message", text="Sorry {{who}}"),
    edges="start>name name>order order>told order.error>sorry",
))  # fmt: skip


def talk(pins: dict[str, Any], *said: str) -> Rehearsal:
    return play(ORDER, said or ("hi", "Kabir"), begin=datetime(2026, 11, 20, 6, tzinfo=UTC), pins=pins)


def last(done: Rehearsal) -> str:
    return str(done.replies[-1]["message"]["text"]["body"])


def test_what_another_system_answers_is_pinned() -> None:
    assert last(talk({})) == "Kabir: "
    assert last(talk({"order": {"answer": {"state": "shipped"}}})) == "Kabir: shipped"


@pytest.mark.parametrize("pin", [{"error": "The server is down."}, {"status": 404, "answer": {}}])
def test_a_failure_is_pinned_and_its_way_taken(pin: dict[str, Any]) -> None:
    done = talk({"order": pin})

    assert last(done) == "Sorry Kabir"
    assert [one["error"] for one in done.steps if one["node_id"] == "order"] != [None]


def test_a_step_is_run_with_other_variables_and_the_trail_says_so() -> None:
    done = talk({"told": {"variables": {"who": "Meera", "order": {"body": {"state": "on its way"}}}}})
    saw = {one["node_id"]: one["input"]["variables"].get("who") for one in with_variables(done.steps)}

    assert last(done) == "Meera: on its way"
    assert (saw["order"], saw["told"]) == ("Kabir", "Meera")


def test_steps_before_the_pin_are_the_same() -> None:
    pinned, plain = talk({"told": {"variables": {"who": "Meera"}}}), talk({})

    assert [one["outcome"] for one in pinned.steps[:3]] == [one["outcome"] for one in plain.steps[:3]]


@pytest.mark.parametrize(
    "pins",
    [
        {"order": 1}, {"order": {"answers": 1}}, {"order": {"status": "500"}}, {"order": {"status": True}}, {"order": {"status": 42}},
        {"order": {"error": 1}}, {"order": {"variables": []}}, {"order": {"variables": {"x": "y" * 100_000}}},
        {"order": {"answer": "y" * 100_000}}, {str(at): {} for at in range(1001)},
    ],
)  # fmt: skip
def test_pins_of_another_form_are_refused(pins: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        talk(pins)
