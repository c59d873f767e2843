"""From rows to documents: what of a message, a note or a person can be found by words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

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
    known = values_of(numbers)
    phones = _other_numbers(numbers)
    select = "SELECT id, name, profile_name, username, phone FROM contact"
    for number, name, profile_name, username, phone in sql.run(f"{select} WHERE {where}", params):
        values = known.get(number, [])
        called = words(" ".join(filter(None, [name, profile_name, username, *(one.text for one in values if not one.is_number)])))
        digits = {phone, *phones.get(number, ()), *(one.text for one in values if one.is_number)}
        yield Document(number, None, (called, [part for one in sorted(filter(None, digits)) for part in endings(one)]))


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of a person in one field."""

    text: str
    is_number: bool


def values_of(contact_ids: Sequence[int]) -> dict[int, list[Value]]:
    """What is known of people, in the order of the fields."""
    found: dict[int, list[Value]] = {}
    if contact_ids:
        where, params = sql.among("v.contact_id", list(contact_ids))
        rows = sql.run(
            f"SELECT v.contact_id, v.value, f.kind FROM contact_value v JOIN contact_field f ON f.id = v.field_id WHERE {where}"
            " ORDER BY f.place, f.id",
            params,
        )
        for contact_id, value, kind in rows:
            found.setdefault(contact_id, []).append(Value(value, kind == "phone"))
    return found


def _other_numbers(contact_ids: Sequence[int]) -> dict[int, list[str]]:
    where, params = sql.among("contact_id", list(contact_ids))
    found: dict[int, list[str]] = {}
    for contact_id, wa_id in sql.run(f"SELECT contact_id, wa_id FROM contact_account WHERE wa_id IS NOT NULL AND {where}", params):
        found.setdefault(contact_id, []).append(wa_id)
    return found


def endings(phone: str) -> list[str]:
    """A number from each of its digits on: so that any digits in a row are the beginning of a word."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return [digits[start:] for start in range(len(digits) - SHORTEST_NUMBER + 1)]


_LOADERS: dict[Kind, Callable[[Sequence[int]], Iterator[Document]]] = {"message": _messages, "note": _notes, "contact": _contacts}
