"""Search: everything that holds the words and that the asker may see, newest first; people come first of all.

A common word may be in a hundred thousand messages of which an agent may see a few. A page therefore looks at a limited
number of them and may be short or empty although there is more: its cursor says where to look on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wablast_box.engine.search import hits, people, store
from wablast_box.engine.search.filters import Asker, Filters, resolve
from wablast_box.engine.search.query import Search, parse
from wablast_box.engine.search.store import Phrase
from wablast_box.lib import sql
from wablast_box.lib.paging import Page, PageRequest

# How many are looked at for one page, and how many at a time.
LOOKED_AT, CHUNK = 2_000, 250
# As many digits as the shortest number of a phone has.
LIKE_A_PHONE = 7
# People above the messages, on the first page of a search in everything.
PEOPLE_FIRST = 5
_PART = {"message": "words", "file": "file"}


@dataclass(frozen=True, slots=True)
class _Question:
    """A search, understood."""

    search: Search
    filters: Filters
    asker: Asker


@dataclass(slots=True)
class _Looked:
    """What was found among the candidates, newest first; below `floor` nobody has looked yet (0: everywhere)."""

    ids: list[int]
    floor: int


def find(asker: Asker, text: str, kind: str | None, request: PageRequest) -> Page[dict[str, Any]]:
    """A page of hits. Invalid says which filter cannot be understood."""
    search = parse(text, kind or None)
    if asker.hides_numbers:
        search = replace(search, phrases=tuple(_without_numbers(phrase) for phrase in search.phrases))
    question = _Question(search, resolve(search, asker), asker)
    if search.is_empty or question.filters.is_hopeless or any(not phrase.words for phrase in search.phrases):
        return Page([], None)
    if search.kind in ("contact", "conversation") or (search.kind is None and not search.phrases and not search.names_messages):
        return people.page(asker, search, question.filters, request)
    return _page(question, request)


def _without_numbers(phrase: Phrase) -> Phrase:
    """Who sees no numbers must not find them out digit by digit either: short ones only as a whole, long ones never."""
    if any(word.isdigit() and len(word) >= LIKE_A_PHONE for word in phrase.words):
        return Phrase(())
    return replace(phrase, is_begun=phrase.is_begun and not phrase.words[-1].isdigit())


def _page(question: _Question, request: PageRequest) -> Page[dict[str, Any]]:
    search = question.search
    first = _people_first(question, request) if search.kind is None and request.after is None else []
    room = request.limit - len(first)
    looked = {kind: look(question, request.after, room) for kind, look in _LOOKS.items() if kind in _TABLES[search.kind]}
    floor = max((one.floor for one in looked.values()), default=0)
    merged = sorted(((number, kind) for kind, one in looked.items() for number in one.ids if number >= floor), reverse=True)
    shown = merged[:room]
    found = {kind: _SHOW[kind]([number for number, which in shown if which == kind], search, question.asker) for kind in looked}
    items = [found[kind][number] for number, kind in shown if number in found[kind]]
    more = shown[-1][0] if len(merged) > room and shown else floor
    return Page(first + items, str(more) if more else None)


def _people_first(question: _Question, request: PageRequest) -> list[dict[str, Any]]:
    filters, search = question.filters, question.search
    # Who asks for messages of somebody or of some day does not look for people.
    if not search.phrases or search.names_messages or filters.conversations is not None:
        return []
    return people.page(question.asker, search, filters, PageRequest(min(PEOPLE_FIRST, request.limit // 2 or 1))).items


def _messages(question: _Question, after: int | None, limit: int) -> _Looked:
    search, filters = question.search, question.filters
    conditions, params = filters.conversation_condition(question.asker.viewer)
    if filters.direction:
        conditions.append(f"m.direction = '{filters.direction}'")
    if filters.senders:
        where, senders = sql.among("m.sender", list(filters.senders))
        conditions.append(where)
        params += senders
    if search.kind == "file":
        conditions.append("EXISTS (SELECT 1 FROM attachment a WHERE a.message_id = m.id)")
    return _look(question, "message", conditions, params, after, limit)


def _notes(question: _Question, after: int | None, limit: int) -> _Looked:
    filters = question.filters
    if filters.direction == "in" or (not question.search.phrases and question.search.kind is None):
        return _Looked([], 0)
    conditions, params = filters.conversation_condition(question.asker.viewer)
    if filters.senders:
        where, senders = sql.among("m.author", list(filters.senders))
        conditions.append(where)
        params += senders
    return _look(question, "note", conditions, params, after, limit)


def _look(question: _Question, kind: store.Kind, conditions: list[str], params: list[Any], after: int | None, limit: int) -> _Looked:
    """Those of the newest candidates that fulfil the conditions, until there is one more than asked for."""
    budget = limit + 1 if conditions == ["1 = 1"] else LOOKED_AT
    candidates = _candidates(question, kind, after, budget)
    found: list[int] = []
    for start in range(0, len(candidates), CHUNK):
        chunk = candidates[start : start + CHUNK]
        found += _fulfilling(kind, chunk, conditions, params)
        if len(found) > limit:
            return _Looked(found, chunk[-1])
    return _Looked(found, candidates[-1] if len(candidates) == budget else 0)


def _fulfilling(kind: store.Kind, chunk: Sequence[int], conditions: list[str], params: list[Any]) -> list[int]:
    where, numbers = sql.among("m.id", chunk)
    # CROSS JOIN keeps SQLite from walking through all conversations of an assignee instead of the few rows at hand.
    rows = sql.run(
        f"SELECT m.id FROM {kind} m CROSS JOIN conversation c WHERE {where} AND c.id = m.conversation_id AND {' AND '.join(conditions)}",
        [*numbers, *params],
    )
    return sorted((row[0] for row in rows), reverse=True)


def _candidates(question: _Question, kind: store.Kind, after: int | None, budget: int) -> list[int]:
    search, within = question.search, question.filters.within(after)
    if search.phrases:
        return store.newest(kind, search.phrases, within, part=_PART.get(search.kind or "") if kind == "message" else None, limit=budget)
    table, column = ("attachment", "message_id") if search.kind == "file" else (kind, "id")
    condition, params = f"{column} > ? AND {column} < ?", [within.above, within.below]
    if within.conversations is not None and table != "attachment":
        where, numbers = sql.among("conversation_id", list(within.conversations))
        condition, params = f"{condition} AND {where}", [*params, *numbers]
    rows = sql.run(f"SELECT {column} FROM {table} WHERE {condition} ORDER BY {column} DESC LIMIT ?", [*params, budget])
    return [row[0] for row in rows]


_LOOKS: dict[str, Callable[[_Question, int | None, int], _Looked]] = {"message": _messages, "note": _notes}
_SHOW: dict[str, Callable[[Sequence[int], Search, Asker], dict[int, dict[str, Any]]]] = {"message": hits.messages, "note": hits.notes}
_TABLES = {None: ("message", "note"), "message": ("message",), "file": ("message",), "note": ("note",)}
