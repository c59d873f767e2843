"""Which font draws which letter, and how texts of several scripts are put together. Nothing a customer wrote is ever markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from wablast_box.engine.documents.mends import mend

LATIN, EMOJI, ARABIC = "NotoSans", "NotoEmoji", "NotoSansArabic"
_FOLDER = Path(__file__).parent / "fonts"
_RANGES = (
    (0x0900, 0x097F, "NotoSansDevanagari"), (0xA8E0, 0xA8FF, "NotoSansDevanagari"), (0x0980, 0x09FF, "NotoSansBengali"),
    (0x0A00, 0x0A7F, "NotoSansGurmukhi"), (0x0A80, 0x0AFF, "NotoSansGujarati"), (0x0B00, 0x0B7F, "NotoSansOriya"),
    (0x0B80, 0x0BFF, "NotoSansTamil"), (0x0C00, 0x0C7F, "NotoSansTelugu"), (0x0C80, 0x0CFF, "NotoSansKannada"),
    (0x0D00, 0x0D7F, "NotoSansMalayalam"), (0x0600, 0x06FF, ARABIC), (0x0750, 0x077F, ARABIC), (0x08A0, 0x08FF, ARABIC),
    (0xFB50, 0xFDFF, ARABIC), (0xFE70, 0xFEFE, ARABIC), (0x1F000, 0x1FAFF, EMOJI), (0x2300, 0x23FF, EMOJI), (0x2600, 0x27BF, EMOJI),
    (0x2B00, 0x2BFF, EMOJI),
)  # fmt: skip
# What joins letters or pictures belongs to what it joins.
_JOINS = frozenset({0x200C, 0x200D, 0x20E3, 0xFE0E, 0xFE0F})
# A line of a script that runs to the left: as much as surely fits, because its words can only be put in order together.
_ARABIC_LINE = 48
# Without a shape of their own, and a way to make text look like another one; and colours of skin, which black and white has none of.
_UNSEEN = dict.fromkeys(
    (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0xAD, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x1F3FB, 0x1F400))
)
_TOFU = "\ufffd"


@cache
def fonts() -> frozenset[str]:
    """The fonts' names, registered once. No document may fetch anything by itself."""
    rl_config.trustedHosts = []
    rl_config.trustedSchemes = ["data"]
    names = frozenset({LATIN, *(name for _, _, name in _RANGES)})
    mend()
    for name in names:
        pdfmetrics.registerFont(TTFont(name, str(_FOLDER / f"{name}-Regular.ttf"), shapable=True))
    return names


def needs_shaping(text: str) -> bool:
    """Are there letters that change by what stands beside them? The others are set much faster."""
    return any(ord(letter) >= 0x0300 for letter in text)


def runs_left(text: str) -> bool:
    """Does the text begin with a script that runs to the left?"""
    strong = next((letter for letter in text if letter.isalpha()), "")
    return bool(strong) and _font_of(ord(strong)) == ARABIC


def markup(text: str) -> str:
    """A text as a paragraph takes it: escaped, with its line ends, each script in its font."""
    fonts()
    return "".join(_piece(name, run) for name, run in _runs(text.translate(_UNSEEN)))


def _piece(name: str, run: str) -> str:
    if name == ARABIC:
        # What stands behind it would be put before it by the shaper.
        words = run.rstrip(" ")
        return f'<font name="{name}">{_escaped(_in_lines(words))}</font>{" " * (len(run) - len(words))}'
    return _escaped(run) if name == LATIN else f'<font name="{name}">{_escaped(run)}</font>'


def _escaped(run: str) -> str:
    return escape(run).replace("\n", "<br/>")


def _in_lines(run: str) -> str:
    """Words of one line hold together, so that the shaper sees all of them and puts the first one right."""
    lines: list[str] = []
    for line in run.split("\n"):
        held = re.sub(rf"(\S.{{0,{_ARABIC_LINE}}})(?:\s+|$)", lambda found: found[1].replace(" ", "\u00a0") + "\n", line)
        lines.append(held.rstrip("\n") if len(line) > _ARABIC_LINE else line.replace(" ", "\u00a0"))
    return "\n".join(lines)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    current, run = LATIN, list[str]()
    for letter in text:
        code = ord(letter)
        name = current if _stays(current, letter, code) else _font_of(code)
        if name != current and run:
            yield current, "".join(run)
            run = []
        current = name
        run.append(letter if _has(name, code) else _TOFU)
    if run:
        yield current, "".join(run)


def _stays(current: str, letter: str, code: int) -> bool:
    """The fonts of India have Latin letters too; a word of two fonts costs more than it is worth."""
    if code in _JOINS:
        return True
    if current in (LATIN, EMOJI):
        return False
    return _has(current, code) and (current != ARABIC or not letter.isalpha() or _font_of(code) == ARABIC)


def _font_of(code: int) -> str:
    if code < 0x0600:
        return LATIN
    return next((name for first, last, name in _RANGES if first <= code <= last and _has(name, code)), LATIN)


def _has(name: str, code: int) -> bool:
    return code in (0x0A, 0x09, 0x200C, 0x200D, 0xFE0E, 0xFE0F) or code in _glyphs(name)


@cache
def _glyphs(name: str) -> frozenset[int]:
    return frozenset(pdfmetrics.getFont(name).face.charToGlyph)
