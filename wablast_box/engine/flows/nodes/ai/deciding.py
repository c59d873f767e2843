"""A model sorts what a customer wrote into the owner's list, or takes facts out of it. What is not in the list does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from wablast_box.engine.flows.node.amounts import plain_number, read_number
from wablast_box.engine.flows.node.bubbles import clip
from wablast_box.engine.flows.node.fields import Choice, Flag, Text, Variable, Wrong
from wablast_box.engine.flows.node.lists import Items
from wablast_box.engine.flows.node.outcome import NEXT, Go, Outcome
from wablast_box.engine.flows.node.rules import same_text
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.nodes.ai.asking_models import CAREFUL, AsksModel, system, told, words_of_customer

UNSURE, MISSING = "unsure", "missing"
KINDS = {"text": "Text", "number": "Number", "date": "Date", "yes_no": "Yes or no", "one_of": "One of a list"}
LONGEST_FACT = 500


class AiClassify(AsksModel):
    """A language model decides which of your categories a message belongs to."""

    type, title, icon = "ai_classify", "AI decides", "arrows-split-2"
    outputs = (UNSURE,)
    outputs_from = ("categories", "title")

    text = Text("What it looks at", lines=2, default="{{message.text}}")
    categories = Items(
        "Categories",
        {
            "title": Text("Name", longest=60, fills=False, required=True),
            "help": Text("When", lines=2, longest=300, fills=False, help="In a sentence, with an example."),
        },
        least=2, most=20, item="Category", required=True,
    )  # fmt: skip
    instructions = Text("What else it should know", lines=3)
    save_as = Variable("Keep the category as", default="category")

    def work(self, step: Step) -> Outcome:
        text = step.fill(self.text).strip()
        if not text:
            return Go(UNSURE)
        titles = [str(one.get("title")) for one in self.categories]
        schema = _object({"category": {"type": "string", "enum": [*titles, UNSURE]}})
        said = self.ask(
            step, [system(*self._told(step)), words_of_customer(text)], purpose="classify", stand_in=self._guess(text), schema=schema,
            max_tokens=600,
        )  # fmt: skip
        named = (said.data or {}).get("category")
        found = next((one for one in self.categories if isinstance(named, str) and same_text(named, str(one.get("title")))), None)
        if found is None:
            return Go(UNSURE)
        step.set(self.save_as, found["title"])
        return Go(str(found["id"]))

    def _told(self, step: Step) -> tuple[str, ...]:
        listed = "\n".join(f"- {one.get('title')}: {one.get('help') or ''}".rstrip(": ") for one in self.categories)
        return (
            "Decide which category the user's message belongs to. The categories:\n" + listed,
            told(step, self.instructions),
            f'Answer only with JSON: {{"category": "…"}} with one name of the list, or "{UNSURE}" when none of them fits clearly.',
            CAREFUL,
        )

    def _guess(self, text: str) -> dict[str, str]:
        """What a rehearsal takes: a category that is named in the text, else the first."""
        titles = [str(one.get("title")) for one in self.categories]
        return {"category": next((title for title in titles if title.casefold() in text.casefold()), titles[0])}

    def check(self) -> Iterator[Wrong]:
        titles: list[str] = []
        for at, one in enumerate(self.categories or ()):
            title = str(one.get("title") or "").strip()
            if title.casefold() == UNSURE or any(same_text(title, before) for before in titles):
                yield Wrong(f"categories.{at}.title", "same_title", f"Another way is called “{title}” already.")
            titles.append(title)


class AiExtract(AsksModel):
    """A language model takes facts out of a message and keeps them in variables."""

    type, title, icon = "ai_extract", "AI takes out facts", "list-search"
    outputs = (NEXT, MISSING)

    text = Text("What it looks at", lines=2, default="{{message.text}}")
    facts = Items(
        "Facts",
        {
            "variable": Variable("Keep it as", required=True),
            "kind": Choice("Kind", KINDS, default="text"),
            "help": Text("What it is", lines=2, longest=300, fills=False),
            "options": Text("The list", longest=500, fills=False, help="For “One of a list”: with commas between."),
            "needed": Flag("Without it the flow goes on by “missing”"),
        },
        least=1, most=20, item="Fact", required=True, when={"options": {"kind": ["one_of"]}},
    )  # fmt: skip
    instructions = Text("What else it should know", lines=3)

    def work(self, step: Step) -> Outcome:
        text = step.fill(self.text).strip()
        data: Mapping[str, Any] = {}
        if text:
            said = self.ask(
                step, [system(*self._told(step)), words_of_customer(text)], purpose="extract",
                stand_in={one["variable"]: None for one in self.facts}, schema=self._schema(), max_tokens=1200,
            )  # fmt: skip
            data = said.data or {}
        is_missing = False
        for one in self.facts:
            value = _fact(one, data.get(one["variable"]))
            # What was known before may belong to another message: it does not stay.
            step.set(one["variable"], value)
            is_missing = is_missing or (value is None and bool(one.get("needed")))
        return Go(MISSING if is_missing else NEXT)

    def _told(self, step: Step) -> tuple[str, ...]:
        today = step.now.astimezone(step.zone)
        return (
            "Take these facts out of the user's message:\n" + "\n".join(_told_of(one) for one in self.facts),
            told(step, self.instructions),
            f"Today is {today:%A}, {today:%Y-%m-%d}. Write dates as YYYY-MM-DD. Answer only with one JSON object that has these names."
            " What the message does not say is null: never guess.",
            CAREFUL,
        )

    def _schema(self) -> dict[str, Any]:
        return _object({one["variable"]: {"type": [_JSON.get(str(one.get("kind")), "string"), "null"]} for one in self.facts})

    def check(self) -> Iterator[Wrong]:
        names = [one.get("variable") for one in self.facts or ()]
        for at, one in enumerate(self.facts or ()):
            if one.get("variable") in names[:at]:
                yield Wrong(f"facts.{at}.variable", "same_title", "Another fact is kept under this name already.")
            if one.get("kind") == "one_of" and len(_options(one)) < 2:
                yield Wrong(f"facts.{at}.options", "missing", "Write the list, with commas between.")


_JSON = {"number": "number", "yes_no": "boolean"}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """As strict servers want it: every name is required and there are no others."""
    return {"type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def _told_of(one: Mapping[str, Any]) -> str:
    kind = KINDS.get(str(one.get("kind") or "text"), "Text").lower()
    listed = f" of: {', '.join(_options(one))}" if one.get("kind") == "one_of" else ""
    return f"- {one['variable']} ({kind}{listed}): {one.get('help') or ''}".rstrip(": ")


def _options(one: Mapping[str, Any]) -> list[str]:
    return [part.strip() for part in str(one.get("options") or "").split(",") if part.strip()]


def _fact(one: Mapping[str, Any], value: Any) -> Any:
    """The value if it is of its kind, else None."""
    kind = one.get("kind") or "text"
    if kind == "yes_no":
        return value if isinstance(value, bool) else None
    if kind == "number":
        number = read_number(value)
        return None if number is None else (int(number) if number == number.to_integral_value() else float(plain_number(number)))
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
        return None
    text = clip(str(value).strip(), LONGEST_FACT)
    if kind == "date":
        return _day(text)
    if kind == "one_of":
        return next((option for option in _options(one) if same_text(option, text)), None)
    return text


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None
