"""Pages of the list: newest first, by place, so that a page never shifts and never slows down."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.lists.conditions import places
from wablast_box.engine.inbox.lists.parse import parse_filter
from wablast_box.engine.inbox.lists.query import ConversationQuery, query_view
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.lib.paging import Page, PageRequest


def conversations(viewer: Viewer, me: int | None, words: str, request: PageRequest) -> dict[str, Any]:
    """A page of what a filter asks for, and what it came to."""
    query = parse_filter(words, me)
    page = conversations_page(viewer, query, request)
    return {"items": page.items, "next_cursor": page.next_cursor, "query": query_view(query)}


def conversations_page(viewer: Viewer, query: ConversationQuery, request: PageRequest) -> Page[dict[str, Any]]:
    """Newest first; the cursor is the place in the list."""
    statement, params = places(viewer, query)
    if request.after is not None:
        statement, params = f"{statement} AND c.sort_id < ?", [*params, request.after]
    statement, params = f"{statement} ORDER BY c.sort_id DESC LIMIT ?", [*params, request.limit + 1]
    views, sort_ids = read.conversations_at(statement, params, viewer)
    return Page(views[: request.limit], str(sort_ids[request.limit - 1]) if len(views) > request.limit else None)
