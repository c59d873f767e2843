"""Read one key of an untrusted object: the value if it is what we expect, otherwise nothing; never an exception but `Bad`."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Object = dict[str, Any]
DIGITS = re.compile(r"-?[0-9]{1,10}")

# Ids become unique keys, and no database indexes a key of megabytes. Meta's own ids stay below 150 characters.
MAX_ID = 512
MAX_NUMBER = 2**31 - 1

EARLIEST_S = 1_000_000_000  # 2001: before that a number is a placeholder, not a time
LATEST_S = 4_102_444_800  # 2100
EMPTY: Object = {}


class Bad(ValueError):
    """This item cannot be used; the text says why."""


def text(value: object) -> str | None:
    """A string that says something: empty strings count as absent, as Meta uses them so."""
    return value if type(value) is str and value else None


def ident(value: object, name: str) -> str | None:
    """An id: a non-empty string, or a number as some of Meta's samples carry."""
    if type(value) is str:
        found = value
    elif type(value) is int:
        found = str(value)
    else:
        return None
    if len(found) > MAX_ID:
        raise Bad(f"{name} is longer than {MAX_ID} characters")
    return found or None


def required(value: object, name: str) -> str:
    found = ident(value, name)
    if found is None:
        raise Bad(f"{name} is missing")
    return found


def obj(value: object) -> Object:
    return value if type(value) is dict else EMPTY


def objects(value: object) -> list[Object]:
    """The objects of a list; a single object counts as a list of one, anything else is left out."""
    if type(value) is dict:
        return [value]
    if type(value) is not list:
        return []
    return [item for item in value if type(item) is dict]


def number(value: object) -> int | None:
    """A whole number that fits a database integer, also when it arrives as a string."""
    if type(value) is int:
        found = value
    elif (type(value) is float and value.is_integer()) or (type(value) is str and DIGITS.fullmatch(value)):
        found = int(value)
    else:
        return None
    return found if abs(found) <= MAX_NUMBER else None


def yes(value: object) -> bool:
    return value is True or value == "true"


def strings(value: object) -> tuple[str, ...]:
    """The ids of a list of strings or numbers."""
    if type(value) is not list:
        return ()
    return tuple(str(item) for item in value if type(item) is str or type(item) is int)


def moment(value: object) -> datetime | None:
    """Unix seconds (or milliseconds) as string or number; a placeholder such as "<TIMESTAMP>" is None."""
    if type(value) is str:
        if not (value.isascii() and value.isdigit() and len(value) <= 13):
            return None
        seconds = int(value)
    elif type(value) is int:
        seconds = value
    else:
        return None
    if seconds > 1000 * EARLIEST_S:
        seconds //= 1000
    if EARLIEST_S <= seconds <= LATEST_S:
        return datetime.fromtimestamp(seconds, UTC)
    return None


def pick(source: Mapping[str, Any], names: Sequence[str]) -> Object:
    """The named keys that are there."""
    return {name: source[name] for name in names if name in source}
