"""The texts of a flow as a table for somebody who translates: id, source, translation. The editor takes the same file back."""

from __future__ import annotations

from wablast_box.engine.flows.design.flows import flow_of
from wablast_box.engine.flows.design.ways import in_order, ways_of
from wablast_box.engine.flows.design.wording import Line, lines
from wablast_box.engine.flows.graph import Graph, parse_graph
from wablast_box.lib.csv_out import BYTE_ORDER_MARK, csv_line
from wablast_box.lib.errors import NotFound

HEAD = ("id", "source", "translation", "state", "longest")


def translations(flow_id: int, language: str) -> str:
    """The draft's texts in the order in which customers meet them. Raises NotFound for a language that the flow has not."""
    graph = parse_graph(flow_of(flow_id).draft_json)
    if language not in graph.languages.others:
        raise NotFound("This flow is not translated into that language.", help="Add it under Languages first.")
    place = {number: at for at, number in enumerate(_walk(graph))}
    found = sorted(lines(graph, language), key=lambda line: place[line.node.id])
    return BYTE_ORDER_MARK + csv_line(HEAD) + "".join(csv_line(_cells(graph, language, line)) for line in found)


def _walk(graph: Graph) -> list[str]:
    start = graph.start
    reached = in_order(ways_of(graph), start.id) if start is not None else []
    return [*reached, *(number for number in graph.nodes if number not in set(reached))]


def _cells(graph: Graph, language: str, line: Line) -> tuple[object, ...]:
    """What a broader language says is shown to nobody as a translation into this one."""
    own = graph.languages.texts.get(language, {}).get(line.node.id, {}).get(line.words.path)
    longest = getattr(line.words.field, "longest", "")
    return (f"{line.node.id}/{line.words.path}", line.words.text, own.text if own else "", line.state, longest)
