"""What may stand in a field, by its kind: one spelling to keep, one to look for, and a number to compare."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from wablast_box.engine.contacts.models import FieldKind
from wablast_box.lib.errors import Invalid
from wablast_box.lib.phones import read_phones

LONGEST_VALUE = 500
_MAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@(?:[^\s@.<>\"',;:()\[\]\\]{1,63}\.)+[^\s@.<>\"',;:()\[\]\\]{2,63}")
_YES = frozenset({"yes", "true", "1", "y"})
_NO = frozenset({"no", "false", "0", "n"})


@dataclass(frozen=True, slots=True)
class Spec:
    """What a value is checked against."""

    id: int
    name: str
    kind: FieldKind
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A value as it is kept."""

    value: str
    folded: str
    number: float | None = None


def checked(spec: Spec, given: Any) -> Stored | None:
    """The value as it is kept; None when it is empty. Invalid names the field and says what would be right."""
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    if not isinstance(given, str | int | float | bool | Decimal):
        raise wrong(spec, "should be one value.")
    text = ("yes" if given else "no") if isinstance(given, bool) else str(given).replace("\x00", "").strip()
    if len(text) > LONGEST_VALUE:
        raise wrong(spec, f"has at most {LONGEST_VALUE} letters.")
    value = _CHECKS[spec.kind](spec, text)
    return Stored(value, value.casefold(), _number_of(spec.kind, value))


def comparable(spec: Spec, text: str) -> Stored:
    """What a filter compares with: a number or a date must be one, anything else is looked for as it stands."""
    if spec.kind in (FieldKind.NUMBER, FieldKind.DATE, FieldKind.YES_NO):
        stored = checked(spec, text)
        if stored is not None:
            return stored
    return Stored(text, text.casefold())


def wrong(spec: Spec, why: str, help: str | None = None) -> Invalid:
    """A value that cannot stand in this field."""
    return Invalid(f"{spec.name} {why}", help=help, field=f"fields.{spec.id}")


def _text(spec: Spec, text: str) -> str:
    return text


def _number(spec: Spec, text: str) -> str:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise wrong(spec, "should be a number.", "For example 12 or 12.5.") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15 or len(number.as_tuple().digits) > 18:
        raise wrong(spec, "is a number that is too long.")
    plain = format(number.normalize(), "f")
    return "0" if plain in ("-0", "0") else plain


def _date(spec: Spec, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise wrong(spec, "should be a day.", "Write year, month and day: 2026-11-22.") from None


def _choice(spec: Spec, text: str) -> str:
    found = next((choice for choice in spec.choices if choice.casefold() == text.casefold()), None)
    if found is None:
        raise wrong(spec, f"cannot be “{text[:40]}”.", f"One of {', '.join(spec.choices)}.")
    return found


def _yes_no(spec: Spec, text: str) -> str:
    if text.lower() in _YES:
        return "yes"
    if text.lower() in _NO:
        return "no"
    raise wrong(spec, "is either yes or no.")


def _phone(spec: Spec, text: str) -> str:
    try:
        return read_phones(text).phone
    except Invalid as refused:
        raise wrong(spec, f"cannot be this: {refused.message}", refused.help) from None


def _email(spec: Spec, text: str) -> str:
    if not _MAIL.fullmatch(text) or len(text) > 254:
        raise wrong(spec, "should be an e-mail address.", "For example kabir@example.com.")
    name, _, host = text.rpartition("@")
    return f"{name}@{host.lower()}"


def _link(spec: Spec, text: str) -> str:
    address = text if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", text) else f"https://{text}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    # Nothing but the web: a link that runs something in the reader's browser is no link.
    if parts.scheme.lower() not in ("http", "https") or "." not in host or parts.username is not None or re.search(r"\s", address):
        raise wrong(spec, "should be a web address.", "For example https://example.com.")
    return address


def _number_of(kind: FieldKind, value: str) -> float | None:
    if kind is FieldKind.NUMBER:
        number = float(value)
        return number if math.isfinite(number) else None
    return float(date.fromisoformat(value).toordinal()) if kind is FieldKind.DATE else None


_CHECKS: dict[FieldKind, Callable[[Spec, str], str]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
    FieldKind.PHONE: _phone,
    FieldKind.EMAIL: _email,
    FieldKind.LINK: _link,
}
