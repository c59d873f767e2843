"""A query as SQL: its conditions on `conversation c`, and the index that leads through the list.

The statement reads nothing but sort ids: filters on state, assignee and team are answered from the index alone, however much is
left out. SQLite keeps no figures about the rows, so it is told the index; PostgreSQL finds it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wablast_box.engine.inbox.lists.names import Part, called, few_called
from wablast_box.engine.inbox.lists.query import NOBODY, ConversationQuery
from wablast_box.engine.inbox.views import WINDOW
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import from_ms, now_ms
from wablast_box.lib.db import is_postgres

HOUR_MS = 3_600_000
CLOSING_MS = 2 * HOUR_MS
WINDOW_MS = int(WINDOW.total_seconds() * 1000)
CLOCKS_DIFFER_MS = 600_000
# Rarer than this, a tag is the shortest way in; more often, the list is walked and asked at each step.
RARE_TAG = 2000


def places(viewer: Viewer, query: ConversationQuery) -> tuple[str, list[Any]]:
    """A statement that gives the sort ids of the conversations; further conditions and an order can be appended."""
    few = (few_called(query.words) if viewer.may_look_for(query.words) else []) if query.words else None
    index = _index(query) if few is None else "conversation_contact_id"
    parts = [*_parts(viewer, query), *([called(query.words, few)] if query.words else [])]
    source, joined = _source(query, index)
    conditions = " AND ".join(condition for condition, _ in [*joined, *parts])
    return f"SELECT c.sort_id FROM {source} WHERE {conditions}", [param for _, params in [*joined, *parts] for param in params]


def _parts(viewer: Viewer, query: ConversationQuery) -> Iterator[Part]:
    yield _between(query)
    seen, params = viewer.condition()
    if params:
        yield seen, list(params)
    if query.states:
        yield sql.among("c.state", list(query.states)) if len(query.states) > 1 else ("c.state = ?", [query.states[0]])
    if query.assignee is not None:
        yield _is(query.assignee, "c.assignee_id")
    if query.team is not None:
        yield _is(query.team, "c.team_id")
    if query.unread is not None:
        yield ("c.last_inbound_id > c.read_up_to_id" if query.unread else "c.last_inbound_id <= c.read_up_to_id"), []
    if query.waiting:
        yield "c.waiting_since_at IS NOT NULL", []
    if query.window is not None:
        yield _window(query.window)
    for tag in query.without_tags:
        yield "NOT EXISTS (SELECT 1 FROM conversation_tag x WHERE x.conversation_id = c.id AND x.tag_id = ?)", [tag]


def _between(query: ConversationQuery) -> Part:
    """A conversation without any message has no place. One with an open window cannot stand below the last day."""
    least = max(1, query.since or 1)
    if query.window in ("open", "closing"):
        least = max(least, ids.first_id_at(from_ms(now_ms() - WINDOW_MS - CLOCKS_DIFFER_MS)))
    if query.until is None:
        return "c.sort_id >= ?", [least]
    return "c.sort_id >= ? AND c.sort_id < ?", [least, query.until]


def _is(number: int, column: str) -> Part:
    return (f"{column} IS NULL", []) if number == NOBODY else (f"{column} = ?", [number])


def _window(window: str) -> Part:
    closed_since = now_ms() - WINDOW_MS
    if window == "closed":
        return "(c.last_inbound_at IS NULL OR c.last_inbound_at <= ?)", [closed_since]
    if window == "closing":
        return "c.last_inbound_at > ? AND c.last_inbound_at <= ?", [closed_since, closed_since + CLOSING_MS]
    return "c.last_inbound_at > ?", [closed_since]


def _source(query: ConversationQuery, index: str) -> tuple[str, list[Part]]:
    """Where the walk begins, and what the tags ask."""
    rare = next((tag for tag in query.tags if _is_rare(tag)), None)
    asked = [_tagged(tag) for tag in query.tags if tag != rare]
    if rare is not None:
        # CROSS JOIN: SQLite keeps the order as it is written.
        return "conversation_tag y CROSS JOIN conversation c", [("y.tag_id = ? AND c.id = y.conversation_id", [rare]), *asked]
    return "conversation c" if is_postgres() else f"conversation c INDEXED BY {index}", asked


def _tagged(tag: int) -> Part:
    return "EXISTS (SELECT 1 FROM conversation_tag x WHERE x.conversation_id = c.id AND x.tag_id = ?)", [tag]


def _is_rare(tag: int) -> bool:
    counted = sql.run("SELECT COUNT(*) FROM (SELECT 1 FROM conversation_tag WHERE tag_id = ? LIMIT ?) AS found", (tag, RARE_TAG))
    return int(counted[0][0]) < RARE_TAG


def _index(query: ConversationQuery) -> str:
    if query.unread:
        return "conversation_unread"
    if query.waiting:
        return "conversation_waiting"
    if query.assignee is not None:
        return "conversation_assignee"
    if query.team:
        return "conversation_team"
    return "conversation_state" if len(query.states) == 1 else "conversation_list"
