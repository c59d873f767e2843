"""The thread of a conversation: messages, notes and activities in one order, a page in either direction or around a place.

Every id tells its moment, so the tables are merged by id: one query per table and page, each along an index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.thread import views
from wablast_box.engine.inbox.views import MESSAGE_FIELDS, MESSAGE_JOINS, message_views
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.lib import sql

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: at the newest end, before or after a row, or around one."""

    side: Literal["end", "before", "after", "around"] = "end"
    number: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Oldest first. `before` and `after` name the ends of the page; None where there is nothing beyond."""

    items: list[dict[str, Any]]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    select: str
    condition: str
    views: Callable[[Sequence[Row]], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Found:
    number: int
    kind: _Kind
    row: Row


# What is about a message that is here is shown on that message. Without it, it stands for itself: nothing is lost.
_SHOWN_BY_ITSELF = " AND t.id IS NULL"
_KINDS = (
    _Kind("message", f"SELECT {', '.join(MESSAGE_FIELDS)} FROM message m{MESSAGE_JOINS}", _SHOWN_BY_ITSELF, message_views),
    _Kind("note", f"SELECT {views.NOTE_FIELDS} FROM note m", "", views.note_views),
    _Kind("activity", f"SELECT {views.ACTIVITY_FIELDS} FROM conversation_activity m", "", views.activity_views),
)


def timeline(viewer: Viewer, conversation_id: int, place: Place, limit: int) -> Timeline:
    """A page of the thread, or NotFound: also when it is there but not for this viewer."""
    read.conversation(viewer, conversation_id)
    if place.side == "end":
        older, more = _older(conversation_id, None, limit)
        return _shown(older, before=more, after=False)
    if place.side == "before":
        older, more = _older(conversation_id, place.number, limit)
        return _shown(older, before=more, after=True)
    if place.side == "after":
        newer, more = _newer(conversation_id, place.number, limit)
        return _shown(newer, before=True, after=more)
    number = _shown_at(place.number)
    older, more_before = _older(conversation_id, number, limit // 2)
    newer, more_after = _newer(conversation_id, number - 1, limit - limit // 2)
    return _shown(older + newer, before=more_before, after=more_after)


def _shown_at(number: int) -> int:
    """Where a row is to be looked for: a reaction, an edit or a deletion on the message that it is about."""
    found = sql.run(
        "SELECT t.id FROM message m JOIN message t ON t.wamid = m.about_wamid AND t.conversation_id = m.conversation_id WHERE m.id = ?",
        (number,),
    )
    return int(found[0][0]) if found else number


def _older(conversation_id: int, before: int | None, limit: int) -> tuple[list[_Found], bool]:
    """Up to `limit` rows before a place, oldest first, and whether there are more."""
    condition, params = ("", []) if before is None else (" AND m.id < ?", [before])
    found = _merged(conversation_id, condition, params, f" ORDER BY m.id DESC LIMIT {limit + 1}")
    return found[-limit:] if limit else [], len(found) > limit


def _newer(conversation_id: int, after: int, limit: int) -> tuple[list[_Found], bool]:
    """Up to `limit` rows after a place, oldest first, and whether there are more."""
    found = _merged(conversation_id, " AND m.id > ?", [after], f" ORDER BY m.id LIMIT {limit + 1}")
    return found[:limit], len(found) > limit


def _merged(conversation_id: int, condition: str, params: list[int], tail: str) -> list[_Found]:
    found = [
        _Found(row[0], kind, row)
        for kind in _KINDS
        for row in sql.run(f"{kind.select} WHERE m.conversation_id = ?{kind.condition}{condition}{tail}", [conversation_id, *params])
    ]
    return sorted(found, key=lambda one: one.number)


def _shown(found: Sequence[_Found], *, before: bool, after: bool) -> Timeline:
    shown = {}
    for kind in _KINDS:
        rows = [one.row for one in found if one.kind is kind]
        shown[kind.name] = iter(kind.views(rows)) if rows else iter(())
    items = [{"kind": one.kind.name, one.kind.name: next(shown[one.kind.name])} for one in found]
    first, last = (str(found[0].number), str(found[-1].number)) if found else (None, None)
    return Timeline(items, first if before else None, last if after else None)
