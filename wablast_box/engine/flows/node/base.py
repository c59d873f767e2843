"""NodeType: data plus one method. A node touches the world only through its step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from wablast_box.engine.flows.node.fields import Field, Wrong
from wablast_box.engine.flows.node.outcome import NEXT, Answer, Go, Outcome
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.node.writing import name_of, secrets_in

CATEGORIES = ("start", "messages", "questions", "logic", "waits", "contact", "conversation", "connect", "ai", "code", "flow")


class NodeType:
    """Derive from this, give `type`, `category`, fields and `run`. The docstring's first line is the node's help.

    A node is made anew for each step from the data that the owner gave, and keeps nothing between steps: what is to be
    remembered goes into the step's variables or its memory.
    """

    type: ClassVar[str]
    version: ClassVar[int] = 1
    title: ClassVar[str]
    category: ClassVar[str]
    icon: ClassVar[str] = "square"
    outputs: ClassVar[tuple[str, ...]] = (NEXT,)
    # (field, name of the words): each item of that field is an output of its own, known by the item's id.
    outputs_from: ClassVar[tuple[str, str] | None] = None
    # Works outside a transaction: it calls somebody, or takes longer than a blink.
    is_slow: ClassVar[bool] = False
    # May it raise towards an `error` output?
    can_fail: ClassVar[bool] = False
    # Ways out that must lead somewhere: what follows there may not be left out by mistake.
    must_lead: ClassVar[frozenset[str]] = frozenset()
    # Does it send something that needs the 24-hour window? Does it wait for the customer's answer?
    sends_freely: ClassVar[bool] = False
    hears_reply: ClassVar[bool] = False
    # Does it send the customer's way round again? Each round is new: visits are counted from nothing.
    loops: ClassVar[bool] = False
    # How the canvas shows it as the customer will see it: which field is which part of a bubble.
    preview: ClassVar[Mapping[str, str]] = {}

    # The data as it was drawn, where `data` speaks the customer's language.
    drawn: Mapping[str, Any] = {}

    def __init__(self, data: Mapping[str, Any]):
        self.data = self.drawn = data

    def run(self, step: Step) -> Outcome:
        """Do it. Raise a BoxError and the flow goes on by the `error` output, or stops and tells a person."""
        raise NotImplementedError

    def resume(self, step: Step, answer: Answer) -> Outcome:
        """Something came that this node waited for, or its time is over."""
        return Go()

    def may_repeat(self) -> bool:
        """May this slow node be played again when the box died while it was under way? Not what changes something elsewhere."""
        return True

    def longest_wait_s(self) -> float:
        """For how long a session may rest here, at most; the editor warns of messages behind more than a day."""
        return 0.0

    @classmethod
    def unsaid(cls, field: str) -> str:
        """What the customer reads where a spoken field is left empty."""
        return ""

    def hears_by(self, output: str) -> bool:
        """Has the customer just written when a session leaves by this output?"""
        return self.hears_reply and output not in ("timeout", "error")

    def check(self) -> Iterator[Wrong]:
        """What is wrong with the node beyond its fields."""
        yield from ()

    @classmethod
    def fields(cls) -> dict[str, Field]:
        """The node's fields, in the order they were written."""
        found: dict[str, Field] = {}
        for owner in reversed(cls.__mro__):
            found.update({name: one for name, one in vars(owner).items() if isinstance(one, Field)})
        return found

    def all_outputs(self) -> tuple[str, ...]:
        """Every way out of this very node."""
        own = self.outputs
        if self.outputs_from is not None:
            items = self.data.get(self.outputs_from[0])
            own = (*(str(one.get("id")) for one in items if isinstance(one, dict)), *own) if isinstance(items, list) else own
        return (*own, "error") if self.can_fail else own

    def output_words(self, output: str) -> str:
        """What an output is called by people: of an item its words, or else its name."""
        items = self.data.get(self.outputs_from[0]) if self.outputs_from is not None else None
        item = next((one for one in items if isinstance(one, dict) and one.get("id") == output), None) if isinstance(items, list) else None
        said = item.get(self.outputs_from[1]) if item is not None and self.outputs_from is not None else None
        return said[:60] if isinstance(said, str) and said.strip() else output

    def problems(self) -> Iterator[Wrong]:
        """Everything that is wrong with the node's data."""
        found = [wrong for name, one in self.fields().items() for wrong in one.check(self.data.get(name), name) if self._shows(one, wrong)]
        yield from found
        yield from self._misplaced_secrets()
        # `check` may rely on every value being of its field's kind.
        if not any(wrong.code.startswith("not_") for wrong in found):
            yield from self.check()

    def _shows(self, field: Field, wrong: Wrong) -> bool:
        """What was written in a field that is asked for no more is no mistake, as long as it is of the field's kind."""
        return wrong.code.startswith("not_") or all(getattr(self, other) in values for other, values in field.only_with.items())

    def _misplaced_secrets(self) -> Iterator[Wrong]:
        """A secret goes to another system; a message, a note or a variable would show it."""
        fields = self.fields()
        for name, value in self.data.items():
            allowed = name in fields and fields[name].secrets
            for place in secrets_in(value):
                if not allowed:
                    yield Wrong(
                        name, "secret_here", f"“{place[:60]}” is not filled in here: secrets go only into HTTP requests and webhooks."
                    )
                elif name_of(place) is None:
                    yield Wrong(
                        name, "bad_secret", f"“{place[:60]}” is no secret: write {{{{secret.name}}}}, or {{{{secret.name | base64}}}}."
                    )

    @classmethod
    def describe(cls) -> dict[str, Any]:
        """What the editor needs to draw it: GET /api/v1/flow-nodes."""
        fields = cls.fields()
        return {
            "type": cls.type,
            "version": cls.version,
            "title": cls.title,
            "help": (cls.__doc__ or "").strip().splitlines()[0],
            "category": cls.category,
            "icon": cls.icon,
            "fields": {
                "type": "object",
                "properties": {name: one.schema() | cls._unsaid(name) for name, one in fields.items()},
                "required": [name for name, one in fields.items() if one.required],
            },
            "outputs": list((*cls.outputs, "error") if cls.can_fail else cls.outputs),
            "outputs_from": None if cls.outputs_from is None else {"field": cls.outputs_from[0], "label": cls.outputs_from[1]},
            "preview": dict(cls.preview),
            "is_slow": cls.is_slow,
        }

    @classmethod
    def _unsaid(cls, field: str) -> dict[str, str]:
        words = cls.unsaid(field)
        return {"x-unsaid": words} if words else {}
