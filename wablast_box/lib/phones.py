"""Phone numbers in E.164. A contact may have none: usernames hide it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import phonenumbers

from wablast_box.lib.errors import Invalid

HOME_REGION = "IN"
LONGEST = 200
_HELP = "Write it with its country code, for example +91 98123 45678."
# People write two numbers into one cell.
_BETWEEN = re.compile(r"[/,;|\n]|\bor\b")


@dataclass(frozen=True, slots=True)
class Phones:
    """What a text of one or several numbers says: the first good one, and the others."""

    phone: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadPhone:
    """A row that holds no number, counted from 1, and why not."""

    row: int
    text: str
    reason: str


def read_phones(text: str, *, region: str = HOME_REGION) -> Phones:
    """The numbers in a cell, as they really exist; Invalid says why there is none.

    Stricter than `to_e164`: what nobody could ever be reached under is refused before it becomes a contact.
    """
    found: list[str] = []
    refused: Invalid | None = None
    for part in _parts(text):
        try:
            found.append(_existing(part, region))
        except Invalid as wrong:
            refused = refused or wrong
    if not found:
        raise refused or Invalid("There is no phone number.", help=_HELP, field="phone")
    first, *others = dict.fromkeys(found)
    return Phones(first, tuple(others))


def read_rows(rows: Iterable[str], *, region: str = HOME_REGION) -> tuple[dict[int, Phones], list[BadPhone]]:
    """Many cells at once: the good ones by row, and each bad one with its reason. Empty rows are neither."""
    good: dict[int, Phones] = {}
    bad: list[BadPhone] = []
    for number, text in enumerate(rows, 1):
        if not text.strip():
            continue
        try:
            good[number] = read_phones(text, region=region)
        except Invalid as wrong:
            bad.append(BadPhone(number, text, wrong.message))
    return good, bad


def _parts(text: str) -> Iterator[str]:
    return (part for part in (piece.strip() for piece in _BETWEEN.split(text[:LONGEST])) if part)


def _existing(text: str, region: str) -> str:
    """National first; then as if the plus had been forgotten, because spreadsheets eat it."""
    digits = "".join(c for c in text if c.isdigit())
    tries = [text] if text.lstrip().startswith(("+", "\uff0b")) or not digits else [text, f"+{digits}"]
    for attempt in tries:
        try:
            number = phonenumbers.parse(attempt, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and number.extension is None:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise Invalid(_why_not(text, digits, region), help=_HELP, field="phone")


def _why_not(text: str, digits: str, region: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    if not digits:
        return f"“{shown}” is not a phone number."
    try:
        possible = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return f"“{shown}” is not a phone number."
    reason = phonenumbers.ValidationResult
    if possible == reason.TOO_SHORT:
        return f"“{shown}” has too few digits."
    if possible == reason.TOO_LONG:
        return f"“{shown}” has too many digits."
    if possible == reason.INVALID_COUNTRY_CODE:
        return f"“{shown}” begins with a country code that does not exist."
    return f"“{shown}” is not a number that anybody can have."


def to_e164(text: str, *, region: str = HOME_REGION) -> str:
    """`+919812345678` from what people type; Invalid says what is wrong with it."""
    try:
        number = phonenumbers.parse(text.strip(), region)
    except phonenumbers.NumberParseException as wrong:
        raise Invalid(
            f"“{text}” is not a phone number.", help="Write it with its country code, for example +91 98123 45678.", field="phone"
        ) from wrong
    if not phonenumbers.is_possible_number(number):
        raise Invalid(
            f"“{text}” has too few or too many digits.", help="Write it with its country code, for example +91 98123 45678.", field="phone"
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def from_wa_id(wa_id: str) -> str | None:
    """The phone number behind WhatsApp's own id (digits without plus), or None when it is not one."""
    return f"+{wa_id}" if wa_id.isascii() and wa_id.isdigit() and 6 <= len(wa_id) <= 15 else None
