"""Phone numbers hidden in whatever is shown: by the field's name, and by their look in any text. The last three digits tell them apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

DOTS = "•" * 6
# Fields that hold a number and nothing else, ours and Meta's.
PHONE_FIELDS = frozenset({"phone", "wa_id", "phone_number", "recipient_id", "from", "to", "input", "mobile", "phones", "numbers"})
# The business's own number is no secret; names of files are shown as they came.
_OPEN_FIELDS = frozenset({"display_phone_number", "filename"})
# Codes and moments: a number in the middle of one is chance; one that is nothing but a number is none of these.
_CODE_FIELDS = re.compile(r"(^|_)(id|ids|at|until|key|cursor|url|hash|sha256|token|ticket|type|prefix)$")
# What a program chose as a key may hold a number; a browser's keys are random, and it knows its messages by them.
_CHOSEN_KEYS = frozenset({"idempotency_key", "client_key"})
_RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Addresses stay, as codes in them are chance; these ones are made of a number.
_NUMBER_IN_ADDRESS = re.compile(r"((?:wa\.me/|[?&]phone=|tel:|sms:)(?:\+|%2B)?)(\d{7,15})(?!\d)", re.IGNORECASE)
# A number that somebody typed where a figure was asked for; times and sizes are as long.
_FIGURES = re.compile(r"(^|_)(id|ids|at|until|ms|timestamp|time|size|bytes|count|amount|total|tokens)$")
_LOOKS_LIKE = re.compile(r"[+＋]?[\d\s().\-/‐‑–·]+")
# Digits, alone or a few signs apart, in any script; a plus makes shorter ones a number too.
_NUMBER = re.compile(r"(?<!\d)[+＋]?[(]?\d(?:[\s().\-/‐‑–·]{0,2}\d){6,18}(?!\d)")
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(\s\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(\s\d{1,2})?")
# Meta's message ids hold the customer's number, in base64.
WAMID = re.compile(r"wamid\.(?!~)[\w+/=-]+")

Alias = Callable[[str], str]


def mask_value(value: Any, *, alias: Alias, keep: Collection[str] = (), field: str = "") -> Any:
    """A copy of a JSON value with every phone number masked. `alias` stands in for message ids, `keep` are digits that may be seen."""
    if isinstance(value, dict):
        return {
            mask_text(name, keep) if name[:1].isdigit() else name: mask_value(inner, alias=alias, keep=keep, field=name)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [mask_value(inner, alias=alias, keep=keep, field=field) for inner in value]
    if isinstance(value, str):
        return _mask_field(field, WAMID.sub(lambda found: alias(found.group()), value), keep)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _mask_figure(field, value)
    return value


def mask_text(text: str, keep: Collection[str] = ()) -> str:
    """A text with everything that looks like a phone number masked."""
    return _NUMBER.sub(lambda found: _masked_if_phone(found.group(), keep), text)


def mask_number(number: str) -> str:
    """A number by its last three digits."""
    return DOTS + "".join(c for c in number if c.isdigit())[-3:]


def _mask_figure(field: str, value: float) -> Any:
    if value != value // 1 or value > 10**15:
        return value
    digits = str(int(value))
    looks_like = value > 9999 if field in PHONE_FIELDS else len(digits) >= 10 and not _FIGURES.search(field)
    return mask_number(digits) if looks_like else value


def _mask_field(field: str, text: str, keep: Collection[str]) -> str:
    if field in _OPEN_FIELDS:
        return text
    if field in PHONE_FIELDS and _LOOKS_LIKE.fullmatch(text) and len(_digits(text)) > 3 and not _DATE.fullmatch(text):
        return text if _digits(text) in keep else mask_number(text)
    if field in _CHOSEN_KEYS:
        return text if _RANDOM.fullmatch(text) else mask_text(text, keep)
    if _CODE_FIELDS.search(field) and not _LOOKS_LIKE.fullmatch(text):
        return _NUMBER_IN_ADDRESS.sub(lambda found: found[1] + _masked_if_phone(found[2], keep), text)
    return mask_text(text, keep)


def _masked_if_phone(found: str, keep: Collection[str]) -> str:
    digits = _digits(found)
    is_plain = len(digits) == len(found.strip())
    least = 7 if found[0] in "+＋" else 8 if is_plain else 10
    if not least <= len(digits) <= 15 or digits in keep or _DATE.fullmatch(found.strip()):
        return found
    tail = found[len(found.rstrip()) :]
    return mask_number(found) + tail


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
