"""Graphs from anywhere – an import, an old box, somebody's script – are refused in words or kept with what is wrong; nothing breaks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.flows.talk import Shop, graph, node
from tests.engine.flows.wild import ANYTHING, GRAPHS, WELL_FORMED, WORDS
from wablast_box.engine.flows.design import flows
from wablast_box.engine.flows.design.problems import MOST_SHOWN, problems_of
from wablast_box.engine.flows.graph import MOST_NODES, parse_graph
from wablast_box.engine.flows.rehearsal import talk
from wablast_box.engine.flows.rehearsal.play import play
from wablast_box.lib.errors import Invalid

pytestmark = pytest.mark.feature("FE-25")
quick = settings(derandomize=True, max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
LINE = st.one_of(
    WORDS, ANYTHING, st.fixed_dictionaries({"skip_s": ANYTHING}),
    st.fixed_dictionaries({}, optional={name: ANYTHING for name in ("text", "reply_id", "media", "location")}),
)  # fmt: skip
CONTACTS = st.dictionaries(st.sampled_from(["name", "language", "phone", "fields", "__proto__"]), ANYTHING)


@quick
@given(GRAPHS)
def test_whatever_is_given_as_a_graph_gets_a_list_of_problems(drawn: Any) -> None:
    for one in problems_of(drawn):
        json.dumps(one.as_json())
        assert one.code and one.message and one.severity in ("error", "warning")


@quick
@given(WELL_FORMED)
def test_nodes_with_data_of_every_wrong_kind_are_said_and_not_stumbled_over(drawn: dict[str, Any]) -> None:
    ids = {one["id"] for one in drawn["nodes"]}
    assert all(one.node_id in ids or one.node_id is None for one in problems_of(drawn))


@quick
@given(GRAPHS)
def test_a_graph_is_kept_as_it_was_given_or_refused(drawn: Any) -> None:
    try:
        kept = flows.checked_graph(drawn)
    except Invalid as refused:
        assert (refused.field or "").startswith("graph")
    else:
        assert kept == drawn


@quick
@given(WELL_FORMED, st.lists(LINE, max_size=4), CONTACTS)
def test_a_rehearsal_of_anything_ends_or_is_refused(drawn: dict[str, Any], said: list[Any], contact: dict[str, Any]) -> None:
    try:
        done = play(parse_graph(drawn), said, contact=contact)
    except Invalid as refused:
        assert refused.field
    else:
        assert done.run.state in ("running", "waiting", "ended", "failed")


@settings(quick, max_examples=60)
@given(drawn=WELL_FORMED | GRAPHS)
def test_a_draft_of_any_kind_is_kept_checked_and_shown(shop: Shop, drawn: Any) -> None:
    try:
        made = flows.create_flow("Odd", drawn, shop.asha)
    except Invalid:
        return
    number = int(made["id"])
    found = talk.problems(number)
    assert flows.save_draft(number, drawn, shop.asha)["problems"] == [one.as_json() for one in found]
    assert talk.flow(number)["graph"] == (flows.EMPTY if drawn is None else drawn)


@pytest.mark.parametrize(
    "triggers", [7, "hi", {"kind": "keyword"}, [7], [None], [[]], [{"kind": "keyword", "words": 7, "priority": "high"}]]
)
def test_triggers_of_no_kind_are_a_problem_and_no_accident(shop: Shop, triggers: Any) -> None:
    shop.on(graph(node("a", "end"), edges="start>a", trigger={"kind": "keyword", "words": "hi"}))
    drawn = {"nodes": [{"id": "start", "type": "start", "data": {"triggers": triggers}}], "edges": []}
    number = int(flows.create_flow("Odd", drawn, shop.asha)["id"])
    assert "error" in {one.severity for one in talk.problems(number)}


def test_nodes_of_a_type_that_is_not_here_stay_as_they_are(shop: Shop) -> None:
    strange = {
        "id": "n1",
        "type": "acme_magic",
        "version": 7,
        "name": "Magic",
        "data": {"__proto__": {"x": 1}, "deep": [[{"y": None}]]},
        "x": 1,
    }
    drawn = graph(strange, edges="start>n1") | {"made_by": {"constructor": "another box"}}
    made = flows.create_flow("Import", drawn, shop.asha)
    assert talk.flow(int(made["id"]))["graph"] == drawn
    assert [(one.node_id, one.code) for one in talk.problems(int(made["id"]))] == [("n1", "unknown_node_type")]
    assert play(parse_graph(drawn), ["hi"]).run.state == "failed"


@pytest.mark.parametrize("name", ["__proto__", "constructor", "prototype", "toString", "__class__", "start"])
def test_names_that_mean_something_elsewhere_are_names_of_nodes(name: str) -> None:
    drawn = {
        "nodes": [{"id": "s", "type": "start"}, {"id": name, "type": "send_message", "data": {"text": "Hello {{" + name + "}}", name: {name: 1}}}],
        "edges": [{"from": "s", "output": "next", "to": name}, {"from": name, "output": name, "to": "s"}],
        "layout": {name: {"x": 0, "y": 0}},
    }  # fmt: skip
    done = play(parse_graph(drawn), ["hi"])
    assert [one["message"]["text"]["body"] for one in done.replies] == ["Hello "]
    assert not [one for one in problems_of(drawn) if one.severity == "error"]


def test_a_hundred_thousand_nodes_are_refused_at_once() -> None:
    drawn = {"nodes": [{"id": str(at), "type": "end"} for at in range(100_000)], "edges": []}
    with pytest.raises(Invalid, match="at most 1,000 nodes"):
        flows.checked_graph(drawn)
    edges = {"nodes": [], "edges": [{"from": "a", "output": str(at), "to": "b"} for at in range(100_000)]}
    with pytest.raises(Invalid, match="at most 5,000 edges"):
        flows.checked_graph(edges)


def test_as_many_nodes_as_may_be_with_every_one_wrong_are_checked() -> None:
    drawn = {
        "nodes": [{"id": str(at), "type": "send_buttons" if at else "start", "data": {"buttons": [7] * 20}} for at in range(MOST_NODES)],
        "edges": [
            {"from": str(at), "output": str(way), "to": str((at + way) % MOST_NODES)} for at in range(MOST_NODES) for way in range(5)
        ],
    }
    assert len(problems_of(drawn)) == MOST_SHOWN


def test_a_text_of_three_megabytes_is_refused_by_size(shop: Shop) -> None:
    drawn = graph(node("a", "send_message", text="x" * 3 * 1024 * 1024), edges="start>a")
    with pytest.raises(Invalid, match="at most 2,048 kB"):
        flows.create_flow("Large", drawn, shop.asha)
    long = graph(node("a", "send_message", text="x" * 100_000), edges="start>a")
    made = flows.create_flow("Long", long, shop.asha)
    assert ("a", "text", "too_long") in [(one.node_id, one.field, one.code) for one in talk.problems(int(made["id"]))]


def test_flows_that_go_round_in_circles_are_drawn_and_stopped() -> None:
    drawn = graph(node("a", "set_variable", name="x"), node("b", "jump", node="a"), edges="start>a a>b b>a")
    assert not [one for one in problems_of(drawn) if one.severity == "error"]
    done = play(parse_graph(drawn), ["hi"])
    assert (done.run.state, done.run.reason) == ("failed", "“set_variable” was reached 3 times without an answer of the customer.")


def test_a_loop_that_waits_a_second_does_not_fill_a_year_that_is_skipped() -> None:
    filled = {"id": "list", "type": "set_variable", "data": {"name": "list", "kind": "add", "value": "a"}}
    drawn = graph(
        filled, node("loop", "loop", source="list"),
        node("wait", "delay", amount=1, unit="seconds"), edges="start>list list>loop loop.each>wait wait>loop loop.done>loop",
    )  # fmt: skip
    with pytest.raises(Invalid, match="let less time pass"):
        play(parse_graph(drawn), ["hi", {"skip_s": 366 * 86_400}])


@pytest.mark.parametrize("begin", [datetime(9999, 12, 31, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC), datetime(2026, 1, 1)])  # noqa: DTZ001
def test_a_talk_at_the_end_of_time_is_refused(begin: datetime) -> None:
    drawn = parse_graph(graph(node("wait", "delay"), edges="start>wait"))
    with pytest.raises(Invalid, match="millennium"):
        play(drawn, ["hi", {"skip_s": 100}], begin=begin)
