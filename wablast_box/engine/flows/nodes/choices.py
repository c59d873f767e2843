"""Questions whose choices come from elsewhere: a list that the flow holds, pictures, the numbers of a rating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wablast_box.engine.flows.node.bubbles import BUTTON, Label, Option, media_bubble
from wablast_box.engine.flows.node.fields import Choice, Reference, Text, Variable, Wrong
from wablast_box.engine.flows.node.filters import shown
from wablast_box.engine.flows.node.lists import Items
from wablast_box.engine.flows.node.outcome import NEXT, Go, Outcome
from wablast_box.engine.flows.node.saying import bare_words
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.nodes.asking import TIMEOUT, words_of
from wablast_box.engine.flows.nodes.menus import MOST_OPTIONS, UNMATCHED, Menu, told_apart
from wablast_box.engine.flows.nodes.talk import LONGEST_LINK, one_file

# Five messages may go out before the customer says something: these and the question.
MOST_PICTURES = 4


class AskChoice(Menu):
    """Lets the customer choose from a list that the flow holds, such as what a system answered."""

    type, title, icon, category = "ask_choice", "Ask to choose from a list", "list-search", "questions"
    outputs = (NEXT, UNMATCHED, TIMEOUT)
    preview = {"question": "text"}

    source = Text("List", longest=200, required=True, fills=False, help="The name of a value that is a list, such as order.items")
    title_of = Text("What a row shows", longest=200, fills=False, help="A name within each entry, such as title. Empty: the entry itself.")
    description_of = Text("What stands below it", longest=200, fills=False)
    button = Label("Words that open the list", longest=BUTTON, default="Choose", spoken=True)
    save_as = Variable("Keep the chosen entry as", default="choice")

    def options(self, step: Step) -> list[Option]:
        return [
            Option(str(at), self._part(one, self.title_of, whole=True), self._part(one, self.description_of, whole=False))
            for at, one in enumerate(self._entries(step))
        ]

    def with_buttons(self, there: list[Option]) -> bool:
        return not any(one.description.strip() for one in there)

    def _entries(self, step: Step) -> list[Any]:
        found = step.memory.get("entries")
        if found is None:
            given = step.get(self.source)
            found = step.memory["entries"] = given[:MOST_OPTIONS] if isinstance(given, list) else []
        return found

    def _part(self, entry: Any, name: str | None, *, whole: bool) -> str:
        if not name:
            return shown(entry) if whole else ""
        return shown(entry.get(name.strip())) if isinstance(entry, dict) else ""

    def list_button(self, step: Step) -> str:
        return step.fill(self.button) or "Choose"

    def take(self, step: Step, option: Option) -> Outcome:
        step.set(self.save_as, self._entries(step)[int(option.id)])
        return Go()


class AskPicture(Menu):
    """Shows pictures and asks which one. Each goes on by its own way."""

    type, title, icon, category = "ask_picture", "Ask to choose a picture", "photo-question", "questions"
    outputs_from = ("pictures", "title")
    preview = {"body": "text", "buttons": "pictures"}

    pictures = Items(
        "Pictures",
        {
            "title": Label("Words", longest=BUTTON, required=True, spoken=True),
            "media": Reference("Picture", "media"),
            "link": Text("Or a link to it", longest=LONGEST_LINK),
        },
        least=2, most=MOST_PICTURES, item="Picture", required=True,
    )  # fmt: skip

    def options(self, step: Step) -> list[Option]:
        return [Option(str(one["id"]), step.fill(str(one.get("title") or ""))) for one in self.pictures]

    def ask(self, step: Step, again: str | None) -> None:
        """The pictures once; who is asked again still sees them."""
        if again is None:
            for number, one in enumerate(self.pictures, 1):
                caption = f"{number}. {step.fill(str(one.get('title') or ''))}"
                step.send(media_bubble("image", one.get("media") or step.fill(str(one.get("link") or "")), caption=caption))
        super().ask(step, again)

    def check(self) -> Iterator[Wrong]:
        yield from told_apart("pictures", self.pictures)
        for at, one in enumerate(self.pictures or []):
            yield from (
                Wrong(f"pictures.{at}.{wrong.path}", wrong.code, wrong.message) for wrong in one_file(one.get("media"), one.get("link"))
            )


class AskRating(Menu):
    """Asks for a rating from 1 to 5 and keeps the number."""

    type, title, icon, category = "ask_rating", "Ask for a rating", "star", "questions"
    outputs = (NEXT, UNMATCHED, TIMEOUT)
    preview = {"question": "text"}

    look = Choice("Shown as", {"stars": "Stars", "faces": "Faces", "numbers": "Numbers"}, default="stars")
    button = Label("Words that open the list", longest=BUTTON, default="Rate", spoken=True)
    save_as = Variable("Keep the rating as", default="rating")

    def options(self, step: Step) -> list[Option]:
        looks = {"stars": "★", "numbers": ""}
        faces = ("😞", "🙁", "😐", "🙂", "😍")
        return [
            Option(str(number), f"{number} {faces[number - 1] if self.look == 'faces' else looks[self.look] * number}".strip())
            for number in range(5, 0, -1)
        ]

    def with_buttons(self, there: list[Option]) -> bool:
        return False

    def list_button(self, step: Step) -> str:
        return step.fill(self.button) or "Rate"

    def hear(self, step: Step, said: Mapping[str, Any]) -> Outcome | None:
        """A number typed is the rating itself, not a place in the list; so are stars."""
        words = words_of(said)
        stars = sum(words.count(star) for star in ("⭐", "★"))
        number = str(stars) if stars and len(words) <= 12 else bare_words(words).partition(" ")[0]
        found = next((one for one in self.options(step) if one.id in (said.get("reply_id"), number)), None)
        return None if found is None else self.take(step, found)

    def take(self, step: Step, option: Option) -> Outcome:
        step.set(self.save_as, int(option.id))
        return Go()
