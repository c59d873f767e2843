"""Notes and activities as screens and the API are shown them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.inbox.views import sender_names
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso
from wablast_box.lib.db import JsonField

NOTE_FIELDS = "m.id, m.conversation_id, m.author, m.text, m.created_at, m.edited_at, m.deleted_at, m.deleted_by"
ACTIVITY_FIELDS = "m.id, m.conversation_id, m.kind, m.actor, m.detail_json, m.created_at"
_json = JsonField().python_value


def notes_by_id(numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Views of notes, in the order of their ids."""
    where, params = sql.among("m.id", list(numbers))
    return note_views(sql.run(f"SELECT {NOTE_FIELDS} FROM note m WHERE {where} ORDER BY m.id", params))


def activities_by_id(numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Views of activities, in the order of their ids."""
    where, params = sql.among("m.id", list(numbers))
    return activity_views(sql.run(f"SELECT {ACTIVITY_FIELDS} FROM conversation_activity m WHERE {where} ORDER BY m.id", params))


def note_views(rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows of NOTE_FIELDS, each with who is mentioned in it."""
    names = sender_names({actor for row in rows for actor in (row[2], row[7]) if actor})
    mentioned = _mentions([row[0] for row in rows])
    return [
        {
            "id": str(number),
            "conversation_id": str(conversation_id),
            "author": _actor(author, names),
            "text": text,
            "mentions": mentioned.get(number, []),
            "created_at": iso(from_ms(at)),
            "edited_at": None if edited is None else iso(from_ms(edited)),
            "deleted": None if deleted is None else {"by": _actor(by, names), "at": iso(from_ms(deleted))},
        }
        for number, conversation_id, author, text, at, edited, deleted, by in rows
    ]


def activity_views(rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows of ACTIVITY_FIELDS."""
    names = sender_names({row[3] for row in rows if row[3]})
    return [
        {
            "id": str(number),
            "conversation_id": str(conversation_id),
            "kind": kind,
            "actor": None if actor is None else _actor(actor, names),
            "detail": _json(detail) or {},
            "created_at": iso(from_ms(at)),
        }
        for number, conversation_id, kind, actor, detail, at in rows
    ]


def _actor(ref: str, names: dict[str, str]) -> dict[str, Any]:
    kind, _, number = ref.partition(":")
    return {"kind": kind, "id": number or None, "name": names.get(ref)}


def _mentions(note_ids: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = {}
    if note_ids:
        where, params = sql.among("m.note_id", list(note_ids))
        rows = sql.run(
            f'SELECT m.note_id, u.id, u.name FROM note_mention m JOIN "user" u ON u.id = m.user_id WHERE {where} ORDER BY u.id', params
        )
        for note_id, user_id, name in rows:
            found.setdefault(note_id, []).append({"id": str(user_id), "name": name})
    return found
