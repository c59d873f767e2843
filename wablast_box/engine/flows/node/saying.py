"""What a customer means: a tap, its number or its words typed, a number, a day, a time, an address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, time, timedelta
from urllib.parse import urlsplit

from wablast_box.engine.flows.node.bubbles import Option
from wablast_box.engine.flows.node.moments import MONTHS, read_clock, read_date
from wablast_box.lib.errors import Invalid
from wablast_box.lib.phones import read_phones

_NUMBERED = re.compile(r"(?:option|number|no\.?|#)?\s*(\d{1,3})\s*[.)]?", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>,;\"']{1,64}@(?:[^\s@.<>,;\"']{1,63}\.){1,8}[^\s@.<>,;\"']{2,24}")
_NAMED_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s*(?:of\s+)?([a-z]{3,9})\.?,?(?:\s+(\d{4}|\d{2}))?", re.IGNORECASE | re.ASCII)
_SHORT_DAY = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})\s*(am|pm|baje|o'?clock)", re.IGNORECASE | re.ASCII)
DAYS_AHEAD = {
    "today": 0, "aaj": 0, "tomorrow": 1, "tmrw": 1, "kal": 1, "day after": 2, "day after tomorrow": 2, "parso": 2, "parson": 2,
}  # fmt: skip
WEEKDAYS = (
    ("monday", "mon", "somvar", "somwar"), ("tuesday", "tue", "tues", "mangalvar", "mangalwar"), ("wednesday", "wed", "budhvar", "budhwar"),
    ("thursday", "thu", "thurs", "guruvar", "guruwar"), ("friday", "fri", "shukravar", "shukrawar"),
    ("saturday", "sat", "shanivar", "shaniwar"), ("sunday", "sun", "ravivar", "raviwar", "itvar"),
)  # fmt: skip
_HOURS = {"noon": time(12), "dopahar": time(12), "midnight": time(0)}


def chosen(options: Sequence[Option], reply_id: str | None, text: str | None) -> Option | None:
    """The option that was tapped, or whose words or number were typed. Words go before numbers: a button may read “2”."""
    tapped = next((one for one in options if reply_id and one.id == reply_id), None)
    if tapped is not None or not text:
        return tapped
    words = bare_words(text)
    named = next((one for one in options if words and bare_words(one.title) == words), None)
    if named is not None:
        return named
    found = _NUMBERED.fullmatch(text.strip())
    number = int(found[1]) if found else 0
    return options[number - 1] if 0 < number <= len(options) else None


def bare_words(text: str) -> str:
    """Letters and digits alone, so that “📦 Track order!” is “track order”. Vowel signs of Indian scripts are letters."""
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" and c != "\ufe0f" else " " for c in unicodedata.normalize("NFKC", text))
    return " ".join(kept.split()).casefold()


def read_day(text: str, today: date) -> date | None:
    """25/12, 25 Dec, 25-12-2026, 2026-12-25, tomorrow, kal, Monday. Without a year the next such day."""
    said = " ".join(text.split()).casefold().rstrip("!.?")
    if said in DAYS_AHEAD:
        return today + timedelta(days=DAYS_AHEAD[said])
    weekday = next((at for at, names in enumerate(WEEKDAYS) if said.removeprefix("next ").removeprefix("this ") in names), None)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    whole = read_date(said)
    if whole is not None:
        return whole
    named, short = _NAMED_DAY.fullmatch(said), _SHORT_DAY.fullmatch(said)
    if named is not None:
        month = next((at for at, name in enumerate(MONTHS, 1) if name.casefold().startswith(named[2]) and len(named[2]) >= 3), 0)
        return _day(named[3], month, int(named[1]), today)
    return _day(None, int(short[2]), int(short[1]), today) if short else None


def _day(year: str | None, month: int, day: int, today: date) -> date | None:
    years = (int(year) + 2000 if len(year) == 2 else int(year),) if year else range(today.year, today.year + 9)
    for one in years:
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def read_time(text: str) -> time | None:
    """17:30, 5.30 pm, 5pm, 5 baje, noon. “Baje” and “o'clock” from one to seven mean the afternoon."""
    said = " ".join(text.split()).casefold().removesuffix(".")
    if said in _HOURS:
        return _HOURS[said]
    whole = read_clock(said)
    found = _HOUR.fullmatch(said)
    if whole is not None or found is None:
        return whole
    hour, half = int(found[1]), found[2]
    if half in ("am", "pm"):
        return read_clock(f"{hour}:00 {half}")
    return time(hour + 12 if 1 <= hour <= 7 else hour) if hour < 24 else None


def read_mail(text: str) -> str | None:
    """The one address in a text."""
    found = _MAIL.findall(text[:1000])
    return str(found[0]).rstrip(".") if len(found) == 1 else None


def read_phone(text: str) -> str | None:
    """The number in E.164; ten digits are one of India."""
    try:
        return read_phones(text[:200]).phone
    except Invalid:
        return None


def read_url(text: str) -> str | None:
    """A web address; https:// may be left out."""
    said = text.strip()
    whole = said if re.match(r"https?://", said, re.IGNORECASE) else f"https://{said}"
    try:
        parts = urlsplit(whole)
        good = parts.hostname is not None and "." in parts.hostname.strip(".") and not parts.username and not parts.hostname.endswith(".")
    except ValueError:
        return None
    return whole if good and len(whole) <= 2048 and not any(c.isspace() for c in whole) else None
