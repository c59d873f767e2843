"""Opening hours as a shop writes them on its door: "Mon-Sat 10:00-20:00; Sun 11:00-14:00", and the days it is closed."""

from __future__ import annotations

import re
from datetime import date, datetime

from wablast_box.lib.errors import Invalid

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HELP = "Write them as Mon-Sat 10:00-20:00; Sun 11:00-14:00."
_LINE = re.compile(r"([a-z]{3})[a-z]*(?:\s*[-–]\s*([a-z]{3})[a-z]*)?\s+(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_DAY = 24 * 60

# Minutes of the day from and to (24 hours and more: past midnight), by weekday.
Hours = dict[int, list[tuple[int, int]]]


def parse_hours(text: str) -> Hours:
    """Raises Invalid with the part that cannot be read."""
    found: Hours = {}
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        match = _LINE.fullmatch(part.strip().lower())
        if match is None or match[1] not in DAYS or (match[2] or match[1]) not in DAYS:
            raise Invalid(f"“{part.strip()[:60]}” cannot be read as opening hours.", help=HELP)
        for day in _days(DAYS.index(match[1]), DAYS.index(match[2] or match[1])):
            found.setdefault(day, []).append(_span(*(int(match[n]) for n in range(3, 7))))
    return found


def parse_days(text: str) -> frozenset[date]:
    """Days such as "2026-11-08, 2027-01-26". Raises Invalid with the one that is none."""
    found: set[date] = set()
    for part in re.split(r"[,;\n]", text):
        if part.strip():
            try:
                found.add(date.fromisoformat(part.strip()))
            except ValueError:
                raise Invalid(f"“{part.strip()[:40]}” is no day.", help="Write days as 2027-01-26, with commas between.") from None
    return frozenset(found)


def is_open(hours: Hours, closed_on: frozenset[date], local: datetime) -> bool:
    """Is the shop open at a moment of its own zone? Without any hours it never closes. Hours past midnight belong to the day they began."""
    if not hours and local.date() not in closed_on:
        return True
    minute = local.hour * 60 + local.minute
    today, yesterday = local.date(), date.fromordinal(local.date().toordinal() - 1)
    begun_today = today not in closed_on and any(begin <= minute < end for begin, end in hours.get(today.weekday(), ()))
    return begun_today or (yesterday not in closed_on and any(minute + _DAY < end for _, end in hours.get(yesterday.weekday(), ())))


def _days(first: int, last: int) -> list[int]:
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)]


def _span(from_hour: int, from_minute: int, to_hour: int, to_minute: int) -> tuple[int, int]:
    begin, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if begin >= _DAY or end > _DAY or from_minute > 59 or to_minute > 59:
        raise Invalid("A day has 24 hours.", help=HELP)
    return begin, end if end > begin else end + _DAY
