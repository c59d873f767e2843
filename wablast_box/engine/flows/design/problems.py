"""What is wrong with a graph: the same list for the editor, while somebody draws, and for publishing, which errors forbid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wablast_box.engine.flows.design import windows, wording
from wablast_box.engine.flows.design.problem import Problem
from wablast_box.engine.flows.design.ways import in_order, jump_of, ways_of
from wablast_box.engine.flows.graph import Graph, Node, parse_graph
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.outcome import ERROR
from wablast_box.engine.flows.plugins import why_unknown
from wablast_box.engine.flows.registry import find_type
from wablast_box.lib.errors import Invalid

MOST_SHOWN = 500


def problems_of(drawn: Any) -> list[Problem]:
    """Everything that is wrong, errors first."""
    try:
        graph = parse_graph(drawn)
    except Invalid as refused:
        return [Problem(None, refused.field, refused.code, refused.message)]
    found = [*_start(graph), *_nodes(graph), *_edges(graph), *_unreached(graph), *windows.too_late(graph), *wording.in_words(graph)]
    return sorted(found, key=lambda one: one.severity != "error")[:MOST_SHOWN]


def _start(graph: Graph) -> Iterator[Problem]:
    starts = [node for node in graph.nodes.values() if node.type == "start"]
    if not starts:
        yield Problem(None, None, "no_start", "A flow begins with a start node: add one.")
    for extra in starts[1:]:
        yield Problem(extra.id, None, "two_starts", "A flow has one start node: delete this one.")


def _nodes(graph: Graph) -> Iterator[Problem]:
    for node in graph.nodes.values():
        kind = find_type(node.type)
        if kind is None:
            yield Problem(node.id, None, "unknown_node_type", why_unknown(node.type))
            continue
        if node.version > kind.version:
            yield Problem(node.id, None, "newer_node", f"This node was drawn with a newer box (version {node.version}).")
        if node.is_disabled and kind.category == "code":
            yield Problem(node.id, None, "review_code", "This step runs code and is off: read it, then switch it on.", "warning")
        if not node.is_disabled:
            yield from (Problem(node.id, wrong.path, wrong.code, wrong.message) for wrong in kind(node.data).problems())


def _edges(graph: Graph) -> Iterator[Problem]:
    for (source, output), target in graph.after.items():
        if source not in graph.nodes:
            yield Problem(None, None, "dangling_edge", f"An edge leaves “{source}”, which is not there.")
        elif target not in graph.nodes:
            yield Problem(source, None, "dangling_edge", f"The way out “{output}” leads to “{target}”, which is not there.")
        elif (played := _played(graph.nodes[source])) is not None and output not in played.all_outputs():
            yield Problem(source, None, "unknown_output", f"This node has no way out “{output}”.", "warning")
        elif graph.nodes[target].type == "start":
            yield Problem(source, None, "into_start", "Nothing leads back into the start node: use Jump or Go to flow.")
    for node in graph.nodes.values():
        jumps_to = jump_of(node)
        if jumps_to is not None and jumps_to not in graph.nodes and not node.is_disabled:
            yield Problem(node.id, "node", "dangling_jump", "It goes on at a step that is not there: choose another one.")


def _unreached(graph: Graph) -> Iterator[Problem]:
    start = graph.start
    if start is None:
        return
    reached = set(in_order(ways_of(graph), start.id))
    for node in graph.nodes.values():
        if node.id not in reached and node.type != "start":
            yield Problem(node.id, None, "unreachable", "Nothing leads here.", "warning")
        elif (played := _played(node)) is not None and node.type not in ("end", "hand_off"):
            yield from _open_ends(graph, node, played)


def _open_ends(graph: Graph, node: Node, played: NodeType) -> Iterator[Problem]:
    """No path may end by accident: a way out of a question that leads nowhere is said."""
    # Time runs out only where somebody set a time.
    outputs = [output for output in played.all_outputs() if output != ERROR and (output != "timeout" or played.longest_wait_s() > 0)]
    if len(outputs) > 1:
        for output in outputs:
            if (node.id, output) not in graph.after:
                severity = "error" if output in played.must_lead else "warning"
                words = f"The way “{played.output_words(output)}” leads nowhere: the flow ends there."
                yield Problem(node.id, None, "open_end", words, severity)


def _played(node: Node) -> NodeType | None:
    kind = find_type(node.type)
    return None if kind is None else kind(node.data)
