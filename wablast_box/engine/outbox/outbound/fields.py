"""Read what somebody asks us to send, key by key: each refusal names the field and says what to write instead.

WhatsApp counts characters as Unicode code points, and so do we: "👍🏽" counts as two.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from wablast_box.lib.errors import Invalid, NotFound
from wablast_box.lib.ids import parse_id

MAX_LINK = 2048


class Fields:
    """One object of the request. `end()` refuses what nobody asked for, so that a misspelt key is not lost in silence."""

    def __init__(self, source: object, path: str):
        if not isinstance(source, Mapping):
            raise Invalid(f"{path} should be an object, for example {{…}}.", field=path)
        self.source: Mapping[str, Any] = source
        self.path = path
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return self.source.get(key) is not None

    def raw(self, key: str) -> Any:
        self._asked.add(key)
        return self.source.get(key)

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def fail(self, key: str, what: str) -> Invalid:
        return Invalid(f"{self.at(key)} {what}", field=self.at(key))

    def optional(self, key: str, most: int) -> str | None:
        """A text, or nothing; an empty text counts as one."""
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.fail(key, "should be text.")
        if len(value) > most:
            raise self.fail(key, f"has {len(value)} characters; WhatsApp takes at most {most}. Shorten it.")
        if "\0" in value or not _is_unicode(value):
            raise self.fail(key, "contains a character that cannot be sent. Remove it and type it again.")
        return value

    def text(self, key: str, most: int) -> str:
        """A text that must be there and say something."""
        value = self.optional(key, most)
        if not value or value.isspace():
            raise self.fail(key, f"is missing: write 1 to {most} characters.")
        return value

    def choice(self, key: str, *allowed: str) -> str:
        value = self.raw(key)
        if value not in allowed or not isinstance(value, str):
            raise self.fail(key, f"should be {_either(allowed)}.")
        return value

    def optional_choice(self, key: str, *allowed: str) -> str | None:
        return self.choice(key, *allowed) if self.raw(key) is not None else None

    def flag(self, key: str) -> bool:
        value = self.raw(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.fail(key, "should be true or false.")
        return value

    def whole(self, key: str, least: int, most: int) -> int:
        value = self.raw(key)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.fail(key, f"should be a whole number from {least} to {most}.")
        return value

    def degrees(self, key: str, most: int) -> float:
        """A coordinate, as number or as text, as Meta takes both."""
        value = self.raw(key)
        try:
            found = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
        except ValueError:
            found = math.nan
        if not abs(found) <= most:
            raise self.fail(key, f"should be a number from -{most} to {most}.")
        return found

    def link(self, key: str) -> str:
        value = self.text(key, MAX_LINK)
        try:
            parts = urlsplit(value)
            good = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            good = False
        if not good or any(c.isspace() for c in value):
            raise self.fail(key, "should be a web address that begins with https://.")
        return value

    def inner(self, key: str) -> Fields:
        value = self.raw(key)
        if value is None:
            raise self.fail(key, "is missing.")
        return Fields(value, self.at(key))

    def each(self, key: str, least: int, most: int, what: str) -> list[Fields]:
        value = self.raw(key)
        if not isinstance(value, Sequence) or isinstance(value, str | bytes):
            raise self.fail(key, f"should be a list of {what}.")
        if not least <= len(value) <= most:
            count = f"exactly {least}" if least == most else f"{least} to {most}"
            raise self.fail(key, f"has {len(value)} {what}; WhatsApp takes {count}.")
        return [Fields(item, f"{self.at(key)}[{index}]") for index, item in enumerate(value)]

    def end(self) -> None:
        for key in self.source:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                raise self.fail(str(key)[:64], f"is not known here. Remove it; {self.path or 'a message'} takes {known}.")


def our_id(fields: Fields, key: str) -> int | None:
    """One of our own ids: a string of digits."""
    value = fields.raw(key)
    if value is None:
        return None
    try:
        return parse_id(value if isinstance(value, str) else "")
    except NotFound:
        raise fields.fail(key, "should be an id of this box: a string of digits.") from None


def unique(fields: Sequence[Fields], values: Sequence[str], key: str) -> None:
    """WhatsApp tells taps apart by these."""
    seen: set[str] = set()
    for one, value in zip(fields, values, strict=True):
        if value in seen:
            raise one.fail(key, f"{value!r} is there twice. Give each its own.")
        seen.add(value)


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _either(allowed: Sequence[str]) -> str:
    *others, last = [f'"{one}"' for one in allowed]
    return f"{', '.join(others)} or {last}" if others else last
