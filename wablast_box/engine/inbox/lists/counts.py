"""How many conversations each view holds. Nobody reads an exact number beyond 999, and counting on would cost more than it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wablast_box.engine.inbox.lists.conditions import places
from wablast_box.engine.inbox.lists.parse import parse_filter, parsed_or_none
from wablast_box.engine.inbox.lists.query import ConversationQuery
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.lib import sql

MOST = 999
MOST_TEAMS = 50
MOST_TAGGED = 5000  # open conversations that are looked at for tags
_OPEN = ConversationQuery(states=("open",))

# The views that everybody has, in the language of filters. The names are the interface's.
VIEWS: Mapping[str, str] = {
    "mine": "state:open assignee:me",
    "unassigned": "state:open assignee:none",
    "open": "state:open",
    "unread": "is:unread",
    "waiting": "is:waiting",
    "closing": "state:open window:closing",
    "pending": "state:pending",
    "snoozed": "state:snoozed",
    "resolved": "state:resolved",
}


def count(viewer: Viewer, query: ConversationQuery) -> int:
    """At most 999."""
    statement, params = places(viewer, query)
    return int(sql.run(f"SELECT COUNT(*) FROM ({statement} LIMIT {MOST}) AS found", params)[0][0])


def counts(viewer: Viewer, me: int | None, saved: Iterable[tuple[int, str]]) -> dict[str, Any]:
    """Every view of the rail at once. `saved`: id and words of saved views; one that has become wrong counts as null."""
    return {
        "views": {name: count(viewer, parse_filter(words, me)) for name, words in VIEWS.items()},
        "saved": {str(number): _of_words(viewer, me, words) for number, words in saved},
        "tags": _of_tags(viewer),
        "teams": [{"id": str(number), "name": name, "count": count(viewer, _open_of_team(number))} for number, name in _teams()],
    }


def _of_tags(viewer: Viewer) -> dict[str, int]:
    """How many open conversations carry each tag, among the newest of them."""
    statement, params = places(viewer, _OPEN)
    rows = sql.run(
        "SELECT x.tag_id, COUNT(*) FROM conversation_tag x WHERE x.conversation_id IN ("
        f"SELECT c.id {statement.removeprefix('SELECT c.sort_id ')} ORDER BY c.sort_id DESC LIMIT {MOST_TAGGED}) GROUP BY x.tag_id",
        params,
    )
    return {str(number): min(int(found), MOST) for number, found in rows}


def _of_words(viewer: Viewer, me: int | None, words: str) -> int | None:
    query = parsed_or_none(words, me)
    return None if query is None else count(viewer, query)


def _teams() -> list[tuple[Any, ...]]:
    return sql.run(f"SELECT id, name FROM team ORDER BY LOWER(name) LIMIT {MOST_TEAMS}")


def _open_of_team(number: int) -> ConversationQuery:
    return ConversationQuery(states=("open",), team=number)
