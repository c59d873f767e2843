"""Small files a customer can send without looking for one: a photo, a voice note, a document and so on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wablast_box.lib.errors import Invalid

FOLDER = Path(__file__).parent / "static" / "samples"
FILES: dict[str, tuple[str, str]] = {
    "image": ("photo.jpg", "image/jpeg"),
    "saree": ("saree.jpg", "image/jpeg"),
    "video": ("video.mp4", "video/mp4"),
    "audio": ("voice.ogg", "audio/ogg"),
    "document": ("order.pdf", "application/pdf"),
    "sticker": ("sticker.webp", "image/webp"),
}


@dataclass(frozen=True)
class Sample:
    """A file ready to send."""

    data: bytes
    mime_type: str
    filename: str


@cache
def sample(name: str) -> Sample:
    """The sample of that name; the kinds of media are names too."""
    if name not in FILES:
        raise Invalid(f"There is no sample called {name!r}.", field="sample", help=f"One of {', '.join(FILES)}.")
    filename, mime_type = FILES[name]
    return Sample((FOLDER / filename).read_bytes(), mime_type, filename)
