"""What is shown of messages and notes that were found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.inbox.changes.read import changes_of
from wablast_box.engine.inbox.views import called, sender_names
from wablast_box.engine.search.documents import text_now
from wablast_box.engine.search.filters import Asker
from wablast_box.engine.search.query import Search
from wablast_box.engine.search.snippet import holds_all, snippet
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso

_PERSON = "ct.id, ct.name, ct.username, ct.phone, ct.user_id"
_JOINS = "JOIN conversation c ON c.id = m.conversation_id JOIN contact ct ON ct.id = c.contact_id"
_MESSAGE_NAMES = (
    "id", "conversation_id", "direction", "type", "text", "sender", "created_at", "wamid", "filename", "mime_type",
    "contact_id", "name", "username", "phone", "user_id",
)  # fmt: skip
_MESSAGES = (
    "SELECT m.id, m.conversation_id, m.direction, m.type, m.text, m.sender, m.created_at, m.wamid, COALESCE(a.filename, f.filename),"
    f" COALESCE(f.mime_type, a.mime_type), {_PERSON} FROM message m {_JOINS}"
    " LEFT JOIN attachment a ON a.message_id = m.id LEFT JOIN media_file f ON f.id = a.media_file_id WHERE "
)
_NOTE_NAMES = ("id", "conversation_id", "text", "sender", "created_at", "contact_id", "name", "username", "phone", "user_id")
_NOTES = f"SELECT m.id, m.conversation_id, m.text, m.author, m.created_at, {_PERSON} FROM note m {_JOINS} WHERE "


def messages(numbers: Sequence[int], search: Search, asker: Asker) -> dict[int, dict[str, Any]]:
    """Hits by message id; one that was found by its file's name is a file."""
    rows = _rows(_MESSAGES, _MESSAGE_NAMES, numbers)
    changes = changes_of(row["wamid"] for row in rows)
    names = sender_names({row["sender"] for row in rows if row["sender"]})
    found = {}
    for row in rows:
        text = text_now(row["text"], row, changes.get(row["wamid"], []))
        is_file = _is_file(text, row["filename"], search)
        shown = {
            "kind": "file" if is_file else "message",
            "type": row["type"],
            "direction": row["direction"],
            "author": names.get(row["sender"] or ""),
            "filename": row["filename"],
            "mime_type": row["mime_type"],
        }
        found[row["id"]] = _hit(row, row["filename"] if is_file else text, search, asker) | shown
    return found


def notes(numbers: Sequence[int], search: Search, asker: Asker) -> dict[int, dict[str, Any]]:
    """Hits by note id."""
    rows = _rows(_NOTES, _NOTE_NAMES, numbers)
    names = sender_names({row["sender"] for row in rows})
    return {row["id"]: _hit(row, row["text"], search, asker) | {"kind": "note", "author": names.get(row["sender"])} for row in rows}


def title(row: dict[str, Any], asker: Asker) -> str:
    """What a person is called; their number only for those who may see it."""
    return called(row["name"], row["username"], hidden(row["phone"]) if asker.hides_numbers else row["phone"], row["user_id"])


def hidden(phone: str | None) -> str | None:
    """The last three digits tell people apart."""
    return "•" * 6 + phone[-3:] if phone else phone


def _is_file(text: str, filename: str | None, search: Search) -> bool:
    if not filename:
        return False
    if search.kind:
        return search.kind == "file"
    return text in ("", filename) or (holds_all(filename, search.phrases) and not holds_all(text, search.phrases))


def _hit(row: dict[str, Any], text: str, search: Search, asker: Asker) -> dict[str, Any]:
    shown = snippet(text or "", search.phrases)
    return {
        "id": str(row["id"]),
        "conversation_id": str(row["conversation_id"]),
        "contact_id": str(row["contact_id"]),
        "title": title(row, asker),
        "snippet": shown.text,
        "highlights": shown.highlights,
        "at": iso(from_ms(row["created_at"])),
    }


def _rows(select: str, names: Sequence[str], numbers: Sequence[int]) -> list[dict[str, Any]]:
    if not numbers:
        return []
    where, params = sql.among("m.id", list(numbers))
    return [dict(zip(names, row, strict=True)) for row in sql.run(f"{select}{where}", params)]
