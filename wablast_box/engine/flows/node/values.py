"""What texts do with values: look them up by name, keep them plain, put them into texts. Data is never read as a template."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from wablast_box.engine.flows.node.filters import Encoded, filters_in, shown
from wablast_box.lib import interpolate
from wablast_box.lib.errors import Invalid

DEEPEST = 20
LARGEST_INT = 10**300
LARGEST_WHOLE = 2**63
SMALL = 10**8
# Of a text with its values, in characters: more than any message or request takes.
LARGEST_FILLED = 1024 * 1024
# What takes more than a byte in JSON, or cannot stand in it.
_COSTLY = re.compile(r'[^\x20-\x7e]|["\\]')
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def look_up(name: str, values: Mapping[str, Any]) -> Any:
    """A value by its dotted name, in plain mappings and by number in lists (`items.0.title`), or None."""
    return interpolate.look_up(name.strip(), values)


def plain(value: Any, largest: int) -> Any:
    """A copy of what JSON can hold. Raises Invalid when it is larger than `largest` bytes, too deep, or something else."""
    return _Plain(largest).copy(value, DEEPEST)


class _Plain:
    """Counts while it copies, so that a value that holds itself a thousand times over is left in time."""

    def __init__(self, largest: int):
        self.largest, self.left = largest, largest

    def copy(self, value: Any, levels: int) -> Any:
        if value is None or isinstance(value, bool):
            self.spend(4)
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, int | float | Decimal):
            return self.number(value)
        if levels == 0:
            raise Invalid(f"A value goes more than {DEEPEST} levels deep. Keep only the part that is needed.", code="too_deep")
        if isinstance(value, Mapping):
            self.spend(2)
            return {self.key(name): self.copy(inner, levels - 1) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            self.spend(2)
            return [self.copy(inner, levels - 1) for inner in value]
        raise Invalid(f"A flow keeps texts, numbers, lists and objects, no {type(value).__name__}.", code="not_plain")

    def key(self, name: Any) -> str:
        if not isinstance(name, str):
            raise Invalid("The names in an object are texts.", code="not_plain")
        self.spend(2)
        return self.text(name)

    def text(self, value: str) -> str:
        if type(value) is str and not _COSTLY.search(value):
            self.spend(len(value) + 2)
            return value
        self.spend(len(value) + 2)
        whole = str(value).encode(errors="replace").decode()
        self.spend(len(json.dumps(whole, ensure_ascii=False).encode()) - len(value) - 2)
        return whole

    def number(self, value: float | Decimal) -> int | float:
        if type(value) is int and -SMALL < value < SMALL:
            self.spend(8)
            return value
        found = value
        if isinstance(value, Decimal):
            found = _from_decimal(value)
        if not math.isfinite(found) if isinstance(found, float) else abs(found) >= LARGEST_INT:
            raise Invalid("A number is too large to be kept.", code="not_plain")
        self.spend(len(repr(found)))
        # What is larger than the tables' JSON holds whole numbers comes back from there as this.
        return float(found) if isinstance(found, float) or abs(found) >= LARGEST_WHOLE else int(found)

    def spend(self, size: int) -> None:
        self.left -= size + 1
        if self.left < 0:
            raise Invalid(
                f"A value is larger than the {self.largest // 1024} kB that a flow keeps. Keep only the part that is needed.",
                code="too_large",
            )


def _from_decimal(value: Decimal) -> int | float:
    if not value.is_finite():
        return math.inf
    return int(value) if abs(value) < LARGEST_INT and value == value.to_integral_value() else float(value)


def fill(text: str, values: Mapping[str, Any], encoder: str, zone: ZoneInfo) -> str:
    """The text with values in the places of `{{name | filter}}`, each as its place wants it. What is missing leaves nothing behind.

    Raises Invalid when it becomes too long: a few letters may ask for the same long value hundreds of times.
    """
    encode, filters, size = ENCODERS[encoder], filters_in(zone), 0

    def put(place: str) -> str:
        nonlocal size
        made = written(place)
        size = grown(size, made)
        return made

    def written(place: str) -> str:
        if "secret" in place and is_secret(place):
            return "{{" + place + "}}"
        value = interpolate.value_of(place, values, filters, read=_there)
        if isinstance(value, Encoded) and value.place == encoder:
            return str(value)
        return encode(_sendable(shown(value)))

    return interpolate.replaced(text, put)


def grown(size: int, made: str) -> int:
    """How long a text is with another piece. Raises Invalid."""
    if size + len(made) > LARGEST_FILLED:
        raise Invalid("With its values this text is longer than a million characters.", code="too_large")
    return size + len(made)


def is_secret(place: str) -> bool:
    """Does this place ask for a secret? No text gets one: `writing` leaves its place to whoever sends a request."""
    name = place.partition("|")[0].strip()
    return name == "secret" or name.startswith("secret.")


def _there(value: Any) -> Any:
    """Blanks count as missing, so that `default` speaks for them."""
    return None if isinstance(value, str) and not value.strip() else value


def _sendable(text: str) -> str:
    """Without what no message, table or server takes: NUL and half characters."""
    return text.encode(errors="replace").decode().replace("\0", "")


ENCODERS: Mapping[str, Callable[[str], str]] = {
    "text": lambda text: text,
    "url": lambda text: quote(text, safe=""),
    "json": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "header": lambda text: _CONTROL.sub(" ", text).strip(),
}
