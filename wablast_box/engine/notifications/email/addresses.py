"""E-mail addresses, and texts that go into headers: nothing in them may begin another header."""

from __future__ import annotations

import re

from wablast_box.lib.errors import Invalid

# Quoted local parts and comments exist, but nobody who works in a shop has one; control characters cannot match.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
MAX_SUBJECT = 200


def checked_address(text: str, *, field: str = "to") -> str:
    """An address a letter can be sent to, its domain in ASCII; Invalid when it is none."""
    local, _, domain = text.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower() if domain else ""
    except UnicodeError:
        ascii_domain = ""
    if not _LOCAL.fullmatch(local) or len(ascii_domain) > 189 or not _DOMAIN.fullmatch(ascii_domain):
        raise Invalid("This is not an e-mail address.", help="For example asha@example.com.", field=field)
    return f"{local}@{ascii_domain}"


def one_line(text: str, most: int = MAX_SUBJECT) -> str:
    """A text for a header: line breaks and control characters become spaces, and it ends somewhere."""
    return " ".join(_BREAKS.sub(" ", text).split())[:most]
