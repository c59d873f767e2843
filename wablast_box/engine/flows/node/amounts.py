"""Numbers as shops write and read them: ₹1,20,000.50."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

# Nobody's sum is longer, and sums of longer ones cost time.
_LONGEST = 40
_NUMBER = re.compile(r"(?:₹|rs\.?|inr)?\s*([-+]?)\s*(?:₹|rs\.?|inr)?\s*((?:\d[\d,]*)?(?:\.\d+)?)\s*(?:/-)?", re.IGNORECASE)


def read_number(value: Any) -> Decimal | None:
    """The number that a value is or looks like: 1200, "1,200", "₹ 1,200.50", "Rs. 500/-". Digits of any script."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        return _decimal(str(value)) if not isinstance(value, int) or abs(value) < 10**_LONGEST else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    found = _NUMBER.fullmatch(value.strip())
    return _decimal(found[1] + found[2].replace(",", "")) if found and found[2] not in ("", ".") else None


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    # 1e400 is a number too, but none that we would ever write out.
    return found if found.is_finite() and abs(found.adjusted()) <= _LONGEST else None


def plain_number(number: Decimal) -> str:
    """Without an exponent and without zeros behind the point that say nothing."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def rounded(number: Decimal, digits: int) -> Decimal:
    """Half up, as on a bill."""
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def indian(number: Decimal) -> str:
    """Digits in groups as India reads them: 12,34,567.5."""
    text = plain_number(abs(number))
    whole, point, rest = text.partition(".")
    head, tail = whole[:-3], whole[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    sign = "-" if number < 0 and text != "0" else ""
    return sign + ",".join((*groups, tail)) + point + rest


def rupees(number: Decimal) -> str:
    """₹1,200 or ₹1,200.50: paise are written when there are any."""
    exact = rounded(number, 2)
    whole = exact == exact.to_integral_value()
    text = indian(abs(exact))
    if not whole:
        text = text + "0" if len(text.rpartition(".")[2]) == 1 else text
    return ("-" if exact < 0 else "") + "₹" + text


def as_duration(value: Any) -> float:
    """A length of time in a field; nothing when something else stands there, as in a draft it may."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e15 else 0.0
