"""Rows of made-up messages, in the order in which they were written, as ingest would have stored them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wablast_box.engine.ops.seed.dialogues import Line, script
from wablast_box.engine.ops.seed.times import language_of, place
from wablast_box.engine.ops.seed.words import AREAS, COLORS, COLORS_IN, DAYS, DAYS_IN, FIRST_NAMES, ITEMS
from wablast_box.lib.db import JsonField
from wablast_box.lib.ids import EPOCH_MS

COLUMNS = (
    "id", "conversation_id", "wamid", "direction", "type", "text", "content_json", "is_forwarded", "state", "sender",
    "error_code", "error_title", "created_at", "sent_at", "delivered_at", "read_at", "priority", "attempts",
)  # fmt: skip
_DAY_MS, _LOW_BITS = 24 * 3600 * 1000, 21
_to_json = JsonField().db_value
_RECEIVED = ("received", None, None, None, None)


@dataclass(slots=True)
class Newest:
    """How far a conversation got."""

    id: int = 0
    inbound_id: int = 0
    inbound_at: int = 0
    waits_since: int = 0


@dataclass(slots=True)
class Written:
    """A batch of rows, and what they mean for their conversations."""

    messages: list[tuple[Any, ...]] = field(default_factory=list)
    files: list[tuple[Any, ...]] = field(default_factory=list)
    newest: dict[int, Newest] = field(default_factory=dict)


@dataclass(slots=True)
class Writer:
    """Makes rows; `conversations` are the ids behind the numbers, `files` the stored ones by type."""

    conversations: Sequence[int]
    staff: Sequence[int]
    files: dict[str, tuple[int, str]]
    count: int = 0

    def write(self, packed: Sequence[int]) -> Written:
        """The rows for some places in time."""
        written, lines = Written(), script().lines
        for one in packed:
            at, number, line = place(one)
            self._one(written, at, number, lines[line])
        return written

    def _one(self, written: Written, at: int, number: int, line: Line) -> None:
        self.count += 1
        row_id = (at - EPOCH_MS << _LOW_BITS) | (self.count & 0x1FFFFF)
        conversation_id = self.conversations[number]
        text = line.text.format_map(words(number, at)) if "{" in line.text else line.text
        # A photo's text is its caption; a document speaks by its name.
        said = None if line.type == "document" else text
        direction, sender = ("in", None) if line.is_inbound else ("out", self._sender(number))
        state, code, title, delivered_at, read_at = _RECEIVED if line.is_inbound else _outcome(self.count, at)
        written.messages.append((
            row_id, conversation_id, f"wamid.{number:X}{row_id:X}", direction, line.type, said, self._content(line, text),
            False, state, sender, code, title, at, at, delivered_at, read_at, 0, 0,
        ))  # fmt: skip
        if line.type in self.files:
            media_id, mime_type = self.files[line.type]
            written.files.append((row_id, "stored", media_id, mime_type, text if line.type == "document" else None))
        _follow(written.newest.setdefault(conversation_id, Newest()), row_id, at, line)

    def _sender(self, number: int) -> str:
        return f"user:{self.staff[number % len(self.staff)]}" if self.staff else "system"

    def _content(self, line: Line, text: str) -> str | None:
        if line.type == "text":
            return _to_json({"body": text})
        return _to_json({"filename": text} if line.type == "document" else {"caption": text})


def from_id(row_id: int) -> int:
    """The moment in an id."""
    return (row_id >> _LOW_BITS) + EPOCH_MS


def words(number: int, at: int) -> dict[str, Any]:
    """What this conversation is about on this day."""
    day = at // _DAY_MS
    mark, language = number * 31 + day * 17, language_of(number)
    colors, days = COLORS_IN.get(language, COLORS), DAYS_IN.get(language, DAYS)
    return {
        "name": FIRST_NAMES[number % len(FIRST_NAMES)],
        "item": ITEMS[mark % len(ITEMS)],
        "color": colors[mark % len(colors)],
        "price": 450 + mark * 37 % 240 * 50,
        "day": days[(mark >> 2) % len(days)],
        "area": AREAS[number % len(AREAS)],
        "pin": 110_001 + number * 7 % 700_000,
        "count": 2 + mark % 40,
        "order": f"AS-{10_000 + (number * 7_919 + day * 131) % 90_000}",
        "staff": FIRST_NAMES[(number >> 3) % len(FIRST_NAMES)],
    }


def _outcome(count: int, at: int) -> tuple[Any, ...]:
    """What became of an answer: most are read, some only delivered, one in a hundred failed."""
    mark = count * 2_654_435_761 % 100
    if mark < 78:
        return "read", None, None, at + 3_000, at + 60_000
    if mark < 95:
        return "delivered", None, None, at + 3_000, None
    if mark < 99:
        return "sent", None, None, None, None
    return "failed", 131026, "Message undeliverable", None, None


def _follow(newest: Newest, row_id: int, at: int, line: Line) -> None:
    newest.id = row_id
    if not line.is_inbound:
        newest.waits_since = 0
        return
    newest.inbound_id, newest.inbound_at = row_id, at
    newest.waits_since = newest.waits_since or at
