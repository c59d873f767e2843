"""The closed list of filters of a flow's texts: {{order.total | inr}}, {{visit | date: "dddd, D MMM"}}."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from wablast_box.engine.flows.node.amounts import indian, plain_number, read_number, rounded, rupees
from wablast_box.engine.flows.node.moments import DATE, TIME, day_of, read_moment, shown_moment
from wablast_box.lib.interpolate import FILTERS, Filter

MOST_DIGITS = 10


class Encoded(str):
    """A text that is already what its place wants: `| json` in a JSON body, `| url` in an address."""

    __slots__ = ("place",)
    place: str


def shown(value: Any) -> str:
    """A value as a customer reads it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        number = read_number(value)
        return plain_number(number) if number is not None else ""
    if isinstance(value, list | tuple):
        return ", ".join(shown(one) for one in value)
    return as_json(value)


def as_json(value: Any) -> str:
    """Compact JSON, every script as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


@functools.lru_cache(maxsize=8)
def filters_in(zone: ZoneInfo) -> Mapping[str, Filter]:
    """The filters, with dates and times of that zone."""
    return {
        **_WITHOUT_ZONE,
        "date": lambda value, given: _moment(value, given or DATE, zone),
        "time": lambda value, given: _moment(value, given or TIME, zone),
        "datetime": lambda value, given: _moment(value, given or f"{DATE}, {TIME}", zone),
    }


def _moment(value: Any, pattern: str, zone: ZoneInfo) -> Any:
    found = read_moment(value, zone)
    if found is None:
        return value
    if not isinstance(found, datetime) and not any(token in pattern for token in "YMDd"):
        return value
    return shown_moment(found if isinstance(found, datetime) else day_of(found), pattern)


def _number(change: Callable[[Decimal, str | None], Any]) -> Filter:
    """A filter of numbers: what is none stays as it is."""

    def changed(value: Any, given: str | None) -> Any:
        number = read_number(value)
        return value if number is None else change(number, given)

    return changed


def _rounded(number: Decimal, given: str | None) -> Decimal:
    digits = int(given) if given and given.isascii() and given.isdigit() and len(given) < 3 else 0
    return rounded(number, min(digits, MOST_DIGITS))


def _encoded(text: str, place: str) -> Encoded:
    found = Encoded(text)
    found.place = place
    return found


def _count(value: Any, given: str | None) -> Any:
    return len(value) if isinstance(value, list | dict | str) else None


def _join(value: Any, given: str | None) -> Any:
    return (", " if given is None else given).join(shown(one) for one in value) if isinstance(value, list) else value


def _of_text(change: Filter) -> Filter:
    return lambda value, given: change(shown(value), given)


_WITHOUT_ZONE: Mapping[str, Filter] = {name: _of_text(change) for name, change in FILTERS.items()} | {
    "first_name": _of_text(FILTERS["first_word"]),
    "inr": _number(lambda number, given: rupees(number)),
    "inr_paise": _number(lambda number, given: rupees(number / 100)),
    "number": _number(lambda number, given: indian(number)),
    "round": _number(_rounded),
    "json": lambda value, given: _encoded(as_json(value), "json"),
    "url": lambda value, given: _encoded(quote(shown(value), safe="", errors="replace"), "url"),
    "count": _count,
    "join": _join,
}

# Every zone has the same.
NAMES = frozenset(filters_in(ZoneInfo("UTC")))
