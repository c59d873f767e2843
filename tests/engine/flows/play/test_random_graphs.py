"""Any graph with any talk: the guards hold, the same talk takes the same steps, and nobody's graph breaks the executor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from tests.engine.flows.wild import WELL_FORMED
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.graph import Graph, parse_graph
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.nodes.catalogue import BUILTIN
from wablast_box.engine.flows.play.executor import MOST_SENDS, MOST_STEPS, MOST_VISITS
from wablast_box.engine.flows.rehearsal.play import Rehearsal, play
from wablast_box.lib.errors import Invalid

pytestmark = pytest.mark.feature("FE-11")
quick = settings(derandomize=True, max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
MORNING = datetime(2026, 12, 25, 5, 0, tzinfo=UTC)
NAMES = ("start", "a", "b", "c", "d", "e")
LINK = "https://example.com/a.jpg"
RULES = {"match": "any", "rules": [{"left": "x", "operator": "equals", "right": "{{message.text}}"}]}
TAPS = [{"id": "yes", "title": "Yes"}, {"id": "no", "title": "No"}]
ROWS = [{"id": f"row{at}", "title": f"Row {at}"} for at in range(12)]
# What each type needs so that it is sound; what it may have beside that.
DATA: dict[str, dict[str, Any]] = {
    "send_message": {"text": "{{x}} is {{message.text | upper}}"}, "send_media": {"link": LINK}, "send_voice": {"link": LINK},
    "send_cta_url": {"text": "Look", "label": "Open", "url": "https://example.com/{{x}}"}, "send_template": {"name": "hello"}, "send_voice_call": {"text": "Call us"},
    "send_location": {"latitude": "{{x}}", "longitude": "72.8"}, "send_contact": {"name": "Asha", "phone": "{{x}}"},
    "send_buttons": {"text": "Well?", "buttons": TAPS, "reprompts": 1}, "send_list": {"text": "Well?", "rows": ROWS, "reprompts": 5},
    "ask_choice": {"text": "Which?", "source": "list"}, "ask_rating": {"text": "Stars?"},
    "ask_picture": {"text": "Which?", "pictures": [{**one, "link": LINK} for one in TAPS]},
    **{name: {"question": "{{x}}?", "save_as": "x", "wait_minutes": 60} for name in (
        "ask_text", "ask_number", "ask_phone", "ask_email", "ask_url", "ask_date", "ask_time", "request_location", "ask_address", "ask_media",
    )},
    "condition": {"rules": RULES}, "switch": {"cases": [{"id": "yes", "name": "Yes", "rules": RULES}]},
    "random_split": {"ways": [{"id": "yes", "name": "A"}, {"id": "no", "name": "B"}]}, "calculate": {"sum": "x + 1", "save_as": "x"},
    "set_variable": {"name": "list", "kind": "add", "value": "{{message.text}}"}, "delay": {"amount": 1, "unit": "hours"},
    "wait_until": {"kind": "reply", "wait_minutes": 60}, "loop": {"source": "list"}, "jump": {"node": "a"},
    "go_to_flow": {"flow": "1", "variables": {"x": "{{x}}!"}}, "start_flow_for": {"flow": "1", "to": "+919812345678"},
    "update_contact_field": {"field": "1", "value": "{{x}}"}, "set_language": {"language": "hi"}, "add_tag": {"names": "{{x}}"},
    "remove_tag": {"names": "vip"}, "add_note": {"text": "{{x}}"}, "notify_staff": {"text": "{{x}}"},
    "webhook": {"url": "https://example.com"}, "send_email": {"to": "{{x}}", "subject": "s", "text": "t"},
}  # fmt: skip
QUICK = [kind for kind in BUILTIN if not kind.is_slow and kind.type != "start"]
LINES = st.lists(
    st.one_of(
        st.sampled_from(["hi", "1", "yes", "more", "kal", "5 pm", "asha@example.com", "98123 45678", "", "x" * 5000]),
        st.sampled_from([{"reply_id": "yes"}, {"reply_id": "row3"}, {"media": "image"}, {"location": {"latitude": 19, "longitude": 72}}]),
        st.sampled_from([{"skip_s": 9}, {"skip_s": 3600}, {"skip_s": 6 * 3600}]),
    ),
    max_size=8,
).map(lambda lines: ["hi", *lines])


@st.composite
def graphs(draw: st.DrawFn, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Sound nodes with edges of any kind between them."""
    kinds = [draw(st.sampled_from([kind for kind in QUICK if kind.type not in without])) for _ in NAMES[1:]]
    nodes = [{"id": "start", "type": "start", "data": {}}]
    nodes += [{"id": name, "type": kind.type, "data": DATA.get(kind.type, {})} for name, kind in zip(NAMES[1:], kinds, strict=True)]
    edges = [{"from": "start", "output": "next", "to": "a"}]
    for name, kind in zip(NAMES[1:], kinds, strict=True):
        for output in dict.fromkeys([*kind(DATA.get(kind.type, {})).all_outputs(), "otherwise"]):
            target = draw(st.sampled_from([*NAMES[1:], None, "gone"] if output == "error" else NAMES[1:]))
            edges += [{"from": name, "output": output, "to": target}] if target else []
    return {"nodes": nodes, "edges": edges}


@pytest.mark.parametrize("kind", QUICK)
def test_what_the_talks_are_made_of_is_sound(kind: type[NodeType]) -> None:
    """Else the talks would try less than they say."""
    assert [one.path for one in kind(DATA.get(kind.type, {})).problems()] == []


def played(drawn: dict[str, Any], said: list[Any]) -> Rehearsal:
    """Every other flow is this flow: it calls itself."""
    graph: Graph = parse_graph(drawn)
    try:
        return play(graph, said, begin=MORNING, load=lambda version: graph, find=lambda flow_id: 1, pinned={"e": False})
    except Invalid as refused:
        assert "let less time pass" in refused.message
        reject()


def answers(done: Rehearsal, said: list[Any]) -> Iterator[tuple[list[dict[str, Any]], int]]:
    """Between two answers of the customer: the steps, and how many messages went out."""
    heard = [
        at for at, one in enumerate(said) if not (isinstance(one, dict) and "skip_s" in one) and any(s["after"] == at for s in done.steps)
    ]
    for begin, end in zip(heard, [*heard[1:], len(said)], strict=True):
        yield [one for one in done.steps if begin <= one["after"] < end], sum(begin <= one["after"] < end for one in done.replies)


def turns(steps: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Steps until each rest."""
    turn: list[dict[str, Any]] = []
    for one in steps:
        turn.append(one)
        if one["outcome"] == "wait":
            yield turn
            turn = []
    yield turn


@quick
@given(graphs(), LINES)
def test_no_turn_is_longer_and_no_customer_gets_more_than_the_guards_allow(drawn: dict[str, Any], said: list[Any]) -> None:
    done = played(drawn, said)
    assert done.run.state in ("waiting", "ended", "failed")
    assert (done.run.state == "failed") <= bool(done.run.reason)
    for steps, sent in answers(done, said):
        assert sent <= MOST_SENDS
        assert all(len(turn) <= MOST_STEPS for turn in turns(steps))


@quick
@given(graphs(without=("loop", "go_to_flow")), LINES)
def test_no_node_is_visited_more_often_than_the_guards_allow(drawn: dict[str, Any], said: list[Any]) -> None:
    """But for loops, which count for themselves, and flows that call each other, which are counted apart."""
    done = played(drawn, said)
    for steps, _ in answers(done, said):
        resumed = [False, *(one["outcome"] == "wait" for one in steps)]
        # The first step hears the answer, unless it is the very first.
        resumed[0] = bool(steps) and steps[0]["number"] > 1
        visits = Counter(one["node_id"] for one, hears in zip(steps, resumed, strict=False) if not hears)
        assert not visits or max(visits.values()) <= MOST_VISITS


@pytest.mark.feature("FE-10")
@quick
@given(graphs(), LINES)
def test_the_same_talk_takes_the_same_steps(drawn: dict[str, Any], said: list[Any]) -> None:
    first, second = played(drawn, said), played(drawn, said)
    assert [same(one) for one in first.steps] == [same(one) for one in second.steps]
    assert (first.replies, first.acts, first.run.variables, first.run.state) == (
        second.replies, second.acts, second.run.variables, second.run.state,
    )  # fmt: skip


@quick
@given(graphs(), LINES)
def test_one_line_more_changes_nothing_that_was(drawn: dict[str, Any], said: list[Any]) -> None:
    whole, without = played(drawn, said), played(drawn, said[:-1])
    assert [same(one) for one in whole.steps][: len(without.steps)] == [same(one) for one in without.steps]


@quick
@given(graphs(), LINES)
def test_no_sound_node_makes_a_mistake_of_its_own(drawn: dict[str, Any], said: list[Any]) -> None:
    assert mistakes(drawn, said) == []


@quick
@given(WELL_FORMED, LINES)
def test_what_the_check_lets_through_makes_no_mistake_either(drawn: dict[str, Any], said: list[Any]) -> None:
    if not any(one.severity == "error" for one in problems_of(drawn)):
        assert mistakes(drawn, said) == []


def mistakes(drawn: dict[str, Any], said: list[Any]) -> list[str]:
    """Steps that failed in a way that nobody foresaw: the executor keeps those under a reference."""
    return [f"{one['node_type']}: {one['error']}" for one in played(drawn, said).steps if "Something went wrong" in (one["error"] or "")]


def same(step: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in step.items() if name != "duration_us"}
