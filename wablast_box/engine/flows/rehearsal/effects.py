"""RehearsedEffects: what would be sent and done is noted, checked as strictly as when it is real, and nothing leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wablast_box.engine.ai.answer import Answer
from wablast_box.engine.flows.acting.acts import check_act
from wablast_box.engine.flows.node.step import HttpAnswer
from wablast_box.engine.flows.node.writing import as_shown
from wablast_box.engine.flows.rehearsal.stand_in import stood_in
from wablast_box.engine.outbox.outbound.message import parse_outbound

# What a rehearsed act gives back, where a node asks for something.
ANSWERS: Mapping[str, Any] = {
    "business_hours": True, "assign": None, "make_address": "https://box.example.com/hooks/flows/a-test", "keep_picture": "0",
}  # fmt: skip


@dataclass(slots=True)
class RehearsedEffects:
    """`pinned` gives what a call or an act would bring, by the node that asks for it."""

    pinned: Mapping[str, Any] = field(default_factory=dict)
    node_id: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)
    acts: list[dict[str, Any]] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)  # all of the talk: who, and what
    asked: dict[str, int] = field(default_factory=dict)  # how often each node has asked a model

    def send(self, message: Mapping[str, Any], key: str, *, by_model: bool) -> None:
        """Note a message that WhatsApp's limits allow."""
        outgoing = parse_outbound(message)
        self.said.append(("shop", outgoing.text or ""))
        self.sent.append({"node_id": self.node_id, "message": dict(message)})

    def hear(self, words: str) -> None:
        """The customer says something."""
        self.said.append(("customer", words))

    def act(self, what: str, given: Mapping[str, Any]) -> Any:
        """Note what would be done. Raises Invalid for what cannot be done by anybody."""
        check_act(what, given)
        self.acts.append({"node_id": self.node_id, "what": what, "given": as_shown(given)})
        return self.pinned.get(self.node_id, ANSWERS.get(what))

    def http(self, request: Mapping[str, Any]) -> HttpAnswer:
        """What was pinned for this node, or an empty 200: a rehearsal calls nobody."""
        shown = {name: as_shown(request[name]) for name in ("method", "url") if name in request}
        self.acts.append({"node_id": self.node_id, "what": "http", "given": shown})
        return HttpAnswer(200, {}, self.pinned.get(self.node_id, {}))

    def ask(self, request: Mapping[str, Any], key: str) -> Answer:
        """What was pinned for this node, one after the other if it is a list, or what the node has in a model's stead."""
        times = self.asked.get(self.node_id, 0)
        self.asked[self.node_id] = times + 1
        shown = {"purpose": request["purpose"], "messages": [dict(one) for one in request["messages"]]}
        self.acts.append({"node_id": self.node_id, "what": "ask_model", "given": shown})
        return stood_in(self.pinned.get(self.node_id, request["stand_in"]), times)

    def talk(self, most: int) -> list[tuple[str, str]]:
        """The last lines that have words."""
        return [one for one in self.said if one[1].strip()][-most:] if most else []
