"""Pins of a rehearsal: what a node is to hear from the world, that it is to fail, or with which variables it is to be played.

A talk is played anew each time and the same words take the same steps: to run again from a step is to pin what it sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wablast_box.engine.flows.graph import MOST_NODES, Node
from wablast_box.engine.flows.node import values
from wablast_box.engine.flows.node.step import LARGEST_VARIABLE, HttpAnswer, Step
from wablast_box.engine.flows.play.executor import Player
from wablast_box.lib.errors import Invalid, Upstream

_PARTS = frozenset({"answer", "status", "error", "variables"})
_STATUSES = range(100, 600)
_LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True)
class Pin:
    """Of one node. `variables` are put in the place of the flow's own each time before it is played."""

    status: int | None = None
    error: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)

    def answered(self, answer: HttpAnswer) -> HttpAnswer:
        """What a server said, with the pinned status."""
        self.allow()
        return answer if self.status is None else replace(answer, status=self.status)

    def allow(self) -> None:
        """Raises Upstream when the node is to fail."""
        if self.error is not None:
            raise Upstream(self.error or "Pinned to fail.", permanent=True, code="pinned")


NONE = Pin()
Pins = Mapping[str, Pin]


def read_pins(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Pin]]:
    """What calls and acts bring, by node, and the pins. Raises Invalid for pins of another form."""
    if len(given) > MOST_NODES:
        raise Invalid(f"A rehearsal has at most {MOST_NODES:,} pins.", field="pins")
    answers, pins = {}, {}
    for node_id, one in given.items():
        if not isinstance(one, Mapping) or not set(one) <= _PARTS:
            raise Invalid("A pin is an object with answer, status, error or variables.", field=f"pins.{node_id}")
        if "answer" in one:
            answers[node_id] = values.plain(one["answer"], LARGEST_VARIABLE)
        pins[node_id] = _pin(one, f"pins.{node_id}")
    return answers, pins


def _pin(one: Mapping[str, Any], path: str) -> Pin:
    status, error, variables = one.get("status"), one.get("error"), one.get("variables", {})
    if status is not None and (isinstance(status, bool) or status not in _STATUSES):
        raise Invalid("A status is a number from 100 to 599.", field=f"{path}.status")
    if error is not None and not isinstance(error, str):
        raise Invalid("What a step is to fail with is a text.", field=f"{path}.error")
    if not isinstance(variables, Mapping):
        raise Invalid("Variables are names with values.", field=f"{path}.variables")
    plain = {str(name): values.plain(value, LARGEST_VARIABLE) for name, value in variables.items()}
    return Pin(status, None if error is None else error[:_LONGEST_ERROR], plain)


class PinnedPlayer(Player):
    """Plays each node with the variables that are pinned to it, and says in the trail that it saw them."""

    pins: Pins = {}

    def _step(self, node: Node) -> Step:
        self.run.variables.update(self.pins.get(node.id, NONE).variables)
        return super()._step(node)

    def _note(self, node: Node, step: Step, went_in: dict[str, Any], *rest: Any) -> None:
        pinned = self.pins.get(node.id, NONE).variables
        super()._note(node, step, {**went_in, "variables": {**went_in.get("variables", {}), **pinned}} if pinned else went_in, *rest)
