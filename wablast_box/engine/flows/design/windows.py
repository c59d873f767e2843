"""The 24-hour window, seen at design time: a free message behind a wait that is longer than a day would be refused by Meta.

Meta, "Customer service windows": free-form messages reach a customer for 24 hours after their last message; later only
templates do.
"""

from __future__ import annotations

from collections.abc import Iterator

from wablast_box.engine.flows.design.problem import Problem
from wablast_box.engine.flows.graph import Graph, Node
from wablast_box.engine.flows.registry import find_type

DAY_S = 24 * 3600


def too_late(graph: Graph) -> Iterator[Problem]:
    """A warning for each free message that can only be reached, or can be reached, more than a day after the customer's last one."""
    start = graph.start
    if start is None:
        return
    longest: dict[str, float] = {start.id: 0.0}
    left = [start.id]
    while left:
        node = graph.nodes[left.pop()]
        for output, target in _ways(graph, node):
            age = _age(node, output, longest[node.id])
            if target in graph.nodes and age > longest.get(target, -1.0):
                longest[target] = age
                left.append(target)
    for number, age in longest.items():
        node = graph.nodes[number]
        if age > DAY_S and _needs_window(node):
            words = "More than 24 hours may have passed here: WhatsApp then takes templates only."
            yield Problem(number, None, "window_closed", words, "warning")


def _ways(graph: Graph, node: Node) -> Iterator[tuple[str, str]]:
    for (source, output), target in graph.after.items():
        if source == node.id:
            yield output, target


def _age(node: Node, output: str, before: float) -> float:
    """How old the customer's last message may be behind this output, at most two days: more makes no difference."""
    kind = find_type(node.type)
    played = None if kind is None else kind(node.data)
    if played is not None and played.hears_by(output):
        return 0.0
    return min(before + (played.longest_wait_s() if played else 0.0), 2.0 * DAY_S)


def _needs_window(node: Node) -> bool:
    kind = find_type(node.type)
    return kind is not None and kind.sends_freely
