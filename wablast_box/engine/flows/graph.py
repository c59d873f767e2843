"""graph_json as something to walk: nodes by id, and where each output leads. docs/reference/flow-graph.schema.json is its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wablast_box.engine.flows.languages import Languages, parse_languages
from wablast_box.lib.errors import Invalid

MOST_NODES = 1000
MOST_EDGES = 5000
LONGEST_ID = 100
# Positions and remarks: kept for the editor, never looked at by a run.
DRAWING = ("layout", "notes", "groups")


@dataclass(frozen=True, slots=True)
class Node:
    """One node as it was drawn."""

    id: str
    type: str
    version: int = 1
    name: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """`after[(node id, output)]` is the next node's id."""

    nodes: Mapping[str, Node]
    after: Mapping[tuple[str, str], str]
    languages: Languages = field(default_factory=Languages)

    @property
    def start(self) -> Node | None:
        """Where a session begins: the first start node."""
        return next((node for node in self.nodes.values() if node.type == "start"), None)


def parse_graph(drawn: Any) -> Graph:
    """Raises Invalid when it is no graph at all. Whether it makes sense is `design.problems`' question."""
    if not isinstance(drawn, Mapping):
        raise _no_graph("A graph is an object with nodes and edges.", "graph")
    nodes = {node.id: node for node in (_node(one, at) for at, one in enumerate(_list(drawn, "nodes", MOST_NODES)))}
    if len(nodes) != len(drawn.get("nodes") or []):
        raise _no_graph("Two nodes have the same id.", "graph.nodes")
    after: dict[tuple[str, str], str] = {}
    for at, one in enumerate(_list(drawn, "edges", MOST_EDGES)):
        source, output, target = _edge(one, at)
        if (source, output) in after:
            raise _no_graph(f"Two edges leave node “{source}” by “{output}”.", f"graph.edges.{at}")
        after[source, output] = target
    for name, form, empty in (("layout", Mapping, {}), ("notes", list, []), ("groups", list, [])):
        if not isinstance(drawn.get(name, empty), form):
            raise _no_graph(f"“{name}” has another form.", f"graph.{name}")
    return Graph(nodes, after, parse_languages(drawn))


def _list(drawn: Mapping[str, Any], name: str, most: int) -> list[Any]:
    found = drawn.get(name)
    if not isinstance(found, list):
        raise _no_graph(f"“{name}” should be a list.", f"graph.{name}")
    if len(found) > most:
        raise _no_graph(f"A flow has at most {most:,} {name}; here are {len(found):,}.", f"graph.{name}")
    return found


def _node(one: Any, at: int) -> Node:
    path = f"graph.nodes.{at}"
    if not isinstance(one, Mapping):
        raise _no_graph("A node is an object.", path)
    version, name, data = one.get("version", 1), one.get("name") or "", one.get("data") or {}
    if not _is_word(one.get("id")) or not _is_word(one.get("type")):
        raise _no_graph(f"A node needs an id and a type of at most {LONGEST_ID} characters.", path)
    if isinstance(version, bool) or not isinstance(version, int) or not isinstance(name, str) or not isinstance(data, Mapping):
        raise _no_graph("A node's version is a number, its name a text, its data an object.", path)
    return Node(one["id"], one["type"], version, name[:200], data, one.get("disabled") is True)


def _edge(one: Any, at: int) -> tuple[str, str, str]:
    source, output, target = (one.get(name) for name in ("from", "output", "to")) if isinstance(one, Mapping) else (None, None, None)
    if not (_is_word(source) and _is_word(output) and _is_word(target)):
        raise _no_graph("An edge is {from: node, output: name, to: node}.", f"graph.edges.{at}")
    return str(source), str(output), str(target)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID


def _no_graph(message: str, field: str) -> Invalid:
    return Invalid(message, code="not_a_graph", help="docs/reference/flow-graph.schema.json describes its form.", field=field)
