"""Messages in the form of POST /conversations/{id}/messages, cut to what WhatsApp takes once their values are filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wablast_box.engine.flows.node.fields import LONGEST_TEXT, Text, Wrong

BODY, LIST_BODY, SHORT, CAPTION = 1024, 4096, 60, 1024
BUTTON, ROW, DESCRIPTION, SECTION = 20, 24, 72, 24
MOST_BUTTONS, MOST_ROWS = 3, 10
# The row that brings the next page of a long list.
MORE = "more_rows"


class Label(Text):
    """A short text, counted as the customer sees it. One that holds `{{values}}` is cut to its length when it is sent."""

    def limits(self) -> dict[str, Any]:
        return super().limits() | {"maxLength": LONGEST_TEXT, "x-most": self.longest}

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        if isinstance(value, str) and "{{" in value and len(value) <= LONGEST_TEXT:
            return
        yield from super().check_given(value, path)


@dataclass(frozen=True, slots=True)
class Option:
    """One of several things to tap."""

    id: str
    title: str
    description: str = ""
    section: str = ""


def clip(text: str, most: int) -> str:
    """At most so many characters, with a sign that there was more."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def text_bubble(text: str, *, preview_url: bool = False) -> dict[str, Any]:
    """A plain message."""
    return {"type": "text", "text": {"body": clip(text, LONGEST_TEXT), **({"preview_url": True} if preview_url else {})}}


def media_of(reference: str) -> dict[str, Any]:
    """A file of the box by its id, or somebody's by its address."""
    written = reference.strip()
    return {"media_id": written} if written.isascii() and written.isdigit() else {"link": written}


def media_bubble(kind: str, reference: str, *, caption: str = "", filename: str = "", voice: bool = False) -> dict[str, Any]:
    """A picture, film, sound, document or sticker."""
    media = media_of(reference)
    if caption.strip() and kind not in ("audio", "sticker"):
        media["caption"] = clip(caption, CAPTION)
    if filename.strip() and kind == "document":
        media["filename"] = clip(filename.strip(), 240)
    if voice:
        media["voice"] = True
    return {"type": kind, kind: media}


def buttons_bubble(body: str, options: Sequence[Option], *, header: str = "", footer: str = "") -> dict[str, Any]:
    """Up to three buttons."""
    buttons = [
        {"type": "reply", "reply": {"id": one.id, "title": title}} for one, title in zip(options, _told_apart(options, BUTTON), strict=True)
    ]
    return interactive("button", clip(body, BODY), {"buttons": buttons}, header=header, footer=footer)


def list_bubble(
    body: str, button: str, options: Sequence[Option], *, page: int = 0, more: str = "", header: str = "", footer: str = ""
) -> dict[str, Any]:
    """A list. More rows than ten become pages; the last row of a page brings the next one."""
    shown = _page(options, page, more)
    several = any(one.section.strip() for one in shown)
    sections = []
    for title, rows in groupby(shown, key=lambda one: one.section.strip()):
        section: dict[str, Any] = {"rows": [_row(one) for one in rows]}
        if several:
            section["title"] = clip(title or "…", SECTION)
        sections.append(section)
    return interactive("list", clip(body, LIST_BODY), {"button": clip(button, BUTTON), "sections": sections}, header=header, footer=footer)


def interactive(kind: str, body: str, action: Mapping[str, Any], *, header: str = "", footer: str = "") -> dict[str, Any]:
    """The frame of everything that can be tapped."""
    frame: dict[str, Any] = {"type": kind, "body": {"text": body}, "action": dict(action)}
    if header.strip():
        frame["header"] = {"type": "text", "text": clip(header, SHORT)}
    if footer.strip():
        frame["footer"] = {"text": clip(footer, SHORT)}
    return {"type": "interactive", "interactive": frame}


def pages_of(count: int) -> int:
    """How many pages so many rows make."""
    return 1 if count <= MOST_ROWS else 1 + pages_of(count - MOST_ROWS + 1)


def _page(options: Sequence[Option], page: int, more: str) -> list[Option]:
    size = MOST_ROWS - 1
    rest = options[page * size :]
    if len(rest) <= MOST_ROWS:
        return list(rest)
    shown = list(rest[:size])
    return [*shown, Option(MORE, more, section=shown[-1].section)]


def _row(one: Option) -> dict[str, Any]:
    row = {"id": one.id, "title": clip(one.title, ROW)}
    return row | {"description": clip(one.description, DESCRIPTION)} if one.description.strip() else row


def _told_apart(options: Sequence[Option], most: int) -> list[str]:
    """WhatsApp refuses two buttons of the same words, which values or cutting may have made."""
    seen: dict[str, int] = {}
    titles = []
    for one in options:
        title = clip(one.title, most)
        seen[title] = seen.get(title, 0) + 1
        titles.append(title if seen[title] == 1 else f"{title[: most - 2].rstrip()} {seen[title]}")
    return titles
