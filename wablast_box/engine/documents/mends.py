"""Two faults of ReportLab 5's shaping, mended from outside until it mends them: texts of several scripts come out right, and at all."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapedStr, makeShapedFragWord, shapeFragWord
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import paragraph


def mend() -> None:
    """Once is enough; again changes nothing."""
    paragraph.shapeFragWord = _shaped
    PDFTextObject.setRise = _set_rise


def _shaped(word: Any, *given: Any, **more: Any) -> Any:
    """A word of several fonts, each part shaped by its own: ReportLab shapes all of it by the first one."""
    if any(isinstance(part[1], ShapedStr) for part in word[1:]):
        return word  # shaped already, and cut where a page ends
    groups: list[list[Any]] = []
    for part in word[1:]:
        if not groups or _font(groups[-1][-1]) != _font(part):
            groups.append([])
        groups[-1].append(part)
    if len(groups) < 2:
        return shapeFragWord(word, *given, **more)
    width, parts = 0.0, list[Any]()
    for group in groups:
        shaped = shapeFragWord([_width(group), *group], *given, **{**more, "force": True})
        width += shaped[0]
        parts += shaped[1:]
    return makeShapedFragWord(word)([width, *parts])


def _set_rise(text_object: Any, rise: float) -> None:
    """Up or down with the next letters: ReportLab looks at what was written before, and falls over when nothing was."""
    text_object._rise = rise
    text_object._code.append(f"{rise:.4f} Ts")


def _font(part: Any) -> str | None:
    return getattr(part[0], "fontName", None)


def _width(group: list[Any]) -> float:
    """As it was before shaping; what breaks a line has none."""
    return float(sum(pdfmetrics.stringWidth(text, frag.fontName, frag.fontSize) for frag, text in group if not hasattr(frag, "cbDefn")))
