"""Which conversations a list shows, typed: what the words of a filter come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Filter = Literal["all", "unread", "mine", "unassigned"]
Window = Literal["open", "closing", "closed"]

NOBODY = 0  # as an assignee or a team: none
NO_SUCH_PERSON = -1  # "me" of a machine, who answers for nothing

# The four words of the oldest lists, in the language of filters.
FILTER_WORDS: dict[str, str] = {"all": "", "unread": "is:unread", "mine": "assignee:me", "unassigned": "assignee:none"}


@dataclass(frozen=True, slots=True)
class ConversationQuery:
    """Everything must hold. None and empty ask nothing; of `states` one must hold, of `tags` all."""

    states: tuple[str, ...] = ()
    assignee: int | None = None
    team: int | None = None
    tags: tuple[int, ...] = ()
    without_tags: tuple[int, ...] = ()
    unread: bool | None = None
    waiting: bool = False
    window: Window | None = None
    since: int | None = None  # the least sort id
    until: int | None = None  # a sort id above all
    words: tuple[str, ...] = field(default=())


def query_view(query: ConversationQuery) -> dict[str, Any]:
    """The query for programs and windows, which decide by it whether a conversation that moved belongs into their list."""
    return {
        "states": list(query.states),
        "assignee": _id(query.assignee),
        "team": _id(query.team),
        "tags": [str(number) for number in query.tags],
        "without_tags": [str(number) for number in query.without_tags],
        "unread": query.unread,
        "waiting": query.waiting,
        "window": query.window,
        "since": _id(query.since),
        "until": _id(query.until),
        "words": list(query.words),
    }


def _id(number: int | None) -> str | None:
    return None if number is None else str(number)
