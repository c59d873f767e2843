"""What Meta takes in a business profile (Cloud API, Business profiles), looked at before it is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from wablast_box.lib.errors import WrongField, all_wrong

LONGEST = {"about": 139, "address": 256, "description": 512, "email": 128}
MOST_WEBSITES, LONGEST_WEBSITE = 2, 256
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class Vertical(StrEnum):
    """The trade, as Meta names them."""

    OTHER = "OTHER"
    AUTO = "AUTO"
    BEAUTY = "BEAUTY"
    APPAREL = "APPAREL"
    EDU = "EDU"
    ENTERTAIN = "ENTERTAIN"
    EVENT_PLAN = "EVENT_PLAN"
    FINANCE = "FINANCE"
    GROCERY = "GROCERY"
    GOVT = "GOVT"
    HOTEL = "HOTEL"
    HEALTH = "HEALTH"
    NONPROFIT = "NONPROFIT"
    PROF_SERVICES = "PROF_SERVICES"
    RETAIL = "RETAIL"
    TRAVEL = "TRAVEL"
    RESTAURANT = "RESTAURANT"
    ALCOHOL = "ALCOHOL"
    ONLINE_GAMBLING = "ONLINE_GAMBLING"
    PHYSICAL_GAMBLING = "PHYSICAL_GAMBLING"
    OTC_DRUGS = "OTC_DRUGS"


def checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as they may be sent; Invalid names every field that Meta would refuse."""
    cleaned = {name: _clean(value) for name, value in changes.items()}
    wrong = [*_too_long(cleaned), *_odd(cleaned), *_websites(cleaned.get("websites"))]
    if wrong:
        raise all_wrong(wrong)
    return cleaned


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [site for one in value if (site := str(one).strip())]
    return value.strip() if isinstance(value, str) and not isinstance(value, Vertical) else value


def _too_long(changes: Mapping[str, Any]) -> list[WrongField]:
    return [
        WrongField(name, f"At most {most} characters; this has {len(changes[name])}.")
        for name, most in LONGEST.items()
        if len(changes.get(name, "")) > most
    ]


def _odd(changes: Mapping[str, Any]) -> list[WrongField]:
    found = []
    if changes.get("about") == "":
        found.append(WrongField("about", "WhatsApp does not let this line be empty.", "Write a few words about the business."))
    email = changes.get("email")
    if email and not _EMAIL.fullmatch(email):
        found.append(WrongField("email", "This is not an e-mail address.", "For example shop@example.com."))
    return found


def _websites(sites: list[str] | None) -> list[WrongField]:
    if sites is None:
        return []
    if len(sites) > MOST_WEBSITES:
        return [WrongField("websites", f"WhatsApp shows at most {MOST_WEBSITES} websites.")]
    return [wrong for site in sites if (wrong := _website(site))]


def _website(site: str) -> WrongField | None:
    if len(site) > LONGEST_WEBSITE:
        return WrongField("websites", f"An address may have at most {LONGEST_WEBSITE} characters.")
    try:
        parts = urlsplit(site)
        well = parts.scheme in ("http", "https") and bool(parts.hostname) and "." in (parts.hostname or "")
    except ValueError:
        well = False
    return None if well else WrongField("websites", f"“{site}” is not a web address.", "It begins with https://, for example https://example.com.")
