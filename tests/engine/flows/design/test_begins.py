"""Start nodes of flows that begin by themselves: what is wrong with one, what it may not send, and how it reads."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows import read
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.nodes.starts import Start
from wablast_box.engine.flows.rehearsal import talk


def wrong(**trigger: Any) -> list[tuple[str | None, str]]:
    drawn = graph(node("m", "send_template", template="hello"), edges="start>m", trigger=trigger)
    return [(one.field, one.code) for one in problems_of(drawn) if one.node_id == "start"]


@pytest.mark.feature("FT-05", "FT-07", "FT-08")
@pytest.mark.parametrize(
    ("trigger", "problems"),
    [
        ({"kind": "tag_added"}, [("triggers.0.tag", "missing")]), ({"kind": "tag_added", "tag": "VIP"}, []),
        ({"kind": "contact_field_changed"}, [("triggers.0.field", "missing")]), ({"kind": "keyword", "words": "hi"}, []),
        ({"kind": "schedule", "repeat": "once"}, [("triggers.0.on", "missing"), ("triggers.0.who_tag", "missing")]),
        ({"kind": "schedule", "repeat": "once", "on": "24/12", "who": "wrote"}, [("triggers.0.on", "not_a_day")]),
        ({"kind": "schedule", "repeat": "weekly", "weekdays": "Sometimes", "who": "wrote"}, [("triggers.0.weekdays", "not_a_day")]),
        ({"kind": "schedule", "at": "9 pm", "who": "wrote"}, [("triggers.0.at", "not_a_time")]), ({"kind": "schedule", "who": "wrote"}, []),
        ({"kind": "date_field", "field": "Birthday", "side": "before", "days": 500}, [("triggers.0.days", "out_of_range")]),
        ({"kind": "not_read", "amount": 0}, [("triggers.0.amount", "out_of_range")]), ({"kind": "message_failed"}, []),
        ({"kind": "order_paid"}, [("triggers.0.kind", "not_an_option")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_trigger_is_said_at_its_field(trigger: dict[str, Any], problems: list[tuple[str, str]]) -> None:
    assert wrong(**trigger) == problems


def test_a_form_shows_what_matters_beside_what_was_chosen() -> None:
    fields = Start.describe()["fields"]["properties"]["triggers"]["items"]["properties"]
    assert fields["on"]["x-when"] == {"kind": ["schedule"], "repeat": ["once"]}
    assert "x-when" not in fields["kind"] and "x-when" not in fields["priority"]


@pytest.mark.feature("FT-05", "FT-08")
@pytest.mark.parametrize(
    ("kind", "warns"), [("schedule", True), ("tag_added", True), ("not_read", True), ("keyword", False), ("conversation_opened", False)]
)
def test_a_free_message_before_an_answer_is_warned_of_where_nobody_has_just_written(kind: str, warns: bool) -> None:
    steps = [
        node("m", "send_message", text="Hi"),
        node("q", "ask_text", question="?", save_as="a"),
        node("n", "send_message", text="Thanks"),
    ]
    drawn = graph(*steps, edges="start>m m>q q>n", trigger={"kind": kind})
    assert [one.node_id for one in problems_of(drawn) if one.code == "window_closed"] == (["m", "q"] if warns else [])


def test_two_flows_that_begin_by_the_same_are_told_of_each_other(shop: Shop) -> None:
    drawn = graph(node("m", "send_message", text="Hi"), edges="start>m", trigger={"kind": "tag_added", "tag": "VIP"})
    shop.on(drawn, "One")
    two = shop.on(drawn, "Two")
    found = [one for one in talk.problems(two) if one.code == "same_occasion"]
    assert [one.severity for one in found] == ["warning"]
    assert "One" in found[0].message


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        ({"kind": "schedule", "repeat": "weekly", "weekdays": "Mon", "at": "09:00", "who_tag": "VIP"}, "Every week Mon at 09:00: customers with VIP"),
        ({"kind": "schedule", "repeat": "monthly", "day": 5, "who": "wrote", "who_days": 7}, "Every month on the 5. at 10:00: who wrote in the last 7 days"),
        ({"kind": "date_field", "field": "Birthday", "side": "before", "days": 1}, "1 day before Birthday at 10:00"),
        ({"kind": "not_read", "amount": 30, "unit": "minutes"}, "Not read for 30 minutes"), ({"kind": "tag_added", "tag": "VIP"}, "A tag was put on: VIP"),
    ],
)  # fmt: skip
def test_the_list_says_in_words_when_a_flow_begins(shop: Shop, trigger: dict[str, Any], words: str) -> None:
    shop.on(graph(node("m", "send_message", text="x"), edges="start>m", trigger=trigger))
    assert read.flows()[0]["starts"] == [words]
