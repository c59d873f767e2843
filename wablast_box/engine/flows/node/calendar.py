"""When a plan is due: days and hours on the business's own clock, found anew each time.

No change of the clock loses or doubles one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.lib.errors import Invalid
from wablast_box.lib.opening_hours import DAYS

REPEATS = {"once": "once", "daily": "every day", "weekly": "every week", "monthly": "every month"}
DEFAULT_TIME = "10:00"
# A day such as the 31st of a month, or one weekday, comes within this many days.
FARTHEST = 400


def read_time(text: Any) -> time:
    """ "09:30" as a time of day. Raises Invalid."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", str(text or DEFAULT_TIME).strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise Invalid(f"“{str(text)[:20]}” is no time of day: write it as 09:30.", field="at")
    return time(int(found[1]), int(found[2]))


def read_day(text: Any) -> date:
    """ "2026-12-24" as a day. Raises Invalid."""
    try:
        return date.fromisoformat(str(text or "").strip())
    except ValueError:
        raise Invalid(f"“{str(text)[:20]}” is no day: write it as 2026-12-24.", field="on") from None


def read_weekdays(text: Any) -> frozenset[int]:
    """ "Mon-Fri, Sun" as weekdays, Monday is 0. Raises Invalid."""
    found: set[int] = set()
    for part in re.split(r"[,;\s]+", str(text or "").strip().lower()):
        first, _, last = part.replace("–", "-").partition("-")
        if first[:3] not in DAYS or (last and last[:3] not in DAYS):
            raise Invalid(f"“{part[:20]}” is no weekday: write them as Mon, Wed or Mon-Fri.", field="weekdays")
        begin, end = DAYS.index(first[:3]), DAYS.index((last or first)[:3])
        found |= {(begin + n) % 7 for n in range((end - begin) % 7 + 1)}
    return frozenset(found)


def next_after(given: Mapping[str, Any], after: datetime, zone: ZoneInfo) -> datetime | None:
    """The first moment after `after` at which the plan is due (UTC); None: never again. Raises Invalid for a plan that cannot be read.

    An hour that a change of the clock leaves out is the same moment an hour on; one that comes twice is taken the first time.
    """
    at = read_time(given.get("at"))
    today = after.astimezone(zone).date()
    if given.get("repeat") == "once":
        moment = _moment(read_day(given.get("on")), at, zone)
        return moment if moment > after else None
    weekdays = read_weekdays(given.get("weekdays")) if given.get("repeat") == "weekly" else None
    for ahead in range(FARTHEST):
        day = today + timedelta(days=ahead)
        if _is_day(given, day, weekdays) and (moment := _moment(day, at, zone)) > after:
            return moment
    return None


def _is_day(given: Mapping[str, Any], day: date, weekdays: frozenset[int] | None) -> bool:
    if weekdays is not None:
        return day.weekday() in weekdays
    if given.get("repeat") == "monthly":
        # The 31st is the last day of a shorter month.
        return day.day == min(int(given.get("day") or 1), monthrange(day.year, day.month)[1])
    return True


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
