"""What must never reach a log: credentials, message texts, phone numbers. By the field's name, by pattern, by exact value."""

from __future__ import annotations

import re
from typing import Any

REMOVED = "[removed]"
MAX_FIELD = 2048

_SECRET_NAME = re.compile(r"token|secret|password|passwd|authorization|cookie|signature|otp|text|body|caption|api_?key", re.IGNORECASE)
_PHONE_NAME = re.compile(r"phone|wa_id|mobile|recipient|msisdn", re.IGNORECASE)
_SECRETS = (
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{6,}", re.IGNORECASE), r"\1 [removed]"),
    (re.compile(r"\bEAA[A-Za-z0-9]{8,}"), "EAA[removed]"),
    (re.compile(r"\b(wbx|rzp)_[A-Za-z0-9_-]{6,}"), r"\1_[removed]"),
    (re.compile(r"\beyJ[\w-]{6,}\.[\w-]+\.[\w-]*"), "[removed]"),
    # In addresses and in the words of other libraries.
    (
        re.compile(r"\b([\w.]*(?:token|secret|password|signature|proof|ticket|cookie|otp)[\w.]*\s*[=:]\s*)[^\s&,;}]{3,}", re.IGNORECASE),
        r"\1[removed]",
    ),
    # pydantic quotes what it refused.
    (re.compile(r"input_value=(?:'[^']*'|\"[^\"]*\"|[^,\]]*)"), "input_value=[removed]"),
    (re.compile(r"://[^/@\s:]+:[^/@\s]+@"), "://[removed]@"),
    # Meta's app secrets.
    (re.compile(r"(?<![0-9a-fA-F])[0-9a-f]{32}(?![0-9a-fA-F])"), "[removed]"),
)
# Digits in a row, in two fives, or spaced after a plus: never dates, times or our own long ids.
_PHONE = re.compile(r"(?<![\w.+-])(?:\+\d(?:[ ()-]{0,2}\d){6,14}|\d{8,15}|\d{5} \d{5})(?![\w-])")
# Meta's message ids hold the customer's number.
_WAMID = re.compile(r"wamid\.[\w+/=-]+")
# Forged lines, terminal colours, text that reads backwards.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_never: set[str] = set()


def never_write(value: str | None) -> None:
    """Remove this exact text from every line from now on (credentials of no known pattern)."""
    if value and len(value) >= 8:
        _never.add(value)


def field_value(name: str, value: Any) -> Any:
    """A named field as it may be written."""
    if value is None or isinstance(value, bool | float):
        return value
    if _SECRET_NAME.search(name):
        return REMOVED
    if isinstance(value, int):
        return last3(str(value)) if _PHONE_NAME.search(name) else value
    if _PHONE_NAME.search(name) and isinstance(value, str) and sum(c.isdigit() for c in value) >= 7:
        return last3(value)
    return clean(str(value))


def clean(text: str) -> str:
    """Free text as it may be written: masked, on one line, at most 2 KB."""
    return _cap(_escape(mask(text)))


def clean_tail(text: str) -> str:
    """A traceback as it may be written: its end says what happened."""
    masked = mask(text)
    kept = masked if len(masked) <= MAX_FIELD else "…" + masked[-MAX_FIELD:]
    return "\n".join(_escape(line) for line in kept.splitlines())


def mask(text: str) -> str:
    """Credentials and phone numbers replaced."""
    for value in _never:
        text = text.replace(value, REMOVED)
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    text = _WAMID.sub(lambda found: f"wamid.…{found.group()[-6:]}", text)
    return _PHONE.sub(lambda found: last3(found.group()), text)


def last3(text: str) -> str:
    """A phone number by its last three digits."""
    digits = "".join(c for c in text if c.isdigit())
    return f"…{digits[-3:]}"


def _escape(text: str) -> str:
    return _CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", text)


def _cap(text: str) -> str:
    return text if len(text) <= MAX_FIELD else text[: MAX_FIELD - 1] + "…"
