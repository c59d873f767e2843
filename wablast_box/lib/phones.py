"""Phone numbers in E.164. A contact may have none: usernames hide it."""

from __future__ import annotations

import phonenumbers

from wablast_box.lib.errors import Invalid

HOME_REGION = "IN"


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
