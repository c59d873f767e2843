"""One timeline of a customer: days they wrote, notes, what staff did, advertisements – newest first.

Every source gives its entries by sortable id, so pages are cut from all of them at once. Features on higher floors add theirs
(orders, leads, campaigns) by handing more sources to `history`; nothing here has to change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.inbox.people import read
from wablast_box.engine.inbox.people.thread_lines import PREFIX
from wablast_box.engine.inbox.thread import views
from wablast_box.engine.inbox.views import sender_names
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.settings import store
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import from_ms, iso
from wablast_box.lib.db import JsonField
from wablast_box.lib.paging import Page, PageRequest, cut

_json = JsonField().python_value


@dataclass(frozen=True, slots=True)
class About:
    """Whose timeline it is."""

    contact_id: int
    conversation_id: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """`kind` names the source, `shown` is what the API gives under that name."""

    id: int
    kind: str
    at: str
    shown: dict[str, Any]


# Up to `limit` entries before an id (None: the newest), newest first.
Source = Callable[[About, int | None, int], list[Entry]]


def history(viewer: Viewer, contact_id: int, request: PageRequest, sources: Sequence[Source] | None = None) -> Page[dict[str, Any]]:
    """A page of everything that happened with a person."""
    read.require_seen(viewer, contact_id)
    rows = sql.run("SELECT id FROM conversation WHERE contact_id = ?", (contact_id,))
    about = About(contact_id, rows[0][0] if rows else None)
    found = [entry for source in sources or SOURCES for entry in source(about, request.after, request.limit + 1)]
    page = cut(sorted(found, key=lambda one: one.id, reverse=True)[: request.limit + 1], request, lambda one: one.id)
    return Page([{"kind": one.kind, "id": str(one.id), "at": one.at, one.kind: one.shown} for one in page.items], page.next_cursor)


def changes(about: About, before: int | None, limit: int) -> list[Entry]:
    """What was done with the person."""
    condition, params = _before("m.id", before)
    rows = sql.run(
        f"SELECT m.id, m.kind, m.actor, m.detail_json, m.created_at FROM contact_activity m WHERE m.contact_id = ?{condition}"
        f" ORDER BY m.id DESC LIMIT {limit}",
        [about.contact_id, *params],
    )
    names = sender_names({row[2] for row in rows if row[2]})
    return [
        Entry(row[0], "change", iso(from_ms(row[4])) or "", {"kind": row[1], "actor": _actor(row[2], names), "detail": _json(row[3]) or {}})
        for row in rows
    ]


def lines(about: About, before: int | None, limit: int) -> list[Entry]:
    """What was done with the conversation. What was done with the person stands in `changes`."""
    rows = _of_conversation(
        about,
        f"SELECT {views.ACTIVITY_FIELDS} FROM conversation_activity m",
        f" AND SUBSTR(m.kind, 1, {len(PREFIX)}) <> '{PREFIX}'",
        before,
        limit,
    )
    return [Entry(int(shown["id"]), "activity", shown["created_at"], shown) for shown in views.activity_views(rows)]


def notes(about: About, before: int | None, limit: int) -> list[Entry]:
    """What staff noted."""
    rows = _of_conversation(about, f"SELECT {views.NOTE_FIELDS} FROM note m", " AND m.deleted_at IS NULL", before, limit)
    return [Entry(int(shown["id"]), "note", shown["created_at"], shown) for shown in views.note_views(rows)]


def advertisements(about: About, before: int | None, limit: int) -> list[Entry]:
    """Which advertisement they tapped."""
    columns = "m.message_id, m.source_type, m.source_url, m.headline, m.body, m.at"
    condition, params = _before("m.message_id", before)
    rows = sql.run(
        f"SELECT {columns} FROM ad_referral m WHERE m.conversation_id = ?{condition} ORDER BY m.message_id DESC LIMIT {limit}",
        [about.conversation_id or 0, *params],
    )
    return [
        Entry(row[0], "ad", iso(from_ms(row[5])) or "", dict(zip(("source_type", "source_url", "headline", "body"), row[1:5], strict=True)))
        for row in rows
    ]


def days(about: About, before: int | None, limit: int) -> list[Entry]:
    """A line for each day they wrote or were written to, walked along the index from day to day. It stands above all of its day."""
    zone, found = ZoneInfo(store.get("time_zone")), list[Entry]()
    while about.conversation_id is not None and len(found) < limit:
        condition, params = _before("id", before)
        newest = sql.run(f"SELECT MAX(id) FROM message WHERE conversation_id = ?{condition}", [about.conversation_id, *params])[0][0]
        if newest is None:
            break
        begins = datetime.combine(ids.moment_of(newest).astimezone(zone).date(), datetime.min.time(), zone)
        first, ends = ids.first_id_at(begins), ids.first_id_at(begins + timedelta(days=1))
        # A page that ended within this day has shown its line already.
        if before is None or ends - 1 < before:
            found.append(_day(about.conversation_id, begins.date().isoformat(), first, ends))
        before = first
    return found


SOURCES: tuple[Source, ...] = (changes, lines, notes, advertisements, days)


def _day(conversation_id: int, day: str, first: int, ends: int) -> Entry:
    within = "FROM message WHERE conversation_id = ? AND id >= ? AND id < ?"
    counted = sql.run(f"SELECT direction, COUNT(*), MAX(id) {within} GROUP BY direction", (conversation_id, first, ends))
    words = sql.run(f"SELECT text {within} AND text IS NOT NULL ORDER BY id LIMIT 1", (conversation_id, first, ends))
    numbers, last = {row[0]: row[1] for row in counted}, max(row[2] for row in counted)
    shown = {
        "day": day,
        "received": numbers.get("in", 0),
        "sent": numbers.get("out", 0),
        "text": words[0][0][:200] if words else None,
        "conversation_id": str(conversation_id),
        "message_id": str(last),
    }
    return Entry(ends - 1, "chat", iso(ids.moment_of(last)) or "", shown)


def _of_conversation(about: About, select: str, also: str, before: int | None, limit: int) -> list[tuple[Any, ...]]:
    if about.conversation_id is None:
        return []
    condition, params = _before("m.id", before)
    return sql.run(
        f"{select} WHERE m.conversation_id = ?{also}{condition} ORDER BY m.id DESC LIMIT {limit}", [about.conversation_id, *params]
    )


def _before(column: str, before: int | None) -> tuple[str, list[int]]:
    return ("", []) if before is None else (f" AND {column} < ?", [before])


def _actor(ref: str | None, names: dict[str, str]) -> dict[str, Any] | None:
    if ref is None:
        return None
    kind, _, number = ref.partition(":")
    return {"kind": kind, "id": number or None, "name": names.get(ref)}
