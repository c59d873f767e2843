"""Draw a QR code, or words on a picture. Runs in a process that can open no file: pictures come and go by the pipe, fonts are there before.

What cannot be drawn is said and never drawn as boxes: a letter that no font has, a script that this machine cannot put together.
"""

from __future__ import annotations

import base64
import io
import re
import unicodedata
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import segno
import uharfbuzz
from PIL import Image, ImageDraw, ImageFont, ImageOps, PngImagePlugin, WebPImagePlugin, features

from wablast_box.lib.child.inside.orders import serve

PROCESS = 1024 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS, LONGEST_SIDE, LARGEST = 25_000_000, 2048, 5 * 1024 * 1024
QR_SIDE, QUIET = 900, 4
LEAST_PIXELS, MOST_LINES, LONGEST_TEXT = 12, 40, 600
# The fonts of papers: files beside their own feature, not code of it.
_FONTS = Path(__file__).parents[2] / "documents" / "fonts"
# The first that has a letter draws it, unless the one before goes on: fonts of India have digits and points too.
_ORDER = (
    "NotoSans", "NotoSansDevanagari", "NotoSansBengali", "NotoSansGurmukhi", "NotoSansGujarati", "NotoSansOriya", "NotoSansTamil",
    "NotoSansTelugu", "NotoSansKannada", "NotoSansMalayalam", "NotoSansArabic", "NotoEmoji",
)  # fmt: skip
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
_WORDS = re.compile(r"\S+\s*")


class Unfit(Exception):
    """It cannot be drawn; says why, for people."""


def work(order: dict[str, Any]) -> dict[str, Any]:
    """`do` is qr or write. What comes of it: the picture, or why there is none."""
    try:
        picture, kind = _qr(order["text"]) if order["do"] == "qr" else _written(order)
    except Unfit as unfit:
        return {"why": str(unfit)}
    except Exception as failed:
        # Broken pictures raise whatever they like.
        return {"why": f"It cannot be read as a picture ({type(failed).__name__})."}
    return {"picture": base64.b64encode(picture).decode(), "mime_type": kind}


def _qr(text: str) -> tuple[bytes, str]:
    code = None
    # What is no ASCII is said in UTF-8, as phones read it; segno would take some texts for Japanese.
    said: dict[str, Any] = {"content": text} if text.isascii() else {"content": text.encode(), "mode": "byte"}
    for level in ("m", "l"):
        try:
            code = segno.make_qr(**said, error=level, boost_error=False)
            break
        except segno.DataOverflowError:
            continue
    if code is None:
        raise Unfit("This is too long for a QR code. A shorter text makes a code that phones read at once.")
    written = io.BytesIO()
    squares = len(code.matrix) + 2 * QUIET
    code.save(written, kind="png", scale=max(2, QR_SIDE // squares), border=QUIET)
    return written.getvalue(), "image/png"


def _written(order: dict[str, Any]) -> tuple[bytes, str]:
    picture = _opened(base64.b64decode(order["picture"]))
    draw = ImageDraw.Draw(picture)
    lines, size = _fitting(draw, order["text"], picture.size, float(order["size"]) / 100)
    step, margin = round(size * 1.35), _margin(picture.size)
    height = step * len(lines)
    top = {"top": margin, "middle": (picture.height - height) // 2, "bottom": picture.height - margin - height}[order["place"]]
    if order["behind"] == "box":
        _shade(picture, top - margin // 2, top + height + margin // 2, order["color"])
        draw = ImageDraw.Draw(picture)
    edge: dict[str, Any] = (
        {"stroke_width": max(1, size // 14), "stroke_fill": _against(order["color"])} if order["behind"] == "outline" else {}
    )
    for at, line in enumerate(lines):
        width = _width(draw, line, size)
        left = {"left": margin, "center": (picture.width - width) / 2, "right": picture.width - margin - width}[order["side"]]
        for name, run in _runs(line):
            draw.text((left, top + step * at + size * 1.05), run, font=_font(name, size), fill=order["color"], anchor="ls", **edge)
            left += draw.textlength(run, font=_font(name, size))
    return _encoded(picture)


def _opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Unfit("The picture has more than 25 million points. Use a smaller one.")
        if picture.format == "JPEG":
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        drawn = ImageOps.exif_transpose(picture).convert("RGBA")
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    flat = Image.new("RGB", drawn.size, "white")
    flat.paste(drawn, mask=drawn.getchannel("A"))
    return flat


def _fitting(draw: ImageDraw.ImageDraw, text: str, around: tuple[int, int], share: float) -> tuple[list[str], int]:
    """The lines and their size: as wished, or as much smaller as it takes to fit."""
    if len(text) > LONGEST_TEXT:
        raise Unfit(f"The text is too long for a picture: at most {LONGEST_TEXT} characters.")
    paragraphs = [_checked(line.strip()) for line in text.strip().splitlines()]
    width, height = around
    size = max(LEAST_PIXELS, round(width * share))
    while size >= LEAST_PIXELS:
        lines = [line for paragraph in paragraphs for line in _broken(draw, paragraph, width - 2 * _margin(around), size)]
        widest = max((_width(draw, line, size) for line in lines), default=0)
        if len(lines) <= MOST_LINES and len(lines) * size * 1.35 <= height - 2 * _margin(around) and widest <= width - 2 * _margin(around):
            return lines, size
        size = min(size - 1, round(size * 0.9))
    raise Unfit("The text is too long for this picture.")


def _broken(draw: ImageDraw.ImageDraw, paragraph: str, width: int, size: int) -> Iterator[str]:
    line, taken = "", 0.0
    for word in _WORDS.findall(paragraph) or [""]:
        if line and taken + _width(draw, word.rstrip(), size) > width:
            yield line.rstrip()
            line, taken = "", 0.0
        line, taken = line + word, taken + _width(draw, word, size)
    yield line.rstrip()


def _width(draw: ImageDraw.ImageDraw, line: str, size: int) -> float:
    return sum(draw.textlength(run, font=_font(name, size)) for name, run in _runs(line))


def _checked(line: str) -> str:
    """A line all of whose letters can be drawn, and in their order."""
    kept = "".join(letter for letter in unicodedata.normalize("NFC", line) if letter in _JOINERS or unicodedata.category(letter)[0] != "C")
    fonts = {name for name, _ in _runs(kept)}
    if len({unicodedata.bidirectional(letter) in ("R", "AL") for letter in kept if letter.isalpha()}) > 1:
        raise Unfit("Letters that run to the left cannot be drawn in one line with others. Put them into lines of their own.")
    if not _can_shape() and fonts - {"NotoSans", "NotoEmoji"}:
        raise Unfit("This machine cannot put letters of this script together: FriBiDi is missing.")
    return kept


def _runs(line: str) -> Iterator[tuple[str, str]]:
    current, run = "NotoSans", ""
    for letter in line:
        name = current if letter in _JOINERS or (current not in ("NotoSans", "NotoEmoji") and _has(current, letter)) else _font_of(letter)
        if name != current and run:
            yield current, run
            run = ""
        current, run = name, run + letter
    if run:
        yield current, run


def _font_of(letter: str) -> str:
    for name in _ORDER:
        if _has(name, letter):
            return name
    raise Unfit(f"“{letter}” cannot be drawn: the box has letters of Latin, Greek, Cyrillic, Arabic and the scripts of India.")


def _has(name: str, letter: str) -> bool:
    return ord(letter) in _letters(name)


@cache
def _data(name: str) -> bytes:
    return (_FONTS / f"{name}-Regular.ttf").read_bytes()


@cache
def _letters(name: str) -> frozenset[int]:
    return frozenset(uharfbuzz.Face(_data(name)).unicodes)


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_data(name)), size)


@cache
def _can_shape() -> bool:
    return bool(features.check("raqm"))


def _margin(around: tuple[int, int]) -> int:
    return max(4, round(min(around) * 0.04))


def _against(color: str) -> str:
    """Black behind light letters, white behind dark ones."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#000000" if red * 299 + green * 587 + blue * 114 > 128_000 else "#ffffff"


def _shade(picture: Image.Image, top: int, bottom: int, color: str) -> None:
    box = (0, max(0, top), picture.width, min(picture.height, bottom))
    part = picture.crop(box)
    picture.paste(Image.blend(part, Image.new("RGB", part.size, _against(color)), 0.6), box)


def _encoded(picture: Image.Image) -> tuple[bytes, str]:
    for quality in (88, 75, 60):
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=quality, optimize=True)
        if written.tell() <= LARGEST:
            return written.getvalue(), "image/jpeg"
    raise Unfit("Drawn anew it is larger than WhatsApp takes. Use a smaller picture.")


def main() -> None:
    """Until the box has no more orders."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    for name in _ORDER:
        _letters(name)
    # Once through all of it, so that nothing is left to be loaded.
    for form in FORMATS:
        blank = io.BytesIO()
        Image.new("RGB", (64, 64)).save(blank, form)
        given = {"place": "top", "side": "left", "size": 9, "color": "#ffffff", "behind": "outline"}
        work({"do": "write", "picture": base64.b64encode(blank.getvalue()).decode(), **given, "text": "Aक"})
    work({"do": "qr", "text": "a"})
    assert PngImagePlugin and WebPImagePlugin
    serve(work, memory=PROCESS)
