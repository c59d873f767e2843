"""What a flow keeps and says stays small, however often a few letters ask for the same long value."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.models import FlowStep
from wablast_box.engine.flows.node import values, writing
from wablast_box.engine.flows.node.outcome import Call, End, Jump
from wablast_box.lib.errors import Invalid
from wablast_box.plugins.api import NodeType, Outcome, Step
from wablast_box.plugins.testing import play_node

INDIA = ZoneInfo("Asia/Kolkata")
MANY = "{{big}}" * 580


@pytest.mark.feature("FE-07")
@pytest.mark.parametrize("encoder", list(values.ENCODERS))
def test_a_text_grows_to_a_million_characters_and_no_further(encoder: str) -> None:
    known = {"big": "x" * 60_000}

    assert len(values.fill("{{big}}" * 17, known, encoder, INDIA)) == 17 * 60_000
    for put in (values.fill, writing.write):
        with pytest.raises(Invalid, match="longer than a million"):
            put(MANY, known, encoder, INDIA)


@pytest.mark.feature("FN-48")
def test_flows_that_call_each_other_do_not_multiply_what_they_hand_on(shop: Shop) -> None:
    waits = graph(node("ask", "ask_text", question="Well?", save_as="x"), edges="start>ask", trigger={"kind": "keyword", "words": "never"})
    last = shop.on(waits, "Last")
    go = graph(
        node("go", "go_to_flow", flow=str(last), variables={"big": "{{big}}" * 4}),
        edges="start>go",
        trigger={"kind": "keyword", "words": "no"},
    )
    middle = shop.on(go, "Middle")
    shop.on(
        graph(
            node("keep", "set_variable", name="big", value="{{message.text}}"),
            node("go", "go_to_flow", flow=str(middle), variables={"big": MANY}), node("sorry", "send_message", text="Sorry"),
            edges="start>keep keep>go go.error>sorry",
        )
    )  # fmt: skip
    shop.hears("y" * 40)

    assert len(shop.session().variables_json["big"]) == 40 * 580
    assert max(len(str(row.output_json)) for row in FlowStep.select()) < 64 * 1024
    assert shop.session().state == "failed" and "larger than the 64 kB" in str(shop.session().reason)


class Odd(NodeType):
    """Does what it is told by the test."""

    type, title, category = "odd", "Odd", "logic"
    can_fail = True
    what: Any = None

    def run(self, step: Step) -> Outcome:
        return self.what


@pytest.mark.feature("AP-10")
@pytest.mark.parametrize(
    "what",
    [
        End(["x"]), Jump({"x": 1}), Jump(7), Call(1, {"big": "x" * 70_000}), Call(1, {7: "x"}), Call(1, {"x": {1, 2}}),  # type: ignore[arg-type, dict-item]
        Call(1, {f"n{at}": at for at in range(201)}),
    ],
    ids=range(7),
)  # fmt: skip
def test_a_node_cannot_leave_with_what_no_session_keeps(what: Any) -> None:
    played = play_node(type("Odd", (Odd,), {"what": what, "__doc__": "Odd."}))

    assert (played.output, played.state, played.variables) == ("error", "failed", {})
    assert "reference" not in (played.reason or "")
