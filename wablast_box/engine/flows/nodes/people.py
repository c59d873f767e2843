"""Nodes that change what the box knows of the customer, or who looks after them."""

from __future__ import annotations

from collections.abc import Iterator

from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import Choice, Expression, Reference, Text, Wrong
from wablast_box.engine.flows.node.outcome import End, Go, Outcome
from wablast_box.engine.flows.node.step import Step

# An AI agent that hands off leaves its summary here.
SUMMED_UP = "{{hand_off_summary}}"
WAYS = {"person": "A person", "team": "A team", "round_robin": "Whose turn it is", "least_busy": "Who has the least to do"}


class Doing(NodeType):
    """Base of nodes that do one thing within the box and go on."""

    can_fail = True

    def run(self, step: Step) -> Outcome:
        self.do(step)
        return Go()

    def do(self, step: Step) -> None:
        """The one thing."""
        raise NotImplementedError


class UpdateContactField(Doing):
    """Writes a field of the contact."""

    type, title, category, icon = "update_contact_field", "Update a contact field", "contact", "user-edit"

    field = Reference("Field", "contact_field", required=True)
    value = Text("Value", lines=2, help="Empty: the field is emptied.")
    expression = Expression("Or an expression", help="For lists and numbers: JMESPath.")

    def do(self, step: Step) -> None:
        value = step.evaluate(self.expression) if self.expression else step.fill(self.value or "").strip()
        step.act("set_contact_field", field=self.field, value=None if value == "" else value)


class SetLanguage(Doing):
    """Sets the language in which the customer is written to."""

    type, title, category, icon = "set_language", "Set the language", "contact", "language"

    language = Text("Language", longest=200, required=True, help="Such as en, hi, mr")

    def do(self, step: Step) -> None:
        step.act("set_language", language=step.fill(self.language).strip())


class AddTag(Doing):
    """Puts tags on the conversation."""

    type, title, category, icon = "add_tag", "Add tags", "contact", "tag"

    names = Text("Tags", longest=500, required=True, help="Several are separated by commas.")

    def do(self, step: Step) -> None:
        names = tags_in(step.fill(self.names))
        if names:
            step.act("tag", names=names)


class RemoveTag(Doing):
    """Takes tags off the conversation."""

    type, title, category, icon = "remove_tag", "Remove tags", "contact", "tag-off"

    names = Text("Tags", longest=500, required=True, help="Several are separated by commas.")

    def do(self, step: Step) -> None:
        names = tags_in(step.fill(self.names))
        if names:
            step.act("untag", names=names)


class Assign(Doing):
    """Gives the conversation to a person or a team, or to whose turn it is. Who is away gets nothing."""

    type, title, category, icon = "assign", "Assign", "conversation", "user-check"

    way = Choice("To", WAYS, default="round_robin")
    user = Reference("Person", "user", only_with={"way": ["person"]})
    team = Reference("Team", "team", help="With a turn: only its members.", only_with={"way": ["team", "round_robin", "least_busy"]})

    def do(self, step: Step) -> None:
        if self.way == "team":
            step.act("assign", user=None, team=self.team, way="person")
        else:
            step.act("assign", user=self.user if self.way == "person" else None, team=self.team, way=self.way)

    def check(self) -> Iterator[Wrong]:
        if self.way == "person" and not self.user:
            yield Wrong("user", "missing", "Choose the person.")
        if self.way == "team" and not self.team:
            yield Wrong("team", "missing", "Choose the team.")


class HandOff(NodeType):
    """Hands the conversation to a person. The flow ends, and none answers until somebody lets it."""

    type, title, category, icon = "hand_off", "Hand off to a person", "conversation", "user-heart"
    outputs = ()
    can_fail = True

    note = Text("Note for the person", lines=3, help="Empty: what an AI agent before it has summed up, if there was one.")

    def run(self, step: Step) -> Outcome:
        step.act("hand_off", note=step.fill(self.note or SUMMED_UP))
        return End("handed off")


class SetState(Doing):
    """Opens, parks or resolves the conversation."""

    type, title, category, icon = "set_state", "Set the state", "conversation", "checkbox"

    state = Choice("State", {"open": "Open", "pending": "Pending", "resolved": "Resolved"}, default="resolved")

    def do(self, step: Step) -> None:
        step.act("set_state", state=self.state)


class AddNote(Doing):
    """Writes an internal note into the conversation. The customer does not see it."""

    type, title, category, icon = "add_note", "Add a note", "conversation", "note"

    text = Text("Note", lines=3, required=True)

    def do(self, step: Step) -> None:
        text = step.fill(self.text).strip()
        if text:
            step.act("note", text=text)


class NotifyStaff(Doing):
    """Tells people of the shop about this conversation."""

    type, title, category, icon = "notify_staff", "Notify staff", "conversation", "bell"

    text = Text("What they are told", longest=500, lines=2, required=True)
    user = Reference("Whom", "user", help="Empty: the owners.")

    def do(self, step: Step) -> None:
        step.act("notify", text=step.fill(self.text), users=[self.user] if self.user else [])


def tags_in(written: str) -> list[str]:
    """Tags that are separated by commas, each once."""
    return list(dict.fromkeys(name for one in written.split(",") if (name := " ".join(one.split()))))
