"""All that a plugin may import from the box, and `PluginAPI`, the box as `register(box)` meets it.

What stands in `__all__` stays as it is while API_VERSION stays; anything else of the box may change with any release.
Tests of a plugin import `wablast_box.plugins.testing` besides.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from wablast_box.engine.desk.triage.events import ConversationStateChanged, ConversationTagged
from wablast_box.engine.events import registry as listeners
from wablast_box.engine.flows import registry as nodes
from wablast_box.engine.flows.events import FlowChanged, FlowFailed
from wablast_box.engine.flows.node.amounts import indian, plain_number, read_number, rounded, rupees
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import Choice, Expression, Field, Flag, Number, Reference, Text, Variable, Wrong
from wablast_box.engine.flows.node.lists import Items, Names, Rules
from wablast_box.engine.flows.node.outcome import Answer, End, Go, Outcome, Wait
from wablast_box.engine.flows.node.step import HttpAnswer, Step
from wablast_box.engine.inbox.events import ConversationAssigned, ConversationOverdue, MessageChanged, MessageReceived
from wablast_box.engine.notifications import alarms
from wablast_box.engine.notifications.models import Severity
from wablast_box.lib.errors import BoxError, Conflict, Denied, Invalid, NotFound, Unavailable, Upstream
from wablast_box.plugins.guarded import ESCAPES, guard_node

__all__ = [
    "API_VERSION", "EVENTS", "Answer", "BoxError", "Choice", "Conflict", "ConversationAssigned", "ConversationOverdue",
    "ConversationStateChanged", "ConversationTagged", "Denied", "End", "Expression", "Field", "Flag", "FlowChanged", "FlowFailed", "Go",
    "HttpAnswer", "Invalid", "Items", "MessageChanged", "MessageReceived", "Names", "NodeType", "NotFound", "Number", "Outcome",
    "PluginAPI", "Reference", "Rules", "Step", "Text", "Unavailable", "Upstream", "Variable", "Wait", "Wrong", "indian", "plain_number",
    "read_number", "rounded", "rupees",
]  # fmt: skip

logger = logging.getLogger(__name__)

API_VERSION = 1
# What a plugin may listen to.
EVENTS: tuple[type, ...] = (
    MessageReceived, MessageChanged, ConversationAssigned, ConversationOverdue, ConversationStateChanged, ConversationTagged,
    FlowChanged, FlowFailed,
)  # fmt: skip
E_ = TypeVar("E_")


class PluginAPI:
    """The doors that a plugin gets at `register(box)`. What it adds is taken back whole when `register` fails."""

    def __init__(self, plugin_id: str):
        self.plugin_id = plugin_id
        self._nodes: list[str] = []
        self._listeners: list[tuple[str, str]] = []

    def add_node(self, kind: type[NodeType]) -> None:
        """A node for the palette. Its type gets the plugin's id in front: `greet` of the plugin `hello` is `hello.greet`."""
        guarded = guard_node(kind, self.plugin_id)
        if guarded.type in self._nodes:
            raise Conflict(f"This plugin adds the node “{guarded.type}” twice.", code="node_type_taken")
        nodes.add_node(guarded)
        self._nodes.append(guarded.type)

    def listen(self, event: type[E_], call: Callable[[E_], None], *, wants: Callable[[E_], bool] | None = None) -> None:
        """Call a function after something happened, in a thread of its own; when it raises it is called again, with growing gaps.

        It may be called twice for one event, so what it does twice must be as good as once. `wants` is a quick question
        about the event's own fields: no row is written for a no.
        """
        if event not in EVENTS:
            names = ", ".join(one.__name__ for one in EVENTS)
            raise Invalid(f"A plugin listens to one of {names}.", code="unknown_event")
        if not callable(call) or not getattr(call, "__name__", "").isidentifier():
            raise Invalid("A listener is a function with a name: deliveries are kept under it.", code="bad_listener")
        name = f"{listeners.PLUGIN}{self.plugin_id}.{call.__name__}"
        listeners.add_listener(event, listeners.Listener(_calling(call, name), _wanting(wants, name), name))
        self._listeners.append((name, str(event.name)))  # type: ignore[attr-defined]

    def raise_alarm(self, key: str, title: str, advice: str, *, action_url: str | None = None) -> None:
        """Show staff a warning on top of every window until it is cleared. Raising an open one again changes nothing."""
        alarms.raise_alarm(self._alarm(key), Severity.WARNING, title[:200], advice[:1000], action_url=action_url)

    def clear_alarm(self, key: str) -> None:
        """It is over. Clearing none changes nothing."""
        alarms.clear_alarm(self._alarm(key))

    def added(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The node types, and the events that are listened to."""
        return tuple(self._nodes), tuple(dict.fromkeys(event for _, event in self._listeners))

    def take_back(self) -> None:
        """Forget all that was added: flows keep their nodes as they are, and deliveries wait."""
        nodes.remove_nodes(*self._nodes)
        listeners.remove_listeners(*(name for name, _ in self._listeners))
        self._nodes, self._listeners = [], []

    def _alarm(self, key: str) -> str:
        return f"plugin:{self.plugin_id}:{key[:100]}"


def _calling(call: Callable[[Any], None], name: str) -> Callable[[Any], None]:
    def called(event: Any) -> None:
        try:
            call(event)
        except (SystemExit, GeneratorExit) as escape:
            raise RuntimeError(f"{name} raised {type(escape).__name__}") from escape

    return called


def _wanting(wants: Callable[[Any], bool] | None, name: str) -> Callable[[Any], bool]:
    """It is asked within the verb that publishes: a mistake in it must not undo a customer's message."""

    def asked(event: Any) -> bool:
        try:
            return wants is None or bool(wants(event))
        except ESCAPES:
            logger.exception("a plugin's listener could not say whether it wants an event", extra={"listener": name})
            return False

    return asked
