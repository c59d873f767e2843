"""Nodes about the way itself: loops, jumps, other flows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import Flag, Number, Reference, Text, Variable, Wrong
from wablast_box.engine.flows.node.lists import Names
from wablast_box.engine.flows.node.outcome import Call, Go, Jump, Outcome
from wablast_box.engine.flows.node.saying import read_phone
from wablast_box.engine.flows.node.step import Step, keep
from wablast_box.lib.errors import Invalid

EACH, DONE = "each", "done"
MOST_ROUNDS = 100


class Loop(NodeType):
    """Goes by “each” once for every entry of a list, then by “done”. Lead the end of the round back to this node."""

    type, title, category, icon = "loop", "Loop", "logic", "repeat"
    outputs = (EACH, DONE)
    loops = True

    source = Text("List", longest=200, required=True, fills=False, help="The name of a value that is a list, such as order.items")
    item = Variable("Each entry as", default="item")
    index = Variable("Its number as", help="Counted from 1.")
    most = Number("Rounds at most", least=1, most=MOST_ROUNDS, default=MOST_ROUNDS)

    def run(self, step: Step) -> Outcome:
        """The list is taken once, when the loop begins: a round that changes it changes nothing here."""
        if "at" not in step.memory:
            found = step.get(self.source)
            step.memory.update(at=0, entries=found[: int(self.most)] if isinstance(found, list) else [])
        at, entries = step.memory["at"], step.memory["entries"]
        if at >= len(entries):
            step.memory.clear()
            return Go(DONE)
        step.set(self.item, entries[at])
        if self.index:
            step.set(self.index, at + 1)
        step.memory["at"] = at + 1
        return Go(EACH)

    def check(self) -> Iterator[Wrong]:
        if self.index and self.index == self.item:
            yield Wrong("index", "twice", "The entry and its number need different names.")


class JumpTo(NodeType):
    """Goes on at another node of this flow, however far away it is drawn."""

    type, title, category, icon = "jump", "Jump", "flow", "corner-up-left"
    outputs = ()

    node = Reference("Go on at", "node", required=True)

    def run(self, step: Step) -> Outcome:
        return Jump(self.node)


class GoToFlow(NodeType):
    """Plays another flow, and comes back when it ends."""

    type, title, category, icon = "go_to_flow", "Go to a flow", "flow", "arrow-ramp-right"
    can_fail = True

    flow = Reference("Flow", "flow", required=True)
    variables = Names("Give it", help="Variables of the other flow and their values.")
    returns = Flag("Come back when it ends", default=True)

    def run(self, step: Step) -> Outcome:
        return Call(flow_number(self.flow), filled(step, self.variables), self.returns)

    def check(self) -> Iterator[Wrong]:
        yield from variable_names("variables", self.variables)


class StartFlowFor(NodeType):
    """Starts a flow with somebody else, such as the shop's driver. It begins when they may be written to."""

    type, title, category, icon = "start_flow_for", "Start a flow for somebody", "flow", "user-share"
    can_fail = True

    flow = Reference("Flow", "flow", required=True)
    to = Text("Phone number", longest=200, required=True)
    variables = Names("Give it")

    def run(self, step: Step) -> Outcome:
        said = step.fill(self.to)
        phone = read_phone(said)
        if phone is None:
            raise Invalid(f"“{said[:40]}” is no phone number. Write it with its country code.", code="bad_phone")
        step.act("start_flow", flow=str(flow_number(self.flow)), to=phone, variables=filled(step, self.variables))
        return Go()

    def check(self) -> Iterator[Wrong]:
        yield from variable_names("variables", self.variables)


def flow_number(written: str) -> int:
    """Raises Invalid when nothing was chosen."""
    if not (written or "").isascii() or not (written or "").isdigit() or len(written) > 19:
        raise Invalid("Choose a flow.", code="no_flow")
    return int(written)


def filled(step: Step, variables: dict[str, str] | None) -> dict[str, str]:
    """Names with their values filled in, as a flow keeps them. Raises Invalid when one is too large."""
    given: dict[str, str] = {}
    for name, text in (variables or {}).items():
        keep(given, name, step.fill(text))
    return given


def variable_names(path: str, named: Mapping[str, str] | None) -> Iterator[Wrong]:
    """What is kept needs names that variables may have."""
    for name in named or {}:
        yield from (Wrong(f"{path}.{name}", one.code, one.message) for one in Variable("Name").check(name, path))
