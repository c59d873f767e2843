"""The link behind "Chat with us": wa.me, the number's digits, and what the customer would otherwise have to type."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from wablast_box.engine.ops.number import number
from wablast_box.lib.errors import Invalid, Unavailable

# More fits into no QR code once it is percent-encoded; WhatsApp itself takes 4,096.
MOST_CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class ChatLink:
    """`text` is what the customer's message box will hold, cleaned."""

    url: str
    text: str
    phone: str


def chat_link(text: str = "") -> ChatLink:
    """The link for this box's number; Unavailable as long as Meta has not told us the number."""
    phone = number().display_phone_number or ""
    digits = "".join(sign for sign in phone if sign in "0123456789")
    if not digits:
        raise Unavailable(
            "No WhatsApp number is connected yet.", code="not_connected", help="Enter the number's credentials in the set-up."
        )
    said = clean(text)
    return ChatLink(link_to(digits, said), said, phone)


def clean(text: str) -> str:
    """Lines as WhatsApp breaks them, and only what UTF-8 can hold; Invalid when it is too long."""
    said = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode().strip()
    if "\0" in said:
        said = said.replace("\0", "")
    if len(said) > MOST_CHARACTERS:
        raise Invalid(f"The text may have at most {MOST_CHARACTERS:,} characters; this one has {len(said):,}.", field="text")
    return said


def link_to(digits: str, text: str) -> str:
    """Every sign that is not a letter, a digit or one of -._~ is written as its UTF-8 bytes: no phone reads these in another way."""
    return f"https://wa.me/{digits}" + (f"?text={quote(text, safe='')}" if text else "")
