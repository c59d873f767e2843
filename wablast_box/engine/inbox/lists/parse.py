"""From the words of a filter to a query: names become people, teams and tags, days become places in the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.inbox.lists.query import NO_SUCH_PERSON, NOBODY, ConversationQuery
from wablast_box.engine.inbox.lists.words import Term, nearest, terms_of, written, wrong
from wablast_box.engine.settings import store
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now
from wablast_box.lib.errors import BoxError

_AGE = re.compile(r"^(\d{1,4})([hdw])$")
_AGES = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(slots=True)
class _Draft:
    """What the terms so far ask for."""

    me: int | None
    asked: dict[str, Any] = field(default_factory=dict)
    tags: list[int] = field(default_factory=list)
    without_tags: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def parse_filter(text: str, me: int | None) -> ConversationQuery:
    """The query behind a filter's text. `me`: the user who asks; None for a machine. Invalid says what to write instead."""
    draft = _Draft(me)
    for term in terms_of(text):
        _READ[term.key](draft, term)
    return ConversationQuery(
        **draft.asked, tags=tuple(draft.tags), without_tags=tuple(draft.without_tags), words=tuple(word for word in draft.words if word)
    )


def parsed_or_none(text: str, me: int | None) -> ConversationQuery | None:
    """The query, or None for a text that has become wrong since it was saved."""
    try:
        return parse_filter(text, me)
    except BoxError:
        return None


def _is(draft: _Draft, term: Term) -> None:
    for word in term.value.split(","):
        if word in ("unread", "read"):
            draft.asked["unread"] = word == "unread"
        elif word == "waiting":
            draft.asked |= {"waiting": True, "states": ("open",)}
        elif word == "mine":
            draft.asked["assignee"] = draft.me or NO_SUCH_PERSON
        elif word == "unassigned":
            draft.asked["assignee"] = NOBODY
        else:
            draft.asked["states"] = (*draft.asked.get("states", ()), word)


def _state(draft: _Draft, term: Term) -> None:
    draft.asked["states"] = tuple(dict.fromkeys((*draft.asked.get("states", ()), *term.value.split(","))))


def _assignee(draft: _Draft, term: Term) -> None:
    if term.value.lower() == "me":
        draft.asked["assignee"] = draft.me or NO_SUCH_PERSON
    elif term.value.lower() in ("none", "nobody"):
        draft.asked["assignee"] = NOBODY
    else:
        draft.asked["assignee"] = _named(term, '"user"', "colleague", or_begins=True)


def _team(draft: _Draft, term: Term) -> None:
    draft.asked["team"] = NOBODY if term.value.lower() == "none" else _named(term, "team", "team")


def _tag(draft: _Draft, term: Term) -> None:
    (draft.without_tags if term.negated else draft.tags).append(_named(term, "tag", "tag"))


def _window(draft: _Draft, term: Term) -> None:
    draft.asked["window"] = term.value


def _before(draft: _Draft, term: Term) -> None:
    draft.asked["until"] = ids.first_id_at(_moment(term))


def _after(draft: _Draft, term: Term) -> None:
    draft.asked["since"] = ids.first_id_at(_moment(term))


def _name(draft: _Draft, term: Term) -> None:
    draft.words.append(term.value)


_READ: dict[str, Callable[[_Draft, Term], None]] = {
    "is": _is, "state": _state, "assignee": _assignee, "team": _team, "tag": _tag,
    "window": _window, "before": _before, "after": _after, "name": _name,
}  # fmt: skip


def _named(term: Term, table: str, what: str, *, or_begins: bool = False) -> int:
    """The id behind a name, in any letter case; of colleagues also by the beginning of the name, when only one fits."""
    rows: Sequence[tuple[int, str]] = sql.run(f"SELECT id, name FROM {table} ORDER BY id")  # type: ignore[assignment]
    wanted = term.value.casefold()
    found = [number for number, name in rows if name.casefold() == wanted]
    if not found and or_begins:
        found = [number for number, name in rows if name.casefold().startswith(wanted)]
        if len(found) > 1:
            raise wrong(f"Several colleagues are called “{term.value}…”.", 'Write the whole name: assignee:"Ravi Kumar".')
    if found:
        return found[0]
    meant = nearest(term.value, [name for _, name in rows])
    raise wrong(f"There is no {what} “{term.value}”.", f"Did you mean {written(term.key, meant)}?" if meant else None)


def _moment(term: Term) -> datetime:
    """The beginning of a day of the business, or so long ago."""
    age = _AGE.match(term.value.lower())
    if age:
        return now() - int(age[1]) * _AGES[age[2]]
    try:
        return datetime.strptime(term.value, "%Y-%m-%d").replace(tzinfo=ZoneInfo(store.get("time_zone")))
    except ValueError:
        raise wrong(f"“{term.value}” is not a day.", "Write 2026-11-01, or an age like 7d.") from None
