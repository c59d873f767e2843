"""The language of filters: `is:unread state:open tag:vip assignee:me team:sales window:closing before:2026-11-01 -tag:spam`.

What is not one of its terms is a word of the customer's name or number. Here the text only falls apart; `parse.py` says what it means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from wablast_box.lib.errors import Invalid

MOST_LETTERS, MOST_TERMS = 500, 20
STATES = ("open", "pending", "snoozed", "resolved")

# Each key and what may stand behind it; empty: a name or a date.
KEYS: dict[str, tuple[str, ...]] = {
    "is": ("unread", "read", "waiting", "mine", "unassigned", *STATES),
    "state": STATES,
    "assignee": (),
    "team": (),
    "tag": (),
    "window": ("open", "closing", "closed"),
    "before": (),
    "after": (),
}
SPELLINGS = {"label": "tag", "status": "state", "from": "name", "name": "name"}
NEGATABLE = frozenset({"tag"})
_TERM = re.compile(r'(?P<minus>-?)(?P<key>\w+):(?P<value>"[^"]*"?|\S*)|"(?P<quoted>[^"]*)"?|(?P<word>\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """One `key:value`; a word of a name has the key `name`."""

    key: str
    value: str
    negated: bool = False


def terms_of(text: str) -> list[Term]:
    """The terms of a filter, in their order; Invalid says what is wrong with one and what would be right."""
    if len(text) > MOST_LETTERS:
        raise wrong("This filter is too long.", f"At most {MOST_LETTERS} letters.")
    terms = [term for found in _TERM.finditer(text) if (term := _term(found)) is not None]
    if len(terms) > MOST_TERMS:
        raise wrong("This filter has too many parts.", f"At most {MOST_TERMS}.")
    return terms


def written(key: str, value: str) -> str:
    """A term as people write it: with quotes where its value has spaces."""
    return f'{key}:"{value}"' if re.search(r"\s", value) else f"{key}:{value}"


def renamed(text: str, key: str, before: str, after: str) -> str:
    """The same filter after a tag or a team got another name."""

    def replaced(found: re.Match[str]) -> str:
        term = _term(found)
        if term is None or term.key != key or term.value.lower() != before.lower():
            return found[0]
        return ("-" if term.negated else "") + written(key, after)

    return _TERM.sub(replaced, text)


def nearest(value: str, choices: Sequence[str]) -> str | None:
    """What was probably meant."""
    known = {choice.lower(): choice for choice in choices}
    found = get_close_matches(value.lower(), known, n=1, cutoff=0.6)
    return known[found[0]] if found else None


def wrong(message: str, help: str | None) -> Invalid:
    """A filter that cannot be read."""
    return Invalid(message, code="invalid_filter", help=help, field="q")


def _term(found: re.Match[str]) -> Term | None:
    if found["quoted"] is not None or found["word"] is not None:
        word = found["quoted"] or found["word"] or ""
        return Term("name", word) if word.strip() else None
    return _keyed(found)


def _keyed(found: re.Match[str]) -> Term:
    key, value, negated = found["key"].lower(), found["value"].strip('"').strip(), bool(found["minus"])
    key = SPELLINGS.get(key, key)
    if key == "name":
        return Term("name", value)
    if key not in KEYS:
        _refuse_near_miss(found["key"], value)
        return Term("name", found[0])
    if not value:
        raise wrong(f"“{key}:” wants something behind it.", _expected(key))
    if negated and key not in NEGATABLE:
        raise wrong(f"“-{key}:” is not possible.", "Only tags can be left out: -tag:spam.")
    if KEYS[key]:
        _require_choice(key, value)
    return Term(key, value if not KEYS[key] else value.lower(), negated)


def _refuse_near_miss(key: str, value: str) -> None:
    """`stat:open` is a slip, `re:order` a word."""
    meant = next(iter(get_close_matches(key.lower(), [*KEYS, "label", "status"], n=1, cutoff=0.75)), None)
    if meant is not None:
        raise wrong(f"There is no filter “{key}:”.", f"Did you mean {meant}:{value}?")


def _require_choice(key: str, value: str) -> None:
    for one in value.lower().split(","):
        if one not in KEYS[key]:
            meant = nearest(one, KEYS[key])
            raise wrong(f"“{key}:{one}” means nothing.", f"Did you mean {key}:{meant}?" if meant else _expected(key))


def _expected(key: str) -> str:
    if KEYS[key]:
        return f"One of {', '.join(KEYS[key])}."
    return {
        "assignee": "me, none, or a colleague’s name.",
        "team": "A team’s name, or none.",
        "tag": "A tag’s name.",
    }.get(key, "A day like 2026-11-01, or an age like 7d.")
