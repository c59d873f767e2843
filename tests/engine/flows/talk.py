"""A flow that is drawn, published and talked to, on the engine alone: `Shop().on(graph)`, `says("hi")`, `said()`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tests.engine.inbox.meta import body, delivers, text
from tests.people import actor_for, add_person
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.keeping import sessions, triggers, turns
from wablast_box.engine.flows.models import FlowSession, FlowStep
from wablast_box.engine.flows.running import listen
from wablast_box.engine.flows.running.converse import take_turn
from wablast_box.engine.flows.running.wake import wake_due
from wablast_box.engine.inbox.events import MessageReceived
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import frozen_at, now

KABIR = "919812345678"


def node(number: str, kind: str, **data: Any) -> dict[str, Any]:
    return {"id": number, "type": kind, "version": 1, "data": data}


def graph(*nodes: dict[str, Any], edges: str, trigger: dict[str, Any] | None = None) -> dict[str, Any]:
    """`edges` reads like "start>hello hello>ask ask.yes>done"; without an output it is `next`."""
    start = node("start", "start", triggers=[{"id": "t", "kind": "any_message", **(trigger or {})}])
    drawn = []
    for edge in edges.split():
        source, target = edge.split(">")
        name, _, output = source.partition(".")
        drawn.append({"from": name, "output": output or "next", "to": target})
    return {"nodes": [start, *nodes], "edges": drawn, "layout": {}}


class Shop:
    """Asha's shop and its customers."""

    def __init__(self, asha: Actor | None = None) -> None:
        self.asha: Actor = asha or actor_for(add_person(Role.OWNER))
        self._messages = 0
        triggers.forget()
        sessions.forget()

    def on(self, drawn: dict[str, Any], name: str = "Welcome") -> int:
        """Draw and publish; the flow's id."""
        made = flows.create_flow(name, drawn, self.asha)
        publish.publish(int(made["id"]), self.asha)
        return int(made["id"])

    def hears(self, words: str = "hi", *, who: str = KABIR, play: bool = True, **message: Any) -> int:
        """A customer's message comes in; its conversation."""
        self._messages += 1
        wamid = f"wamid.F{self._messages}"
        moment = str(int(now().timestamp()))
        delivers(body(text(words, wa_id=who, wamid=wamid, timestamp=moment, **message)))
        row = Message.get(Message.wamid == wamid)
        event = MessageReceived(row.id, row.conversation.id, row.type)
        if listen.concerns_flows(event):
            listen.hear(event)
        if play:
            self.plays()
        return int(row.conversation.id)

    def plays(self) -> int:
        """Every turn that waits is taken; how many."""
        count = 0
        while (turn := turns.take()) is not None:
            take_turn(turn)
            count += 1
        return count

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """At another time, with what is due then."""
        with frozen_at(moment):
            wake_due()
            self.plays()
            yield

    def said(self, conversation_id: int | None = None) -> list[str]:
        """What the flow has sent, in order."""
        sent = Message.select().where(Message.direction == "out").order_by(Message.id)
        return [str(row.text) for row in sent if conversation_id is None or row.conversation.id == conversation_id]

    def session(self) -> FlowSession:
        return FlowSession.select().order_by(FlowSession.id.desc()).get()

    def steps(self) -> list[tuple[str, str]]:
        """Node and outcome of every step of the last session."""
        rows = FlowStep.select().where(FlowStep.session == self.session().id).order_by(FlowStep.number)
        return [(row.node_id, row.outcome) for row in rows]


def conversation(wa_id: str = KABIR) -> Conversation:
    return next(row for row in Conversation.select() if row.contact.wa_id == wa_id)
