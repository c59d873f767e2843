"""What is wrong with a drawing: errors forbid publishing, warnings do not."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.nodes.catalogue import BUILTIN
from wablast_box.engine.flows.rehearsal import talk
from wablast_box.lib.errors import Invalid

HELLO = node("hello", "send_message", text="Hello!")
ASK = node("ask", "send_buttons", text="Well?", buttons=[{"id": "yes", "title": "Yes"}, {"id": "no", "title": "No"}])
DONE = node("done", "end")
HOUR = {"amount": 1, "unit": "hours"}


def found(drawn: Any) -> list[tuple[str | None, str | None, str, str]]:
    return [(one.node_id, one.field, one.code, one.severity) for one in problems_of(drawn)]


@pytest.mark.feature("FE-03")
@pytest.mark.parametrize(
    ("drawn", "problem"),
    [
        ({"nodes": [], "edges": []}, (None, None, "no_start", "error")),
        (graph(node("other", "start"), edges=""), ("other", None, "two_starts", "error")),
        (graph(HELLO, edges="start>hello hello>gone"), ("hello", None, "dangling_edge", "error")),
        (graph(HELLO, edges="start>hello gone>hello"), (None, None, "dangling_edge", "error")),
        (graph(node("hello", "send_message"), edges="start>hello"), ("hello", "text", "missing", "error")),
        (graph(node("hello", "send_message", text="x" * 4097), edges="start>hello"), ("hello", "text", "too_long", "error")),
        (graph(node("hello", "send_message", text="Dear {{contact.name"), edges="start>hello"), ("hello", "text", "open_place", "error")),
        (graph(node("hello", "send_message", text="{{total | rupees}}"), edges="start>hello"), ("hello", "text", "unknown_filter", "error")),
        (graph(node("hello", "send_message", text="{{total | inr | }}"), edges="start>hello"), ("hello", "text", "unknown_filter", "error")),
        (graph(node("magic", "acme_magic"), edges="start>magic"), ("magic", None, "unknown_node_type", "error")),
        (graph({**HELLO, "version": 99}, edges="start>hello"), ("hello", None, "newer_node", "error")),
        (graph(HELLO, edges="start>hello hello>start"), ("hello", None, "into_start", "error")),
        (graph(node("back", "jump", node="gone"), edges="start>back"), ("back", "node", "dangling_jump", "error")),
        (graph(HELLO, edges=""), ("hello", None, "unreachable", "warning")),
        (graph(HELLO, edges="start>hello hello.maybe>hello"), ("hello", None, "unknown_output", "warning")),
        (graph(ASK, DONE, edges="start>ask ask.yes>done ask.unmatched>done"), ("ask", None, "open_end", "warning")),
        (graph(HELLO, edges="start>hello", trigger={"kind": "keyword"}), ("start", "triggers.0.words", "missing", "error")),
        ({"nodes": [HELLO, HELLO], "edges": []}, (None, "graph.nodes", "not_a_graph", "error")),
        (graph(HELLO, edges="start>hello start>hello"), (None, "graph.edges.1", "not_a_graph", "error")),
    ],
)
def test_what_is_wrong_is_said_where_it_is(drawn: Any, problem: tuple[str | None, str | None, str, str]) -> None:
    assert found(drawn) == [problem]


@pytest.mark.feature("FE-03")
def test_a_drawing_without_a_fault_is_called_sound() -> None:
    assert found(graph(ASK, HELLO, DONE, edges="start>ask ask.yes>hello ask.no>done ask.unmatched>hello hello>done")) == []


@pytest.mark.feature("FE-03")
def test_what_is_switched_off_is_not_asked_for_its_fields() -> None:
    assert found(graph({**node("hello", "send_message"), "disabled": True}, edges="start>hello")) == []


@pytest.mark.feature("FE-03")
def test_errors_come_before_warnings() -> None:
    drawn = graph(HELLO, node("broken", "send_message"), edges="start>broken")
    assert [severity for *_, severity in found(drawn)] == ["error", "warning"]


@pytest.mark.feature("FE-03")
def test_publishing_names_every_error_and_changes_nothing(box: Path) -> None:
    shop = Shop()
    drawn = graph(node("a", "send_message"), node("b", "acme_magic"), edges="start>a a>b")
    number = int(flows.create_flow("Broken", drawn, shop.asha)["id"])
    with pytest.raises(Invalid) as refused:
        publish.publish(number, shop.asha)
    assert refused.value.code == "flow_has_problems"
    assert [one.field for one in refused.value.fields] == ["a.text", "b"]
    assert (talk.flow(number)["published"], talk.flow(number)["is_on"]) == (None, False)


@pytest.mark.feature("FE-03")
@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ({"kind": "keyword", "words": "hi, menu"}, {"kind": "keyword", "words": "order, MENU!"}, True),
        ({"kind": "keyword", "words": "hi"}, {"kind": "keyword", "words": "bye"}, False),
        ({"kind": "any_message"}, {"kind": "any_message"}, True),
        ({"kind": "any_message"}, {"kind": "keyword", "words": "hi"}, False),
        ({"kind": "button", "value": "pay"}, {"kind": "button", "value": "pay"}, True),
    ],
)
def test_two_flows_that_would_answer_the_same_are_told_apart_before_they_are_published(
    box: Path, first: dict[str, Any], second: dict[str, Any], clash: bool
) -> None:
    shop = Shop()
    shop.on(graph(HELLO, edges="start>hello", trigger=first), "First")
    number = int(flows.create_flow("Second", graph(HELLO, edges="start>hello", trigger=second), shop.asha)["id"])
    assert [(one.code, one.field) for one in talk.problems(number)] == ([("trigger_clash", "triggers.0")] if clash else [])
    if clash:
        with pytest.raises(Invalid, match="First"):
            publish.publish(number, shop.asha)


@pytest.mark.feature("FE-22")
def test_a_circle_of_short_waits_and_a_jump_also_lead_past_a_day() -> None:
    around = graph(node("wait", "delay", **HOUR), node("back", "jump", node="wait"), HELLO, edges="start>wait wait>hello hello>back")
    assert ("hello", None, "window_closed", "warning") in found(around)
    once = graph(node("wait", "delay", **HOUR), HELLO, edges="start>wait wait>hello")
    assert found(once) == []


@pytest.mark.feature("FE-22")
def test_waits_before_the_customers_answer_do_not_count() -> None:
    drawn = graph(
        node("wait", "delay", amount=20, unit="hours"), node("ask", "ask_text", question="Still there?"),
        node("later", "delay", amount=20, unit="hours"), HELLO, edges="start>wait wait>ask ask>later ask.invalid>later later>hello",
    )  # fmt: skip
    assert found(drawn) == []


@pytest.mark.feature("FE-22")
def test_every_node_that_sends_says_whether_it_needs_the_window() -> None:
    sends = {kind.type for kind in BUILTIN if kind.sends_freely}
    asks = {kind.type for kind in BUILTIN if kind.type.startswith(("send_", "ask_", "request_"))}
    assert asks - sends == {"send_template", "send_email"}
    assert sends - asks == {"ai_answer", "ai_agent"}


@pytest.mark.feature("FE-22")
def test_a_thousand_short_waits_in_every_direction_are_looked_through_at_once() -> None:
    waits = [node(f"n{at}", "delay", amount=1, unit="seconds") for at in range(999)]
    ways = " ".join(f"n{at}.{way}>n{(at * 7 + way * 31 + 1) % 999}" for at in range(999) for way in range(5))
    began = time.perf_counter()
    problems_of(graph(*waits, edges=f"start>n0 {ways}"))
    assert time.perf_counter() - began < 10


def test_a_way_that_leads_nowhere_is_called_by_its_words() -> None:
    drawn = graph(node("ask", "send_buttons", text="Silk?", buttons=[{"id": "b1", "title": "Yes"}, {"id": "b2"}]), edges="start>ask")
    said = [one.message for one in problems_of(drawn) if one.code == "open_end"]

    assert said[:2] == ["The way “Yes” leads nowhere: the flow ends there.", "The way “b2” leads nowhere: the flow ends there."]


@pytest.mark.feature("FE-03")
def test_what_may_stand_between_braces_is_no_problem() -> None:
    text = "{{ contact.name | first_name | default: 'you' }} {{order.total | inr}} {{visit | date: \"D MMM\"}} } {\"a\": {\"b\": {{x | json}}}}"
    drawn = graph(node("hello", "send_message", text=text), edges="start>hello")
    asks = graph(node("ask", "http_request", url="https://a.example", headers={"A": "{{secret.crm | base64}}"}), edges="start>ask")

    assert [one for one in problems_of(drawn) + problems_of(asks) if one.severity == "error"] == []
