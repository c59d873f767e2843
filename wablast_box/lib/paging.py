"""Keyset pages: a cursor names the last row seen, so a page never shifts and never slows down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from wablast_box.lib.errors import Invalid

Row = TypeVar("Row")
DEFAULT_LIMIT, MAX_LIMIT = 50, 200
LAST_KEY = (1 << 63) - 1  # no column holds more


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows and where the next ones begin."""

    items: list[Row]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many rows, and after which key (None: from the start)."""

    limit: int = DEFAULT_LIMIT
    after: int | None = None


def page_request(limit: int | str | None, cursor: str | None) -> PageRequest:
    """Read `?limit=&cursor=`; Invalid tells which of them is wrong."""
    return PageRequest(_limit(limit), _after(cursor))


def cut(rows: Sequence[Row], request: PageRequest, key: Callable[[Row], int]) -> Page[Row]:
    """Make a page of rows that were asked for with `limit + 1`."""
    items = list(rows[: request.limit])
    more = len(rows) > request.limit
    return Page(items, str(key(items[-1])) if more else None)


def _limit(limit: int | str | None) -> int:
    if limit is None or limit == "":
        return DEFAULT_LIMIT
    text = str(limit)
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:6]) <= MAX_LIMIT:
        raise Invalid(f"limit must be a whole number from 1 to {MAX_LIMIT}.", field="limit")
    return int(text)


def _after(cursor: str | None) -> int | None:
    if not cursor:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 19 and int(cursor) <= LAST_KEY):
        raise Invalid("This cursor was not made by this list.", help="Start again without a cursor.", field="cursor")
    return int(cursor)
