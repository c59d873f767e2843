"""Fill `{{contact.first_name}}` in a text: one pass, dotted names, a closed list of filters. Nothing is ever run.

What a value holds stands in the result as it is, braces and all: it is not looked at again. Names are looked up in plain
mappings only, so that no name can reach an attribute of anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LONGEST_NAME = 100
_PLACE = re.compile(r"\{\{([^{}]*)\}\}")
# Any script: a shop names its fields as it speaks.
_NAME = re.compile(r"[^\s.]+(\.[^\s.]+)*")
_FILTER = re.compile(r"""([a-z_]+)(?:\s*:\s*(?:"([^"]*)"|'([^']*)'|([^\s|"']+)))?""")

FILTERS: Mapping[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "capitalize": lambda text: text[:1].upper() + text[1:],
    "trim": str.strip,
    "first_word": lambda text: (text.split() or [""])[0],
}
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Filled:
    """The text, and what it asks for in vain: each name once, in the order of the text. Those places stay as they were."""

    text: str
    missing: tuple[str, ...]


def fill(text: str, values: Mapping[str, Any]) -> Filled:
    """Put values in the places of their names."""
    missing: list[str] = []

    def put(found: re.Match[str]) -> str:
        value = _value(found[1], values)
        if value is None:
            missing.append(_name_of(found[1]))
            return found[0]
        return value

    return Filled(_PLACE.sub(put, text), tuple(dict.fromkeys(missing)))


def names_in(text: str) -> tuple[str, ...]:
    """What a text asks for, each once: names, or what stands there instead of one."""
    return tuple(dict.fromkeys(_name_of(inner) for inner in _PLACE.findall(text)))


def _name_of(inner: str) -> str:
    return (inner.partition("|")[0].strip() or inner.strip() or "{{}}")[:LONGEST_NAME]


def _value(inner: str, values: Mapping[str, Any]) -> str | None:
    name, *filters = inner.split("|")
    found = _looked_up(name.strip(), values)
    for written in filters:
        match = _FILTER.fullmatch(written.strip())
        if match is None:
            return None
        given = next((group for group in match.groups()[1:] if group is not None), None)
        if match[1] == DEFAULT and given is not None:
            found = given if found is None else found
        elif match[1] in FILTERS and given is None:
            found = None if found is None else FILTERS[match[1]](found)
        else:
            return None
    return found


def _looked_up(name: str, values: Mapping[str, Any]) -> str | None:
    if not _NAME.fullmatch(name):
        return None
    found: Any = values
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return _as_text(found)


def _as_text(value: Any) -> str | None:
    """Nothing and blanks count as missing: nobody wants to send "Dear ,"."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return str(value)
