"""Whom a message goes to: a phone number as people and programs write it, or a business-scoped user id."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wablast_box.lib.errors import Invalid
from wablast_box.lib.phones import to_e164

# Two letters of a country, a dot, then letters and digits; a linked portfolio's ids have ENT between (Cloud API, BSUID).
USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
_BETWEEN = re.compile(r"[\s().\-\u2010-\u2015/]")
# As long as this, digits carry their country code already: WhatsApp's own ids are written so.
_WITH_COUNTRY = 11


@dataclass(frozen=True, slots=True)
class Address:
    """One of the two is set."""

    wa_id: str | None = None
    user_id: str | None = None


def parse_address(text: str) -> Address:
    """Invalid says what is wrong with it."""
    address = text.strip()
    if USER_ID.fullmatch(address):
        return Address(user_id=address)
    digits = _BETWEEN.sub("", address)
    try:
        if digits.isascii() and digits.isdigit() and len(digits) >= _WITH_COUNTRY and digits[0] != "0":
            address = f"+{digits}"
        return Address(wa_id=to_e164(address).removeprefix("+"))
    except Invalid as wrong:
        raise Invalid(
            f"“{text[:40]}” is neither a phone number nor a user id.",
            help="Write the number with its country code, for example +91 98123 45678.",
            field="to",
        ) from wrong
