"""Nodes that give something to tap: buttons and lists.

What is typed counts as a tap when it is the number or the words of an option. More than three buttons become a list, and
a list of more than ten rows becomes pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from wablast_box.engine.flows.node.amounts import as_duration
from wablast_box.engine.flows.node.bubbles import (
    BODY,
    BUTTON,
    DESCRIPTION,
    LIST_BODY,
    MORE,
    MOST_BUTTONS,
    ROW,
    SECTION,
    SHORT,
    Label,
    Option,
    buttons_bubble,
    list_bubble,
    pages_of,
)  # fmt: skip
from wablast_box.engine.flows.node.fields import Number, Text, Variable, Wrong
from wablast_box.engine.flows.node.lists import Items
from wablast_box.engine.flows.node.outcome import NEXT, Go, Outcome
from wablast_box.engine.flows.node.saying import bare_words, chosen
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.nodes.asking import MONTH_MINUTES, TIMEOUT, Asking, words_of
from wablast_box.lib.errors import Invalid

UNMATCHED = "unmatched"
MOST_OPTIONS = 100


class Menu(Asking):
    """Base of all that is tapped. `options` says what there is to choose."""

    lost = UNMATCHED
    outputs: ClassVar[tuple[str, ...]] = (UNMATCHED, TIMEOUT)
    sorry = "Sorry, that is not one of the choices. Please tap one, or send its number."

    text = Label("Text", longest=BODY, lines=4, required=True, spoken=True)
    save_as = Variable("Keep the choice as")
    reprompts = Number("Ask again at most", least=0, most=5, default=1)
    reprompt_text = Text("When the answer is none of them", lines=2, longest=BODY, spoken=True)
    wait_minutes = Number("Wait at most (minutes)", least=0, most=MONTH_MINUTES, default=0, help="0: as long as it takes.")

    def options(self, step: Step) -> list[Option]:
        """What there is to choose, as it was given."""
        raise NotImplementedError

    def list_button(self, step: Step) -> str:
        """The words that open a list."""
        return "Choose"

    def heading(self, step: Step) -> str:
        return ""

    def small_print(self, step: Step) -> str:
        return ""

    def ask(self, step: Step, again: str | None) -> None:
        there = self._there(step)
        text = again or step.fill(self.text)
        parts = {"header": self.heading(step), "footer": self.small_print(step)}
        if len(there) <= MOST_BUTTONS and self.with_buttons(there):
            step.send(buttons_bubble(text, there, **parts))
            return
        page = int(step.memory.get("page", 0))
        more = f"More ({page + 2}/{pages_of(len(there))})"
        step.send(list_bubble(text, self.list_button(step), there, page=page, more=more, **parts))

    def with_buttons(self, there: list[Option]) -> bool:
        """May few options be shown as buttons?"""
        return True

    def hear(self, step: Step, said: Mapping[str, Any]) -> Outcome | None:
        there = self._there(step)
        words, tapped = words_of(said), said.get("reply_id")
        pages = pages_of(len(there)) if len(there) > MOST_BUTTONS else 1
        if pages > 1 and (tapped == MORE or bare_words(words).partition(" ")[0] == "more"):
            step.memory["page"] = (int(step.memory.get("page", 0)) + 1) % pages
            self.ask(step, None)
            return self.wait(step)
        found = chosen(there, tapped, words)
        return None if found is None else self.take(step, found)

    def take(self, step: Step, option: Option) -> Outcome:
        """It was chosen."""
        if self.save_as:
            step.set(self.save_as, self._as_drawn(step, option))
        return Go(option.id)

    def _as_drawn(self, step: Step, option: Option) -> str:
        """Its words in the flow's main language, whatever the customer reads: what later nodes compare is one and the same."""
        if self.data is self.drawn:
            return option.title
        plain = type(self)(self.drawn)
        return next((one.title for one in plain.options(step) if one.id == option.id), option.title)

    def _there(self, step: Step) -> list[Option]:
        """What can be shown: options whose words came out empty are left out."""
        there = [one for one in self.options(step) if one.title.strip()][:MOST_OPTIONS]
        if not there:
            raise Invalid("There is nothing to choose from: the list is empty.", code="no_options")
        return there

    def most_again(self) -> int:
        return int(self.reprompts)

    def again_text(self) -> str | None:
        return self.reprompt_text

    def minutes(self) -> float:
        return as_duration(self.wait_minutes)


class SendButtons(Menu):
    """Asks with buttons and goes on by the one that is tapped. More than three become a list."""

    type, title, icon, category = "send_buttons", "Send buttons", "hand-click", "messages"
    outputs_from = ("buttons", "title")
    preview = {"body": "text", "header": "header", "footer": "footer", "buttons": "buttons"}

    header = Label("Heading", longest=SHORT, spoken=True)
    footer = Label("Small print", longest=SHORT, spoken=True)
    buttons = Items(
        "Buttons", {"title": Label("Words", longest=BUTTON, required=True, spoken=True)}, least=1, most=10, item="Button", required=True
    )
    button = Label("Words that open the list", longest=BUTTON, default="Choose", spoken=True, help="With more than three buttons.")

    def options(self, step: Step) -> list[Option]:
        return [Option(str(one["id"]), step.fill(str(one.get("title") or ""))) for one in self.buttons]

    def list_button(self, step: Step) -> str:
        return step.fill(self.button) or "Choose"

    def heading(self, step: Step) -> str:
        return step.fill(self.header or "")

    def small_print(self, step: Step) -> str:
        return step.fill(self.footer or "")

    def check(self) -> Iterator[Wrong]:
        yield from told_apart("buttons", self.buttons)


class SendList(Menu):
    """Asks with a list and goes on by the row that is tapped. More than ten rows become pages."""

    type, title, icon, category = "send_list", "Send a list", "list", "messages"
    outputs_from = ("rows", "title")
    preview = {"body": "text", "header": "header", "footer": "footer", "rows": "rows", "button": "button"}

    text = Label("Text", longest=LIST_BODY, lines=4, required=True, spoken=True)
    header = Label("Heading", longest=SHORT, spoken=True)
    footer = Label("Small print", longest=SHORT, spoken=True)
    button = Label("Words that open the list", longest=BUTTON, default="Choose", spoken=True)
    rows = Items(
        "Rows",
        {
            "title": Label("Words", longest=ROW, required=True, spoken=True),
            "description": Label("Description", longest=DESCRIPTION, spoken=True),
            "section": Label("Section", longest=SECTION, spoken=True),
        },
        least=1, most=50, item="Row", required=True,
    )  # fmt: skip

    def options(self, step: Step) -> list[Option]:
        return [
            Option(str(one["id"]), *(step.fill(str(one.get(name) or "")) for name in ("title", "description", "section")))
            for one in self.rows
        ]

    def with_buttons(self, there: list[Option]) -> bool:
        return False

    def list_button(self, step: Step) -> str:
        return step.fill(self.button) or "Choose"

    def heading(self, step: Step) -> str:
        return step.fill(self.header or "")

    def small_print(self, step: Step) -> str:
        return step.fill(self.footer or "")

    def check(self) -> Iterator[Wrong]:
        yield from told_apart("rows", self.rows)
        named = [bool(str(one.get("section") or "").strip()) for one in self.rows or []]
        if any(named) and not all(named):
            yield Wrong(f"rows.{named.index(False)}.section", "missing", "Some rows stand in a section: give every row one.")


def told_apart(path: str, items: Sequence[Mapping[str, Any]] | None) -> Iterator[Wrong]:
    """The same words twice cannot be told apart when they are typed, and WhatsApp refuses such buttons."""
    seen: set[str] = set()
    for at, one in enumerate(items or []):
        words = str(one.get("title") or "").strip().casefold()
        if words and words in seen:
            yield Wrong(f"{path}.{at}.title", "twice", f"“{one['title']}” is there twice. Give each its own words.")
        seen.add(words)
        if one.get("id") in (MORE, UNMATCHED, TIMEOUT, NEXT, "error"):
            yield Wrong(f"{path}.{at}.id", "reserved_id", f"“{one['id']}” is taken by the box: give it another id.")
