"""A talk with a small flow: the executor that customers meet, with effects that are only noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.nodes.catalogue import BUILTIN
from wablast_box.engine.flows.registry import add_node
from wablast_box.engine.flows.rehearsal.play import Rehearsal, play

# Friday, half past ten in the morning in India.
MORNING = datetime(2026, 12, 25, 5, 0, tzinfo=UTC)
Talk = Callable[..., Rehearsal]


@pytest.fixture(autouse=True)
def nodes() -> None:
    """Those of the box."""
    for kind in BUILTIN:
        add_node(kind)


@pytest.fixture
def talk() -> Talk:
    """Play a talk: `talk([("ask_text", {…})], "hi", "Kabir")`. Each node leads to the next by `next`."""
    return played


def played(nodes: list[tuple[str, Mapping[str, Any]]], *said: Any, ways: Mapping[str, str] | None = None, **options: Any) -> Rehearsal:
    """`ways` are edges of their own: {"n1.timeout": "n3"}. The node after the start is n1."""
    listed = [("start", {}), *nodes]
    drawn: list[dict[str, Any]] = [{"id": f"n{at}", "type": kind, "data": dict(data)} for at, (kind, data) in enumerate(listed)]
    own = {tuple(way.split(".", 1)): target for way, target in (ways or {}).items()}
    edges = {(f"n{at}", "next"): f"n{at + 1}" for at in range(len(listed) - 1)} | own
    graph = parse_graph({"nodes": drawn, "edges": [{"from": source, "output": out, "to": to} for (source, out), to in edges.items()]})
    return play(graph, [{"text": "hi"}, *said], begin=MORNING, **options)


def messages(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """What was sent, in order."""
    return [one["message"] for one in rehearsal.replies]


def texts(rehearsal: Rehearsal) -> list[str]:
    """The words of what was sent."""
    return [one.get("text", {}).get("body") or one.get("interactive", {}).get("body", {}).get("text", "") for one in messages(rehearsal)]


def way(rehearsal: Rehearsal, node: str = "n1") -> str:
    """By which output a node was left last."""
    return [one["outcome"] for one in rehearsal.steps if one["node_id"] == node][-1]


def error(rehearsal: Rehearsal) -> str:
    """What went wrong."""
    return next(one["error"] for one in rehearsal.steps if one["error"])


def problems(kind: str, data: Mapping[str, Any]) -> list[str]:
    """Where a node's data is wrong."""
    found = next(one for one in BUILTIN if one.type == kind)
    return [wrong.path for wrong in found(data).problems()]
