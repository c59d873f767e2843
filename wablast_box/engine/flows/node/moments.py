"""Dates and times as people and machines write them, and as people like to read them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.lib.clock import from_ms

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\s*(am|pm)?", re.ASCII | re.IGNORECASE)
# Milliseconds from 1973 to 5138: what is smaller is a number and no moment.
_FIRST_MS, _LAST_MS = 10**11, 10**14

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOKEN = re.compile(r"YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|hh|h|mm|A")
DATE, TIME = "D MMM YYYY", "h:mm A"


def read_date(text: str) -> date | None:
    """A day: 2026-12-25, 25/12/2026, 25-12-26, 25.12.2026. The day comes before the month."""
    written = text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
            return date.fromisoformat(written)
        found = _DAY_FIRST.fullmatch(written)
        if found is None:
            return None
        year = int(found[3])
        return date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
    except ValueError:
        return None


def read_clock(text: str) -> time | None:
    """A time of day: 9:30, 21:30, 9.30 pm."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_moment(value: Any, zone: ZoneInfo) -> datetime | date | None:
    """A moment in the zone, or a day when no time of day is given: ISO, milliseconds, or a day as people write it."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return from_ms(int(value)).astimezone(zone) if _FIRST_MS <= value < _LAST_MS else None
        if not isinstance(value, str) or len(value) > 40:
            return None
        written = value.strip()
        if _ISO.fullmatch(written) and len(written) > 10:
            found = datetime.fromisoformat(written.replace(" ", "T", 1).replace(" ", ""))
            return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(zone)
        return read_date(written)
    except (ValueError, OverflowError):
        return None


def shown_moment(moment: datetime | date, pattern: str) -> str:
    """By a pattern of YYYY YY MMMM MMM MM M DD D dddd ddd HH hh h mm A; everything else stands as it is."""
    at = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    month, day, hour = MONTHS[at.month - 1], DAYS[at.weekday()], at.hour % 12 or 12
    parts = {
        "YYYY": f"{at.year:04}", "YY": f"{at.year % 100:02}", "MMMM": month, "MMM": month[:3], "MM": f"{at.month:02}", "M": str(at.month),
        "DD": f"{at.day:02}", "D": str(at.day), "dddd": day, "ddd": day[:3], "HH": f"{at.hour:02}", "hh": f"{hour:02}", "h": str(hour),
        "mm": f"{at.minute:02}", "A": "AM" if at.hour < 12 else "PM",
    }  # fmt: skip
    return _TOKEN.sub(lambda found: parts[found[0]], pattern)


def day_of(moment: datetime | date) -> date:
    """Its day."""
    return moment.date() if isinstance(moment, datetime) else moment
