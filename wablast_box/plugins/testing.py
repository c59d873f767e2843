"""For tests of plugins: play a node, or a small flow, with what a customer says. The box's own executor; nothing leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wablast_box.engine.flows import registry
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.rehearsal.play import Rehearsal, play
from wablast_box.plugins.guarded import guard_node

__all__ = ["Played", "play_flow", "play_node"]

_NODE = "node"


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a talk. `state` is running, waiting, ended or failed; `reason` says why it failed."""

    replies: list[dict[str, Any]]
    acts: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    state: str
    reason: str | None
    variables: dict[str, Any]
    problems: list[dict[str, Any]]
    now: datetime

    @property
    def texts(self) -> list[str]:
        """What the customer read, message by message."""
        return [_words(one) for one in self.replies]

    @property
    def outputs(self) -> list[tuple[str, str]]:
        """Each step: the node's id and the way it was left by."""
        return [(one["node_id"], one["outcome"]) for one in self.steps]

    @property
    def output(self) -> str | None:
        """The way the last step went: the name of an output, `wait` or `end`."""
        return self.steps[-1]["outcome"] if self.steps else None


def play_node(
    kind: type[NodeType], data: Mapping[str, Any] | None = None, *, says: Sequence[Any] = ("hi",),
    variables: Mapping[str, Any] | None = None, contact: Mapping[str, Any] | None = None, begin: datetime | None = None,
    brings: Any = None,
) -> Played:  # fmt: skip
    """Play one node of your plugin. The first line reaches it; further ones answer it.

    A line is a text, {"reply_id": …} for a tap, or {"skip_s": 3600} to let time pass. `brings` is what its HTTP request or
    act gives back.
    """
    with known([kind], "test") as (name,):
        nodes = [_start(), {"id": _NODE, "type": name, "version": kind.version, "data": dict(data or {})}]
        graph = {"nodes": nodes, "edges": [{"from": "start", "output": "next", "to": _NODE}], "layout": {}}
        return _played(graph, says, variables, contact, begin, {_NODE: brings} if brings is not None else {})


def play_flow(
    graph: Mapping[str, Any], says: Sequence[Any] = ("hi",), *, plugin: str = "test", nodes: Iterable[type[NodeType]] = (),
    variables: Mapping[str, Any] | None = None, contact: Mapping[str, Any] | None = None, begin: datetime | None = None,
    brings: Mapping[str, Any] | None = None,
) -> Played:  # fmt: skip
    """Play a flow in which nodes of your plugin stand as PLUGIN.type. `brings` says by node id what a request gives back."""
    with known(nodes, plugin):
        return _played(graph, says, variables, contact, begin, brings or {})


@contextmanager
def known(kinds: Iterable[type[NodeType]], plugin: str) -> Iterator[tuple[str, ...]]:
    """Node types that are known for a while; their full names."""
    guarded = [guard_node(kind, plugin) for kind in kinds]
    names = tuple(kind.type for kind in guarded)
    before = {name: registry.find_type(name) for name in names}
    registry.remove_nodes(*names)
    try:
        for kind in guarded:
            registry.add_node(kind)
        yield names
    finally:
        registry.remove_nodes(*names)
        for kind in filter(None, before.values()):
            registry.add_node(kind)


def _played(
    graph: Mapping[str, Any], says: Sequence[Any], variables: Mapping[str, Any] | None, contact: Mapping[str, Any] | None,
    begin: datetime | None, pinned: Mapping[str, Any],
) -> Played:  # fmt: skip
    done: Rehearsal = play(parse_graph(graph), says, contact=contact, begin=begin, pinned=pinned, variables=variables)
    problems = [one.as_json() for one in problems_of(graph) if one.severity == "error"]
    run = done.run
    replies = [one["message"] for one in done.replies]
    return Played(replies, done.acts, done.steps, run.state, run.reason, run.variables, problems, done.now)


def _start() -> dict[str, Any]:
    triggers = [{"id": "any", "kind": "any_message"}]
    return {"id": "start", "type": "start", "version": 1, "data": {"triggers": triggers}}


def _words(message: Mapping[str, Any]) -> str:
    """A text, the body of something to tap, or the caption of a file."""
    inner = message.get(str(message.get("type")))
    if not isinstance(inner, Mapping):
        return ""
    body = inner.get("body", inner.get("caption", ""))
    return str(body.get("text", "") if isinstance(body, Mapping) else body)
