"""Nodes that decide, work out, wait and lead."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.node.sums import check_sum, work_out
from wablast_box.engine.flows.nodes.logic import RandomSplit
from wablast_box.lib.errors import Invalid

from .conftest import Talk, error, problems, texts, way

BIG = {"match": "all", "rules": [{"left": "message.text", "operator": "greater", "right": "500"}]}


def shows(name: str) -> tuple[str, dict[str, str]]:
    return "send_message", {"text": "{{" + name + "}}"}


@pytest.mark.feature("FN-24")
@pytest.mark.parametrize(("said", "output"), [("₹900", "yes"), ("100", "no")])
def test_a_condition_has_two_ways(talk: Talk, said: str, output: str) -> None:
    heard = talk([("wait_until", {"kind": "reply"}), ("condition", {"rules": BIG})], said)
    same = talk([("wait_until", {"kind": "reply"}), ("condition", {"expression": "contains(message.text, '9')"})], said)

    assert (way(heard, "n2"), way(same, "n2")) == (output, output)


@pytest.mark.feature("FN-24")
def test_a_condition_that_cannot_be_worked_out_goes_by_error(talk: Talk) -> None:
    assert way(talk([("condition", {"expression": "sum(message.text)"})])) == "error"
    assert problems("condition", {}) == ["rules"]
    assert problems("condition", {"rules": BIG, "expression": "a"}) == ["rules"]
    assert problems("condition", {"expression": "a["}) == ["expression"]


@pytest.mark.feature("FN-25")
@pytest.mark.parametrize(("said", "output"), [("900", "big"), ("hello", "otherwise"), ("silk", "silk")])
def test_the_first_case_that_holds_is_taken(talk: Talk, said: str, output: str) -> None:
    silk = {"match": "any", "rules": [{"left": "message.text", "operator": "contains", "right": "SILK"}]}
    cases = [{"id": "big", "name": "Big", "rules": BIG}, {"id": "silk", "name": "Silk", "rules": silk}]
    heard = talk([("wait_until", {"kind": "reply"}), ("switch", {"cases": cases})], said)

    assert way(heard, "n2") == output
    both = [cases[1], {"id": "late", "name": "Late", "rules": silk}, cases[0]]
    assert way(talk([("wait_until", {"kind": "reply"}), ("switch", {"cases": both})], "silk 900"), "n2") == "silk"
    assert problems("switch", {"cases": [{"id": "a", "name": "A"}]}) == ["cases.0.rules"]


class Keyed:
    def __init__(self, key: str):
        self.key = key


@pytest.mark.feature("FN-26")
def test_a_lot_falls_by_its_shares_and_always_the_same_for_one_step(talk: Talk) -> None:
    ways = [{"id": "a", "name": "A", "weight": 3}, {"id": "b", "name": "B"}, {"id": "c", "name": "C", "weight": 0}]
    node = RandomSplit({"ways": ways})
    fallen = Counter(node.run(Keyed(f"{number}:1")).output for number in range(2000))  # type: ignore[arg-type, union-attr]

    assert 1400 < fallen["a"] < 1600
    assert fallen["c"] == 0
    assert way(talk([("random_split", {"ways": ways})])) == way(talk([("random_split", {"ways": ways})]))
    assert problems("random_split", {"ways": [{"id": "a", "name": "A", "weight": 0}, {"id": "b", "name": "B", "weight": 0}]}) == [
        "ways.0.weight"
    ]


@pytest.mark.parametrize(("is_open", "output"), [(True, "open"), (False, "closed")])
def test_business_hours_part_the_ways(talk: Talk, is_open: bool, output: str) -> None:
    assert way(talk([("business_hours", {})], pinned={"n1": is_open})) == output


@pytest.mark.feature("FN-28")
@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("-2 * -(3 - 1)", "4"),
        ("7 % 4 / 2", "1.5"),
        ("0.1 + 0.2", "0.3"),
        ("round(price * {{quantity}} * 1.18, 2)", "2831.41"),
        ("min(price, 100, 200) + max(1, 2) + abs(-1) + floor(1.9) + ceil(1.1)", "106"),
        ("items + 1", "3"),
        ("cart.0.price × 2", "20"),
    ],
)
def test_a_sum_is_exact(written: str, found: str) -> None:
    values = {"price": "₹1,199.75", "quantity": 2, "items": ["a", "b"], "cart": [{"price": 10}]}

    assert work_out(written, values) == Decimal(found)
    check_sum(written)


@pytest.mark.feature("FN-28")
@pytest.mark.parametrize(
    "written",
    [
        "",
        "1 +",
        "1 / 0",
        "(1",
        "1 2",
        "2 ** 9",
        "nobody + 1",
        "__import__('os')",
        "a.b()",
        "round()",
        "(" * 200,
        "-" * 400 + "1",
        "9" * 501,
        "9" * 60 + "*9" * 200,
        "x" * 501,
    ],
)
def test_what_is_no_sum_is_said_in_words(written: str) -> None:
    with pytest.raises(Invalid):
        work_out(written, {"a": {"b": 1}})


@given(st.lists(st.sampled_from(["1", "2.5", "a", "(", ")", "+", "-", "*", "/", "%", ",", "round", "min", " ", "9" * 30])).map("".join))
def test_any_sum_comes_to_something_or_is_refused(written: str) -> None:
    try:
        assert isinstance(work_out(written, {"a": 3}), Decimal)
    except Invalid as refused:
        assert refused.message


@pytest.mark.feature("FN-28")
def test_a_result_is_kept(talk: Talk) -> None:
    heard = talk([("calculate", {"sum": "2 * 21", "save_as": "total"}), shows("total")])

    assert texts(heard) == ["42"]
    assert "no number" in error(talk([("calculate", {"sum": "message.text * 2"})]))
    assert problems("calculate", {"sum": "1 +"}) == ["sum"]


@pytest.mark.feature("FN-29")
def test_a_variable_is_set_added_to_and_cleared(talk: Talk) -> None:
    add = ("set_variable", {"name": "seen", "kind": "add", "value": "{{message.text}}!"})
    heard = talk([("set_variable", {"name": "seen", "value": "first"}), add, add, shows("seen")])
    worked = talk([("set_variable", {"name": "n", "kind": "expression", "expression": "length(message.text)"}), shows("n")])

    assert (texts(heard), texts(worked)) == (["first, hi!, hi!"], ["2"])
    assert talk([("set_variable", {"name": "seen", "kind": "clear"})]).run.variables == {"seen": None}
    assert problems("set_variable", {"name": "contact", "kind": "expression"}) == ["name", "expression"]


@pytest.mark.feature("FN-29")
def test_a_variable_too_large_goes_by_error(talk: Talk) -> None:
    heard = talk([("set_variable", {"name": "big", "value": "{{contact.name}}" * 30})], contact={"name": "x" * 3000})

    assert (way(heard), heard.run.variables) == ("error", {})


@pytest.mark.feature("FN-40")
def test_a_delay_passes_and_no_sooner(talk: Talk) -> None:
    nodes = [("delay", {"amount": 2, "unit": "hours"}), shows("contact.first_name")]

    assert texts(talk(nodes, {"skip_s": 7199})) == []
    assert texts(talk(nodes, "still there?", {"skip_s": 7200})) == ["Asha"]
    assert problems("delay", {"amount": 400, "unit": "days"}) == ["amount"]


# It is half past ten in India.
@pytest.mark.feature("FN-41")
@pytest.mark.parametrize(
    ("moment", "shift", "hours"),
    [
        ("2026-12-25T06:00:00Z", 0, 1),
        ("2026-12-25 12:30", -60, 1),
        ("11:30", 0, 1),
        ("10:30", 0, 24),
        ("26/12/2026", 0, 22.5),
        ("2026-12-24", 0, 0),
    ],
)
def test_a_moment_is_waited_for(talk: Talk, moment: str, shift: int, hours: float) -> None:
    heard = talk([("wait_until", {"moment": moment, "shift_minutes": shift})])
    due: datetime | None = heard.run.resume_at

    assert (due - heard.now).total_seconds() == hours * 3600 if due else hours == 0


@pytest.mark.feature("FN-41")
def test_a_moment_that_is_none_or_too_far_goes_by_error(talk: Talk) -> None:
    assert way(talk([("wait_until", {"moment": "{{nobody}}"})])) == "error"
    assert way(talk([("wait_until", {"moment": "2030-01-01"})])) == "error"
    assert problems("wait_until", {"kind": "time"}) == ["moment"]


@pytest.mark.feature("FN-41")
def test_a_message_is_waited_for_with_its_own_way_when_none_comes(talk: Talk) -> None:
    data = {"kind": "reply", "wait_minutes": 10, "save_as": "said"}

    assert talk([("wait_until", data)], "here I am").run.variables == {"said": "here I am"}
    assert way(talk([("wait_until", data)], {"skip_s": 600})) == "timeout"
    assert talk([("wait_until", {"kind": "webhook"})]).run.wait_for == "webhook"


LIST = ("set_variable", {"name": "cart", "kind": "expression", "expression": '`["Silk", "Cotton", "Linen", "Wool"]`'})


@pytest.mark.feature("FN-46")
def test_a_loop_goes_round_once_for_each_entry(talk: Talk) -> None:
    loop = ("loop", {"source": "cart", "item": "one", "index": "at"})
    heard = talk(
        [LIST, loop, ("send_message", {"text": "{{at}}. {{one}}"}), ("end", {"reason": "all"})],
        ways={"n2.each": "n3", "n3.next": "n2", "n2.done": "n4"},
    )

    assert texts(heard) == ["1. Silk", "2. Cotton", "3. Linen", "4. Wool"]
    assert heard.run.reason == "all"


@pytest.mark.feature("FN-46")
def test_a_loop_within_a_loop_begins_anew_each_time_and_endless_ones_are_stopped(talk: Talk) -> None:
    inner = [("loop", {"source": "cart", "item": "b", "most": 2}), ("set_variable", {"name": "seen", "kind": "add", "value": "{{a}}{{b}}"})]
    ways = {"n2.each": "n3", "n3.each": "n4", "n4.next": "n3", "n3.done": "n2", "n2.done": "n5"}
    heard = talk([LIST, ("loop", {"source": "cart", "item": "a", "most": 2}), *inner, shows("seen")], ways=ways)
    endless = talk([("set_variable", {"name": "x", "value": "1"}), ("set_variable", {"name": "x", "value": "2"})], ways={"n2.next": "n1"})

    assert texts(heard) == ["SilkSilk, SilkCotton, CottonSilk, CottonCotton"]
    assert endless.run.state == "failed"
    assert way(talk([("loop", {"source": "nobody", "item": "a"})])) == "done"


@pytest.mark.feature("FE-31")
def test_another_flow_is_played_with_what_it_is_given_and_comes_back(talk: Talk) -> None:
    other = parse_graph(
        {
            "nodes": [{"id": "n0", "type": "start"}, {"id": "n1", "type": "send_message", "data": {"text": "In the other: {{size}}"}}],
            "edges": [{"from": "n0", "output": "next", "to": "n1"}],
        }
    )
    options: dict[str, Any] = {"load": lambda version: other, "find": lambda flow_id: flow_id}
    call = {"flow": "7", "variables": {"size": "{{message.text}}"}}

    assert texts(talk([("go_to_flow", call), ("send_message", {"text": "back"})], **options)) == ["In the other: hi", "back"]
    assert texts(talk([("go_to_flow", {**call, "returns": False}), ("send_message", {"text": "back"})], **options)) == ["In the other: hi"]
    assert way(talk([("go_to_flow", {"flow": "x"})])) == "error"
    assert problems("go_to_flow", {"variables": {"Not A Name": "x"}}) == ["flow", "variables.Not A Name"]


@pytest.mark.feature("FN-47")
def test_a_jump_goes_on_elsewhere_and_an_endless_one_is_stopped(talk: Talk) -> None:
    heard = talk([("jump", {"node": "n3"}), ("send_message", {"text": "left out"}), ("send_message", {"text": "here"})])
    endless = talk([("set_variable", {"name": "x", "value": "1"}), ("jump", {"node": "n1"})])

    assert texts(heard) == ["here"]
    assert (endless.run.state, len(endless.steps)) == ("failed", 7)
    assert talk([("jump", {"node": "nowhere"})]).run.state == "failed"
    assert problems("jump", {}) == ["node"]


@pytest.mark.feature("FN-01")
def test_a_flow_begins_at_its_start_and_ends_with_a_reason(talk: Talk) -> None:
    heard = talk([shows("contact.first_name"), ("end", {"reason": "greeted"}), shows("contact.phone")])

    assert [one["node_type"] for one in heard.steps] == ["start", "send_message", "end"]
    assert (heard.run.state, heard.run.reason) == ("ended", "greeted")


@pytest.mark.feature("FN-01")
@pytest.mark.parametrize(
    ("trigger", "wrong"),
    [
        ({"kind": "keyword", "words": "hi, menu"}, []),
        ({"kind": "keyword", "words": " , "}, ["triggers.0.words"]),
        ({"kind": "keyword", "words": "(", "match": "regex"}, ["triggers.0.words"]),
        ({"kind": "button"}, ["triggers.0.value"]),
        ({"kind": "moon"}, ["triggers.0.kind"]),
        ({"kind": "any_message", "priority": 101}, ["triggers.0.priority"]),
    ],
)
def test_a_trigger_that_cannot_work_is_said(trigger: dict[str, Any], wrong: list[str]) -> None:
    assert problems("start", {"triggers": [{"id": "t", **trigger}]}) == wrong
