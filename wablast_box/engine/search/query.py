"""What was typed into the search field: words, "words side by side", and filters such as from:ravi or before:2026-11-01."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.search.store import Phrase
from wablast_box.engine.search.words import words
from wablast_box.engine.settings import store as settings
from wablast_box.lib import ids
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Invalid

# Beyond these nobody types; what is pasted is cut.
MOST_LETTERS, MOST_PHRASES, MOST_WORDS = 500, 12, 16
# One letter begins half of all words: it finds only itself.
SHORTEST_BEGINNING = 2
KINDS = ("message", "note", "contact", "file", "conversation")
_KEYS = ("from", "in", "before", "after", "kind", "tag")
_TERM = re.compile(rf'(?P<key>{"|".join(_KEYS)}):(?P<value>"[^"]*"?|\S*)|"(?P<quoted>[^"]*)(?P<end>"?)|(?P<word>[^\s"]+)', re.IGNORECASE)
_AGE = re.compile(r"^(\d{1,4})([hdw])$")
_AGES = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: phrases that must all be there, and what else must be so."""

    phrases: tuple[Phrase, ...] = ()
    kind: str | None = None
    by: str | None = None
    inside: str | None = None
    tags: tuple[str, ...] = ()
    since_id: int = 0
    until_id: int | None = None

    @property
    def is_empty(self) -> bool:
        """Was nothing asked for?"""
        return self == replace(Search(), kind=self.kind) and self.kind is None

    @property
    def names_messages(self) -> bool:
        """Do the filters speak of messages, not of conversations?"""
        return self.by is not None or self.since_id > 0 or self.until_id is not None


def parse(text: str, kind: str | None = None) -> Search:
    """Understand a search; Invalid says what is wrong with a filter. `kind` from outside wins over the word in the text."""
    asked: dict[str, Any] = {"tags": ()}
    phrases: list[Phrase] = []
    typed = text[:MOST_LETTERS].replace("\x00", " ")
    for found in _TERM.finditer(typed):
        if found["key"]:
            _filter(asked, found["key"].lower(), found["value"].strip('"').strip())
        else:
            phrases += _phrases(found, is_last=found.end() == len(typed))
    if kind:
        asked["kind"] = _kind(kind, field="kind")
    return Search(phrases=tuple(phrases[:MOST_PHRASES]), **asked)


def _phrases(found: re.Match[str], *, is_last: bool) -> list[Phrase]:
    """A word that is still being typed may go on; one that was followed by a space or stands in quotes is whole."""
    told = tuple(words(found["quoted"] if found["word"] is None else found["word"]))[:MOST_WORDS]
    if not told:
        return []
    may_go_on = is_last and not found["end"] and len(told[-1]) >= SHORTEST_BEGINNING
    return [Phrase(told, is_begun=may_go_on)]


def _filter(asked: dict[str, Any], key: str, value: str) -> None:
    if not value:
        return
    if key == "kind":
        asked["kind"] = _kind(value, field="q")
    elif key == "tag":
        asked["tags"] = (*asked["tags"], value)
    elif key == "after":
        asked["since_id"] = ids.first_id_at(_moment(key, value))
    elif key == "before":
        asked["until_id"] = ids.first_id_at(_moment(key, value))
    else:
        asked[{"from": "by", "in": "inside"}[key]] = value


def _kind(value: str, *, field: str) -> str:
    singular = value.lower().rstrip("s")
    known = {"people": "contact", "person": "contact", "chat": "conversation"}.get(value.lower(), singular)
    if known not in KINDS:
        raise Invalid(f"“{value}” is no kind of thing to find.", code="invalid_filter", help=f"One of {', '.join(KINDS)}.", field=field)
    return known


def _moment(key: str, value: str) -> datetime:
    """The beginning of a day of the business, or so long ago."""
    age = _AGE.match(value.lower())
    if age:
        return now() - int(age[1]) * _AGES[age[2]]
    try:
        return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=ZoneInfo(settings.get("time_zone")))
    except (ValueError, OverflowError):
        raise Invalid(
            f"“{value}” is not a day.", code="invalid_filter", help=f"Write {key}:2026-11-01, or an age like {key}:7d.", field="q"
        ) from None
