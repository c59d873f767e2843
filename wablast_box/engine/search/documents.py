"""From rows to documents: what of a message, a note or a person can be found by words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from wablast_box.engine.inbox.changes.read import Change, changes_of, edits, fitting
from wablast_box.engine.search.store import Document, Kind
from wablast_box.engine.search.words import words
from wablast_box.lib import sql

# Fewer digits than these lead nowhere.
SHORTEST_NUMBER = 3
_MESSAGES = (
    "SELECT m.id, m.conversation_id, m.direction, m.text, m.wamid, COALESCE(a.filename, f.filename) FROM message m"
    " LEFT JOIN attachment a ON a.message_id = m.id LEFT JOIN media_file f ON f.id = a.media_file_id"
    # What is about a message that is here is found in that message.
    " LEFT JOIN message t ON t.wamid = m.about_wamid AND t.conversation_id = m.conversation_id WHERE t.id IS NULL AND "
)
_TARGETS = "SELECT t.id FROM message m JOIN message t ON t.wamid = m.about_wamid AND t.conversation_id = m.conversation_id WHERE "


def load(kind: Kind, numbers: Sequence[int]) -> list[Document]:
    """The documents of rows, in the order of their ids; none for a row that is gone or has no words."""
    return sorted(_LOADERS[kind](numbers), key=lambda document: document.id) if numbers else []


def with_targets(numbers: Sequence[int]) -> list[int]:
    """These messages, and those that they edit."""
    where, params = sql.among("m.id", list(numbers))
    return sorted({*numbers, *(row[0] for row in sql.run(f"{_TARGETS}{where}", params))})


def text_now(text: str | None, row: dict[str, object], changes: Sequence[Change]) -> str:
    """What a message says after all edits of the side that wrote it."""
    last = edits(fitting(changes, row))[-1:]
    return (last[0].text if last else text) or ""


def _messages(numbers: Sequence[int]) -> Iterator[Document]:
    where, params = sql.among("m.id", list(numbers))
    rows = sql.run(f"{_MESSAGES}{where}", params)
    changes = changes_of(row[4] for row in rows)
    for number, conversation_id, direction, text, wamid, filename in rows:
        found = changes.get(wamid)
        if found:
            text = text_now(text, {"conversation_id": conversation_id, "direction": direction}, found)
        said, file = words(text) if text and text != filename else [], words(filename) if filename else []
        if said or file:
            yield Document(number, conversation_id, (said, file))


def _notes(numbers: Sequence[int]) -> Iterator[Document]:
    where, params = sql.among("id", list(numbers))
    for number, conversation_id, text in sql.run(f"SELECT id, conversation_id, text FROM note WHERE {where}", params):
        yield Document(number, conversation_id, (words(text),))


def _contacts(numbers: Sequence[int]) -> Iterator[Document]:
    where, params = sql.among("id", list(numbers))
    for number, name, username, phone in sql.run(f"SELECT id, name, username, phone FROM contact WHERE {where}", params):
        called = words(f"{name or ''} {username or ''}")
        yield Document(number, None, (called, endings("".join(c for c in phone or "" if c.isdigit()))))


def endings(digits: str) -> list[str]:
    """A number from each of its digits on: so that any digits in a row are the beginning of a word."""
    return [digits[start:] for start in range(len(digits) - SHORTEST_NUMBER + 1)]


_LOADERS: dict[Kind, Callable[[Sequence[int]], Iterator[Document]]] = {"message": _messages, "note": _notes, "contact": _contacts}
