"""A plugin's node under its full name, held to what the executor expects: a mistake of its own fails the step, never the box."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import Wrong
from wablast_box.engine.flows.node.outcome import Answer, Call, End, Go, Jump, Outcome, Wait
from wablast_box.engine.flows.node.step import Step
from wablast_box.lib.errors import Invalid

NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")
# What may not get out of a plugin's code into the box's threads.
ESCAPES = (Exception, SystemExit, GeneratorExit)
_NOT_GIVEN: Mapping[str, str] = {"type": "a name such as “greet”", "title": "a few words", "category": "one of the categories"}


def guard_node(kind: Any, plugin: str) -> type[NodeType]:
    """The node type as the box takes it, named PLUGIN.type. Raises Invalid when it is none."""
    if not isinstance(kind, type) or not issubclass(kind, NodeType):
        raise Invalid(f"{kind!r} is no node type: derive a class from NodeType.", code="bad_node_type")
    for name, wanted in _NOT_GIVEN.items():
        if not isinstance(getattr(kind, name, None), str) or not getattr(kind, name):
            raise Invalid(f"Node {kind.__name__}: give it a {name}, {wanted}.", code="bad_node_type")
    own = kind.type.removeprefix(f"{plugin}.")
    if not NAME.fullmatch(own):
        raise Invalid(f"Node {kind.__name__}: its type is small letters, digits and _, such as “greet”.", code="bad_node_type")
    if not (kind.__doc__ or "").strip():
        raise Invalid(f"Node {kind.__name__}: its docstring is its help; write one line.", code="bad_node_type")
    if kind.run is NodeType.run:
        raise Invalid(f"Node {kind.__name__}: it has no run.", code="bad_node_type")
    if not isinstance(kind.outputs, tuple) or not all(isinstance(output, str) for output in kind.outputs):
        raise Invalid(f"Node {kind.__name__}: outputs is a tuple of names, such as (“yes”, “no”).", code="bad_node_type")
    words = {"type": f"{plugin}.{own}", "__doc__": kind.__doc__, "__module__": kind.__module__}
    guarded: type[NodeType] = type(kind.__name__, (_Guarded, kind), words)
    _check_drawn(guarded)
    return guarded


def _check_drawn(kind: type[NodeType]) -> None:
    """One description that cannot be written as JSON would take the whole palette along."""
    try:
        json.dumps(kind.describe(), allow_nan=False)
        preview = all(isinstance(part, str) for pair in kind.preview.items() for part in pair)
        good = type(kind.version) is int and isinstance(kind.icon, str) and preview
    except ESCAPES as failure:
        raise Invalid(f"Node {kind.__name__} cannot be drawn: {failure}.", code="bad_node_type") from failure
    if not good:
        raise Invalid(f"Node {kind.__name__}: version is a number, icon a text, preview maps texts to texts.", code="bad_node_type")


class _Guarded(NodeType):
    """Stands before the plugin's class."""

    def run(self, step: Step) -> Outcome:
        return _asked(lambda: super(_Guarded, self).run(step))

    def resume(self, step: Step, answer: Answer) -> Outcome:
        return _asked(lambda: super(_Guarded, self).resume(step, answer))

    def longest_wait_s(self) -> float:
        try:
            return float(super().longest_wait_s())
        except ESCAPES:
            return 0.0

    def problems(self) -> Iterator[Wrong]:
        """A check that breaks says so in the editor, and the rest of the flow can still be checked."""
        try:
            found = [wrong for wrong in super().problems() if isinstance(wrong, Wrong)]
        except ESCAPES as failure:
            found = [Wrong("", "check_failed", f"The plugin could not check this node: {type(failure).__name__}.")]
        yield from found


def _asked(play: Callable[[], Any]) -> Outcome:
    try:
        outcome = play()
    except (SystemExit, GeneratorExit) as escape:
        raise RuntimeError(f"a plugin's node raised {type(escape).__name__}") from escape
    if not isinstance(outcome, Go | Wait | End | Call | Jump):
        raise TypeError(f"a node gives back Go, Wait or End, no {type(outcome).__name__}")
    if isinstance(outcome, Go) and not isinstance(outcome.output, str):
        raise TypeError("Go takes the name of an output")
    if isinstance(outcome, Wait) and not (outcome.until is None or (isinstance(outcome.until, datetime) and outcome.until.tzinfo)):
        raise TypeError("Wait takes a moment with a time zone, such as step.now + timedelta(hours=1)")
    return outcome
