"""Have a QR code drawn, or words on a picture. What comes back is bytes; nothing is stored here."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.media import store
from wablast_box.lib.child.process import Ended
from wablast_box.lib.child.workers import Workers
from wablast_box.lib.errors import Invalid

WITHIN_S = 10.0
MOST_BYTES = 700 * 1024 * 1024
LARGEST_SOURCE = 5 * 1024 * 1024
TYPES = {"image/png": "png", "image/jpeg": "jpg"}
PLACES, SIDES, BEHIND = ("top", "middle", "bottom"), ("left", "center", "right"), ("none", "outline", "box")
workers = Workers("wablast_box.engine.media.lettering.program", most_bytes=MOST_BYTES)


@dataclass(frozen=True, slots=True)
class Look:
    """Where words stand on a picture, how large (share of its width in percent), in which colour (#rrggbb), and what is behind them."""

    place: str = "bottom"
    side: str = "center"
    size: float = 6
    color: str = "#ffffff"
    behind: str = "outline"


class Picture(str):
    """A picture that was made: its bytes, and as a text what it is, for lists of what a flow does."""

    __slots__ = ("content", "mime_type")
    content: bytes
    mime_type: str


def qr_code(text: str) -> Picture:
    """Raises Invalid when it fits into none."""
    if not text.strip():
        raise Invalid("There is nothing to put into the QR code.", code="no_content")
    return _drawn({"do": "qr", "text": text})


def words_on(media_id: int, text: str, look: Look) -> Picture:
    """The picture with words on it; Invalid says why it cannot be."""
    if not text.strip():
        raise Invalid("There is no text to draw.", code="no_content")
    row, path = store.open_file(media_id)
    if not row.mime_type.startswith("image/") or row.size > LARGEST_SOURCE:
        raise Invalid("Choose a picture of at most 5 MB: JPEG or PNG.", code="picture")
    order = {"do": "write", "picture": base64.b64encode(path.read_bytes()).decode(), "text": text[:2000]}
    return _drawn(order | {"place": look.place, "side": look.side, "size": look.size, "color": look.color, "behind": look.behind})


def _drawn(order: dict[str, Any]) -> Picture:
    try:
        answer = workers.ask(order, within_s=WITHIN_S)
    except Ended:
        raise Invalid("The picture takes too much time or memory.", code="picture") from None
    why, data, mime_type = (answer.get(name) if isinstance(answer, dict) else None for name in ("why", "picture", "mime_type"))
    if not isinstance(data, str) or mime_type not in TYPES:
        raise Invalid(str(why or "The picture cannot be drawn.")[:300], code="picture")
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("The picture cannot be drawn.", code="picture") from None
    made = Picture(f"{TYPES[mime_type].upper()}, {max(1, len(content) // 1024)} kB")
    made.content, made.mime_type = content, mime_type
    return made
