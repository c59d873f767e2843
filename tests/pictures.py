"""Pictures to hand over: real ones, small, made here."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def a_picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), colour: str = "#2a6", **options: Any) -> bytes:
    """One colour in one of Pillow's formats."""
    written = io.BytesIO()
    Image.new("RGBA" if form == "WEBP" else "RGB", size, colour).save(written, form, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    """The picture in some bytes, all of it read."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


JPEG, PNG, WEBP = a_picture("JPEG"), a_picture("PNG"), a_picture("WEBP")
