"""A node that leaves by a way out it does not have: a step that went wrong, in words, and never the quiet end of a flow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import Text
from wablast_box.engine.flows.node.outcome import Answer, Go, Outcome, Wait
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.registry import add_node, remove_nodes
from wablast_box.engine.flows.running import history
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.plugins.testing import play_node

pytestmark = [pytest.mark.feature("FE-21"), pytest.mark.feature("AP-10")]
WORDS = "This step left by “typo”, a way out that it does not have: it has yes, no, otherwise, error."


class Leaves(NodeType):
    """Leaves by what it is told."""

    type, title, category = "leaves", "Leaves", "logic"
    outputs = ("yes", "no", "otherwise")
    can_fail = True

    by = Text("By")
    waits = Text("Waits")

    def run(self, step: Step) -> Outcome:
        return Wait("reply") if self.waits else Go(self.by)

    def resume(self, step: Step, answer: Answer) -> Outcome:
        return Go(self.by)


class Bare(NodeType):
    """Has two ways out, neither of them the usual one, and none for failing."""

    type, title, category = "bare", "Bare", "logic"
    outputs = ("yes", "no")

    def run(self, step: Step) -> Outcome:
        return Go()


@pytest.fixture(autouse=True)
def nodes() -> Iterator[None]:
    for kind in (Leaves, Bare):
        add_node(kind)
    yield
    remove_nodes(Leaves.type, Bare.type)


@pytest.mark.parametrize("waits", ["", "yes"])
def test_a_way_out_that_a_node_does_not_have_goes_by_error(shop: Shop, waits: str) -> None:
    drawn = graph(
        node("it", "leaves", by="typo", waits=waits), node("m", "send_message", text="sorry"), node("o", "send_message", text="otherwise"),
        edges="start>it it.error>m it.otherwise>o",
    )  # fmt: skip
    shop.on(drawn)
    shop.hears("hi")
    if waits:
        shop.hears("yes")
    assert (shop.said(), shop.steps()[-2]) == (["sorry"], ("it", "error"))
    shown = history.steps(EVERYTHING, shop.session().id)
    assert [one["error"] for one in shown if one["node_id"] == "it"][-1] == WORDS


def test_without_a_way_for_errors_the_flow_stops_and_a_person_is_told(shop: Shop) -> None:
    shop.on(graph(node("it", "bare"), node("m", "send_message", text="yes"), edges="start>it it.yes>m"))
    number = shop.hears("hi")
    words = "This step left by “next”, a way out that it does not have: it has yes, no."
    assert (shop.session().state, shop.session().reason, hold.is_held(number)) == ("failed", words, True)


@pytest.mark.parametrize(("by", "said"), [("yes", ["yes"]), ("no", ["otherwise"]), ("former", ["former"])])
def test_what_a_node_has_leads_on_and_so_does_a_way_that_was_drawn_when_it_had_it(shop: Shop, by: str, said: list[str]) -> None:
    ends = [node(name, "send_message", text=name) for name in ("yes", "otherwise", "former")]
    shop.on(graph(node("it", "leaves", by=by), *ends, edges="start>it it.yes>yes it.otherwise>otherwise it.former>former"))
    shop.hears("hi")
    assert shop.said() == said


def test_a_declared_way_that_leads_nowhere_is_the_end_of_the_flow(shop: Shop) -> None:
    shop.on(graph(node("it", "leaves", by="yes"), edges="start>it"))
    shop.hears("hi")
    assert (shop.session().state, shop.session().reason) == ("ended", "end")


def test_a_plugins_author_is_told_by_their_own_test() -> None:
    played = play_node(Leaves, {"by": "typo"})
    assert (played.output, played.state, played.reason) == ("error", "failed", WORDS)
