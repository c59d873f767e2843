"""Fill `{{contact.first_name}}` in a text: one pass, dotted names, a closed list of filters. Nothing is ever run.

What a value holds stands in the result as it is, braces and all: it is not looked at again. Names are looked up in plain
mappings and lists only, so that no name can reach an attribute of anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LONGEST_NAME = 100
_PLACE = re.compile(r"\{\{([^{}]*)\}\}")
# Any script: a shop names its fields as it speaks.
_NAME = re.compile(r"[^\s.]+(\.[^\s.]+)*")
_INDEX = re.compile(r"[0-9]{1,6}")
_FILTER = re.compile(r"""\|\s*([a-z_]+)\s*(?::\s*(?:"([^"]*)"|'([^']*)'|([^\s|"']+))\s*)?""")

# A value and what stands behind the colon, if anything does; None when it cannot be.
Filter = Callable[[Any, str | None], Any]
DEFAULT = "default"


def bare(change: Callable[[str], str]) -> Filter:
    """A filter of texts that takes nothing behind a colon."""
    return lambda value, given: change(value) if given is None else None


FILTERS: Mapping[str, Filter] = {
    "upper": bare(str.upper),
    "lower": bare(str.lower),
    "capitalize": bare(lambda text: text[:1].upper() + text[1:]),
    "trim": bare(str.strip),
    "first_word": bare(lambda text: (text.split() or [""])[0]),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """The text, and what it asks for in vain: each name once, in the order of the text. Those places stay as they were."""

    text: str
    missing: tuple[str, ...]


def fill(text: str, values: Mapping[str, Any]) -> Filled:
    """Put values in the places of their names."""
    missing: list[str] = []

    def put(place: str) -> str:
        value = value_of(place, values, FILTERS, read=_as_text)
        if value is None:
            missing.append(_name_of(place))
            return "{{" + place + "}}"
        return str(value)

    return Filled(replaced(text, put), tuple(dict.fromkeys(missing)))


def names_in(text: str) -> tuple[str, ...]:
    """What a text asks for, each once: names, or what stands there instead of one."""
    return tuple(dict.fromkeys(_name_of(inner) for inner in _PLACE.findall(text)))


def unknown_filters(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The filters a text asks for that do not exist, each once; an empty name for what cannot be read as one."""
    asked = (name for inner in _PLACE.findall(text) for name, _ in _filters_in(inner[len(inner.partition("|")[0]) :]))
    return tuple(dict.fromkeys(name for name in asked if name != DEFAULT and name not in known))


def is_open(text: str) -> bool:
    """Does a place begin in it that never ends?"""
    return "{{" in _PLACE.sub("", text)


def replaced(text: str, put: Callable[[str], str]) -> str:
    """The text with each place given over to `put`, which gets what stands between the braces. What it puts is not read again."""
    return _PLACE.sub(lambda found: put(found[1]), text)


def split(text: str) -> list[str]:
    """The text in parts: words, what stands between the braces, words, … and words at the end."""
    return _PLACE.split(text)


def value_of(place: str, values: Mapping[str, Any], filters: Mapping[str, Filter], *, read: Callable[[Any], Any]) -> Any:
    """The value of `name | filter: "given" | …`, or None: no such name, nothing there, or no such filter."""
    name, bar, rest = place.partition("|")
    found = read(look_up(name.strip(), values))
    for written, given in _filters_in(bar + rest):
        if written == DEFAULT and given is not None:
            found = given if found is None else found
        elif written in filters:
            found = None if found is None else filters[written](found, given)
        else:
            return None
    return found


def look_up(name: str, values: Mapping[str, Any]) -> Any:
    """What a dotted name stands for, in plain mappings and by number in lists (`items.0.title`), or None."""
    if not _NAME.fullmatch(name):
        return None
    found: Any = values
    for part in name.split("."):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and _INDEX.fullmatch(part) and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found


def _filters_in(written: str) -> Iterator[tuple[str, str | None]]:
    """Each filter with what it is given. What cannot be read is a filter that does not exist."""
    at = 0
    while at < len(written):
        match = _FILTER.match(written, at)
        if match is None:
            yield "", None
            return
        yield match[1], next((group for group in match.groups()[1:] if group is not None), None)
        at = match.end()


def _name_of(inner: str) -> str:
    return (inner.partition("|")[0].strip() or inner.strip() or "{{}}")[:LONGEST_NAME]


def _as_text(value: Any) -> str | None:
    """Nothing and blanks count as missing: nobody wants to send "Dear ,"."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return str(value)
