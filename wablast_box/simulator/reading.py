"""A message as the person holding the phone sees it: its words, and what can be tapped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wablast_box.simulator.records import Message
from wablast_box.simulator.wire import Json

NAMES = {
    "image": "Photo",
    "video": "Video",
    "audio": "Audio",
    "document": "Document",
    "sticker": "Sticker",
    "location": "Location",
    "contacts": "Contact",
    "order": "Order",
    "unsupported": "Message not supported",
}


@dataclass(frozen=True)
class Choice:
    """Something to tap, and what the tap sends."""

    kind: str
    shape: str
    id: str
    title: str
    description: str | None = None

    @property
    def mark(self) -> str:
        """What tells it apart from the others: the same words may stand under every card of a template."""
        return self.id if self.shape == "quick_reply" else self.title

    def content(self) -> Json:
        """The body of the customer's answer."""
        if self.shape == "quick_reply":
            return {"text": self.title, "payload": self.id}
        reply = {"id": self.id, "title": self.title}
        if self.description:
            reply["description"] = self.description
        return {"type": self.shape, self.shape: reply}


def readable(message: Message) -> str:
    """All words of a message in one line."""
    return " ".join(_words(message.content))


def choices(message: Message) -> list[Choice]:
    """Everything a tap would answer: reply buttons, list rows, quick replies of templates."""
    content = message.content
    if not isinstance(content, dict):
        return []
    if message.type == "interactive":
        return [*_buttons(content), *_rows(content)]
    if message.type == "template":
        shown = content.get("rendered", {})
        return [
            Choice("button", "quick_reply", button.get("payload") or button["text"], button["text"])
            for part in (shown, *shown.get("cards", []))
            for button in part.get("buttons", [])
            if button.get("type") == "QUICK_REPLY"
        ]
    return []


def _buttons(content: Json) -> Iterator[Choice]:
    for button in content.get("action", {}).get("buttons", []):
        yield Choice("interactive", "button_reply", button["reply"]["id"], button["reply"]["title"])


def _rows(content: Json) -> Iterator[Choice]:
    if content.get("type") != "list":
        return
    for section in content["action"]["sections"]:
        for row in section["rows"]:
            yield Choice("interactive", "list_reply", row["id"], row["title"], row.get("description"))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)


def summary(message: Message) -> str:
    """One line for lists and quotes."""
    if message.revoked:
        return "Message deleted"
    content = message.content
    if message.type == "audio" and isinstance(content, dict) and content.get("voice"):
        return "Voice message"
    name = NAMES.get(message.type)
    words = _headline(message.type, content) if isinstance(content, dict) else None
    return words or name or message.type.replace("_", " ").capitalize()


def _headline(kind: str, content: Json) -> str | None:
    if kind == "interactive":
        answer = content.get(str(content.get("type")))
        if isinstance(answer, dict):
            return str(answer.get("title") or answer.get("body") or "")
        return str((content.get("body") or {}).get("text", ""))
    if kind == "template":
        return str(content.get("rendered", {}).get("body", ""))
    keys = {"text": "body", "button": "text", "document": "filename", "location": "name"}
    found: str | None = content.get("caption") or content.get(keys.get(kind, ""))
    return found
