"""From the names in a search to conditions: who wrote, where, under which tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.search import store
from wablast_box.engine.search.query import Search
from wablast_box.engine.search.store import Phrase, Range
from wablast_box.engine.search.words import words
from wablast_box.lib import sql

# So many conversations are asked for by name in the index; more are sorted out afterwards.
FEW = 50
# Longer digits than any phone number are the id of a conversation.
_ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Asker:
    """Who searches, and what is kept from them."""

    viewer: Viewer
    user_id: int | None = None
    hides_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """A search as conditions. None: nothing is asked; an empty tuple: nobody fits."""

    conversations: tuple[int, ...] | None = None
    direction: str | None = None
    senders: tuple[str, ...] | None = None
    tags: tuple[int, ...] = ()
    since_id: int = 0
    until_id: int | None = None

    @property
    def is_hopeless(self) -> bool:
        """Does a name lead to nobody?"""
        return self.conversations == () or self.senders == ()

    def within(self, after: int | None) -> Range:
        """Which ids a page may hold, given where the one before ended."""
        ends = [end for end in (after, self.until_id) if end is not None]
        bounds = {"below": min(ends)} if ends else {}
        return Range(above=max(0, self.since_id - 1), conversations=self.conversations, **bounds)

    def conversation_condition(self, viewer: Viewer) -> tuple[list[str], list[Any]]:
        """What must be so of the conversation `c`."""
        seen, params = viewer.condition()
        conditions, values = [seen], list[Any](params)
        if self.conversations is not None:
            where, numbers = sql.among("c.id", list(self.conversations))
            conditions.append(where)
            values += numbers
        for tag in self.tags:
            conditions.append("EXISTS (SELECT 1 FROM conversation_tag ctt WHERE ctt.conversation_id = c.id AND ctt.tag_id = ?)")
            values.append(tag)
        return conditions, values


def resolve(search: Search, asker: Asker) -> Filters:
    """Look up the names of a search."""
    tags = tuple(_tag(name) for name in search.tags)
    filters = Filters(tags=tags, since_id=search.since_id, until_id=search.until_id)
    if 0 in tags:
        filters = replace(filters, conversations=())
    if search.inside:
        filters = replace(filters, conversations=_inside(search.inside, asker))
    return _by(filters, search.by, asker) if search.by else filters


def _by(filters: Filters, name: str, asker: Asker) -> Filters:
    lowered = name.casefold()
    if lowered in ("customer", "customers"):
        return replace(filters, direction="in")
    if lowered in ("staff", "us", "team"):
        return replace(filters, direction="out")
    if lowered == "me":
        return replace(filters, senders=(f"user:{asker.user_id}",) if asker.user_id else ())
    senders = tuple(f"user:{row[0]}" for row in sql.run('SELECT id, name FROM "user"') if row[1].casefold().startswith(lowered))
    if senders:
        return replace(filters, senders=senders)
    theirs = conversations_of(name, asker)
    both = theirs if filters.conversations is None else tuple(sorted({*theirs} & {*filters.conversations}))
    return replace(filters, direction="in", conversations=both)


def conversations_of(name: str, asker: Asker) -> tuple[int, ...]:
    """The conversations of people who are called so or have this number, the newest of them."""
    contact_ids = contacts_called(tuple(words(name)), asker, limit=FEW)
    if not contact_ids:
        return ()
    where, params = sql.among("c.contact_id", contact_ids)
    seen, more = asker.viewer.condition()
    return tuple(row[0] for row in sql.run(f"SELECT c.id FROM conversation c WHERE {where} AND {seen}", [*params, *more]))


def contacts_called(called: Sequence[str], asker: Asker, limit: int) -> list[int]:
    """People whose name or number begins with each of the words. Whose numbers are hidden cannot be found by them."""
    if not called:
        return []
    phrases = [Phrase((word,), is_begun=len(word) > 1) for word in called]
    return store.newest("contact", phrases, Range(), part="words" if asker.hides_numbers else None, limit=limit)


def _inside(name: str, asker: Asker) -> tuple[int, ...]:
    if name.isascii() and name.isdigit() and len(name) >= _ID_DIGITS:
        return (int(name),) if len(name) < 19 or int(name) < 1 << 63 else ()
    return conversations_of(name, asker)


def _tag(name: str) -> int:
    found = [number for number, known in sql.run("SELECT id, name FROM tag") if known.casefold() == name.casefold()]
    return int(found[0]) if found else 0
