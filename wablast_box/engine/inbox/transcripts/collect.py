"""The messages and notes of a conversation from the first on, page by page, with words for what is no text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from wablast_box.engine.inbox.thread.read import Place, timeline
from wablast_box.engine.inbox.visibility import EVERYTHING

PAGE = 200
_NAMES = {
    "image": "Photo", "video": "Video", "audio": "Audio", "document": "Document", "sticker": "Sticker", "location": "Location",
    "contacts": "Contact card", "order": "Order", "template": "Template", "interactive": "Message with buttons",
    "system": "Notice of WhatsApp",
    "unsupported": "Message that WhatsApp does not hand over", "request_welcome": "Opened the chat",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Which part is taken along: ids from `first` up to, not including, `ends`."""

    first: int = 0
    ends: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A message or a note. `author`: None is the customer."""

    id: str
    at: str
    side: Literal["customer", "business", "note"]
    author: str | None
    type: str
    text: str
    file: str | None
    state: str


def items(conversation_id: int, span: Span, *, with_notes: bool) -> Iterator[Item]:
    """Oldest first."""
    after = max(0, span.first - 1)
    while True:
        page = timeline(EVERYTHING, conversation_id, Place("after", after), PAGE)
        for entry in page.items:
            inner = entry[entry["kind"]]
            if span.ends is not None and int(inner["id"]) >= span.ends:
                return
            if entry["kind"] == "message":
                yield _message(inner)
            elif entry["kind"] == "note" and with_notes and not inner["deleted"]:
                yield _note(inner)
        if page.after is None or not page.items:
            return
        after = int(page.after)


def _message(view: dict[str, Any]) -> Item:
    side: Literal["customer", "business"] = "customer" if view["direction"] == "in" else "business"
    sender = view["sender"]
    author = None if side == "customer" else (sender and sender["name"]) or ""
    file = (view["attachment"] or {}).get("filename")
    return Item(view["id"], view["sent_at"] or view["created_at"], side, author, view["type"], _words(view, file), file, view["state"])


def _words(view: dict[str, Any], file: str | None) -> str:
    if view["revoked"]:
        return "[Deleted]" + (f" {view['text']}" if view["text"] else "")
    name = _NAMES.get(view["type"])
    if name is None:
        return view["text"] or f"[{view['type']}]"
    parts = [f"[{name}{f': {file}' if file else ''}]", view["text"] if view["text"] != file else None]
    return " ".join(part for part in parts if part)


def _note(view: dict[str, Any]) -> Item:
    return Item(view["id"], view["created_at"], "note", view["author"]["name"] or "", "note", view["text"], None, "")
