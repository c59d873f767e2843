"""The 24-hour window, seen at design time: a free message behind a wait that is longer than a day would be refused by Meta.

Meta, "Customer service windows": free-form messages reach a customer for 24 hours after their last message; later only
templates do.
"""

from __future__ import annotations

from collections.abc import Iterator

from wablast_box.engine.flows.design.problem import Problem
from wablast_box.engine.flows.design.ways import in_order, ways_of
from wablast_box.engine.flows.graph import Graph, Node
from wablast_box.engine.flows.node.occasions import WINDOW_MAY_BE_SHUT
from wablast_box.engine.flows.registry import find_type

DAY_S = 24 * 3600
# Round and round in a circle: as often as a loop goes at most.
MOST_ROUNDS = 100


def too_late(graph: Graph) -> Iterator[Problem]:
    """A warning for each free message that can be reached more than a day after the customer's last one."""
    start = graph.start
    if start is None:
        return
    for number, age in _ages(graph, start.id).items():
        if age > DAY_S and _needs_window(graph.nodes[number]):
            words = "More than 24 hours may have passed here: WhatsApp then takes templates only."
            yield Problem(number, None, "window_closed", words, "warning")


def _ages(graph: Graph, begin: str) -> dict[str, float]:
    """How old the customer's last message may be at each node, at most two days: more makes no difference."""
    ways = ways_of(graph)
    order = in_order(ways, begin)
    steps = [(number, target, _waits(graph.nodes[number], output)) for number in order for output, target in ways[number]]
    oldest: dict[str, float] = dict.fromkeys(order, -1.0) | {begin: _age_at_start(graph.nodes[begin])}
    for _ in range(MOST_ROUNDS):
        rises = False
        for number, target, waits in steps:
            age = 0.0 if waits is None else min(oldest[number] + waits, 2.0 * DAY_S)
            if age > oldest[target]:
                oldest[target], rises = age, True
        if not rises:
            break
    return oldest


def _age_at_start(start: Node) -> float:
    """Of a flow that may begin without a message, nobody knows when the customer last wrote."""
    triggers = start.data.get("triggers")
    kinds = {str(one.get("kind")) for one in triggers if isinstance(one, dict)} if isinstance(triggers, list) else set()
    return 2.0 * DAY_S if kinds & WINDOW_MAY_BE_SHUT else 0.0


def _waits(node: Node, output: str) -> float | None:
    """How long a session may rest before it leaves by this output; None: the customer has just written."""
    kind = find_type(node.type)
    if kind is None or node.is_disabled:
        return 0.0
    played = kind(node.data)
    return None if played.hears_by(output) else played.longest_wait_s()


def _needs_window(node: Node) -> bool:
    kind = find_type(node.type)
    return kind is not None and kind.sends_freely and not node.is_disabled
