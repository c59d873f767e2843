"""Lists and pages for the screens. Queries only; every list is loaded through the eyes of a viewer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.inbox.views import MESSAGE_FIELDS, MESSAGE_JOINS, conversation_view, message_views, tags_of
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.lib import sql
from wablast_box.lib.errors import NotFound
from wablast_box.lib.paging import Page, PageRequest, cut

# Nobody reads an exact number beyond this; counting on would cost more than it tells.
UNREAD_SHOWN = 999
_UNREAD = "m.conversation_id = c.id AND m.id > c.read_up_to_id AND m.direction = 'in' AND m.sender IS NULL"
_CONVERSATION_NAMES = (
    "id", "contact_id", "name", "username", "phone", "wa_id", "user_id", "blocked_at", "last_message_id", "last_inbound_at", "assignee_id",
    "assignee_name", "team_id", "team_name", "state", "snoozed_until", "sort_id", "waiting_since_at", "free_entry_until",
    "reminder", "unread_count",
)  # fmt: skip
_CONVERSATION_SELECT = (
    "SELECT c.id, ct.id, ct.name, ct.username, ct.phone, ct.wa_id, ct.user_id, ct.blocked_at, c.last_message_id, c.last_inbound_at,"
    " u.id, u.name, t.id, t.name, c.state, c.snoozed_until, c.sort_id, c.waiting_since_at, c.free_entry_until, c.reminder,"
    " CASE WHEN c.last_inbound_id <= c.read_up_to_id THEN 0"
    f" ELSE (SELECT COUNT(*) FROM (SELECT 1 FROM message m WHERE {_UNREAD} LIMIT {UNREAD_SHOWN}) AS unread) END"
    ' FROM conversation c JOIN contact ct ON ct.id = c.contact_id LEFT JOIN "user" u ON u.id = c.assignee_id'
    " LEFT JOIN team t ON t.id = c.team_id WHERE "
)


def conversation(viewer: Viewer, conversation_id: int) -> dict[str, Any]:
    """One conversation, or NotFound: also when it is there but not for this viewer."""
    found = conversations_by_id([conversation_id], viewer)
    if not found:
        raise NotFound("There is no such conversation.")
    return found[0]


def conversations_by_id(numbers: Sequence[int], viewer: Viewer = EVERYTHING) -> list[dict[str, Any]]:
    """Those of `numbers` that the viewer may see."""
    where, params = sql.among("c.id", list(numbers))
    seen, seen_params = viewer.condition()
    return _conversation_views(_conversation_rows(f"{where} AND {seen}", params + seen_params, ""))


def conversations_at(places: str, params: Sequence[Any], viewer: Viewer) -> tuple[list[dict[str, Any]], list[int]]:
    """Those whose sort ids the statement `places` gives, highest first, and these sort ids.

    One statement: between two, a conversation that somebody writes in would leave its place and be in no answer at all.
    """
    seen, seen_params = viewer.condition()
    rows = _conversation_rows(f"c.sort_id IN ({places}) AND {seen}", [*params, *seen_params], " ORDER BY c.sort_id DESC")
    return _conversation_views(rows), [row["sort_id"] for row in rows]


def thread_page(viewer: Viewer, conversation_id: int, request: PageRequest) -> Page[dict[str, Any]]:
    """The messages of a conversation, newest first."""
    conversation(viewer, conversation_id)
    return _messages_page("m.conversation_id = ?", [conversation_id], request)


def messages_page(viewer: Viewer, direction: str | None, request: PageRequest) -> Page[dict[str, Any]]:
    """All messages, newest first, one direction if asked."""
    seen, params = viewer.condition()
    condition = f"EXISTS (SELECT 1 FROM conversation c WHERE c.id = m.conversation_id AND {seen})" if params else seen
    if direction is not None:
        # Written out, not bound: the partial index on outgoing messages is only used for the literal.
        condition += " AND m.direction = 'out'" if direction == "out" else " AND m.direction = 'in'"
    return _messages_page(condition, list(params), request)


def message(viewer: Viewer, message_id: int) -> dict[str, Any]:
    """One message, or NotFound."""
    seen, params = viewer.condition()
    found = message_views(
        _message_rows(
            f"m.id = ? AND EXISTS (SELECT 1 FROM conversation c WHERE c.id = m.conversation_id AND {seen})", [message_id, *params], ""
        )
    )
    if not found:
        raise NotFound("There is no such message.")
    return found[0]


def messages_by_id(numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Views of many messages, in the order of their ids."""
    if not numbers:
        return []
    where, params = sql.among("m.id", list(numbers))
    return message_views(_message_rows(where, params, " ORDER BY m.id"))


def _conversation_rows(condition: str, params: Sequence[Any], tail: str) -> list[dict[str, Any]]:
    return [dict(zip(_CONVERSATION_NAMES, row, strict=True)) for row in sql.run(_CONVERSATION_SELECT + condition + tail, params)]


def _conversation_views(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    last = {int(view["id"]): view for view in messages_by_id([row["last_message_id"] for row in rows])}
    tags = tags_of([row["id"] for row in rows])
    return [conversation_view(row, last.get(row["last_message_id"]), tags.get(row["id"], [])) for row in rows]


def _messages_page(condition: str, params: list[Any], request: PageRequest) -> Page[dict[str, Any]]:
    if request.after is not None:
        condition, params = f"{condition} AND m.id < ?", [*params, request.after]
    rows = _message_rows(condition, params, f" ORDER BY m.id DESC LIMIT {request.limit + 1}")
    page = cut(rows, request, lambda row: int(row[0]))
    return Page(message_views(page.items), page.next_cursor)


def _message_rows(condition: str, params: Sequence[Any], tail: str) -> list[tuple[Any, ...]]:
    return sql.run(f"SELECT {', '.join(MESSAGE_FIELDS)} FROM message m{MESSAGE_JOINS} WHERE {condition}{tail}", params)
