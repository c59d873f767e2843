"""A conversation as a PDF: who with whom and when at the top, then day by day, the customer left, the business right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import HRFlowable, Paragraph, SimpleDocTemplate, Spacer

from wablast_box.engine.documents.content import Head, Line
from wablast_box.engine.documents.scripts import LATIN, fonts, markup, needs_shaping, runs_left

_INK, _QUIET = HexColor("#221f1b"), HexColor("#6f6a62")
_PAPER = {"customer": HexColor("#f3f1ec"), "business": HexColor("#e2f1e8"), "note": HexColor("#fdf3d8")}
_INDENT = 38 * mm
_AHEAD = 60


def write_transcript(into: BinaryIO, head: Head, lines: Iterable[Line]) -> None:
    """Write the PDF. Lines are asked for as pages fill, so that a long conversation does not stand in memory."""
    fonts()
    document = SimpleDocTemplate(
        into, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, topMargin=18 * mm, bottomMargin=20 * mm,
        title=_plain(head.title), author=_plain(head.subtitle), creator="wablast-box", producer="wablast-box",
    )  # fmt: skip
    document.build(_Coming(_story(head, lines)), onFirstPage=_footer(head), onLaterPages=_footer(head))


class _Coming(list[Any]):
    """The story as ReportLab eats it from the front: always a little ahead, never all of it."""

    def __init__(self, story: Iterator[Any]):
        super().__init__()
        self._story = story
        self._fill()

    def __len__(self) -> int:
        self._fill()
        return super().__len__()

    def _fill(self) -> None:
        if super().__len__() >= 2:
            return
        for flowable in self._story:
            self.append(flowable)
            if super().__len__() >= _AHEAD:
                return


def _story(head: Head, lines: Iterable[Line]) -> Iterator[Any]:
    yield _said(head.title, size=17, leading=24)
    yield _said(head.subtitle, color=_QUIET, size=10)
    yield Spacer(1, 3 * mm)
    for word, fact in head.facts:
        yield _said(f"{word}: {fact}", color=_QUIET, size=8.5, leading=13)
    yield HRFlowable(width="100%", thickness=0.5, color=HexColor("#d9d4ca"), spaceBefore=8, spaceAfter=4)
    day = None
    for line in lines:
        if line.day != day:
            day = line.day
            yield _said(day, color=_QUIET, size=8.5, alignment=TA_CENTER, spaceBefore=12, spaceAfter=2, keepWithNext=1)
        yield _bubble(line)


def _bubble(line: Line) -> Paragraph:
    """Who and when in small letters, then the words; one paragraph, because each costs."""
    remark = f" · {line.remark}" if line.remark else ""
    head = markup(f"{line.author} · {line.time}{remark}".replace("\n", " "))
    return _paragraph(
        f'<font size="7.5" color="#6f6a62">{head}</font><br/>{markup(line.text)}',
        shaping=needs_shaping(line.author) or needs_shaping(line.text),
        size=9.5, leading=14, backColor=_PAPER[line.side], borderPadding=(5, 7, 3, 7), borderRadius=4, spaceBefore=14,
        leftIndent=_INDENT if line.side == "business" else 7, rightIndent=7 if line.side == "business" else _INDENT,
        alignment=TA_RIGHT if runs_left(line.text) else TA_LEFT,
    )  # fmt: skip


def _said(text: str, **style: Any) -> Paragraph:
    return _paragraph(markup(text), shaping=needs_shaping(text), **style)


def _paragraph(marked: str, *, shaping: bool, size: float, leading: float = 0, color: Any = _INK, **more: Any) -> Paragraph:
    style = ParagraphStyle(
        "said", fontName=LATIN, fontSize=size, leading=leading or size * 1.45, textColor=color, splitLongWords=1,
        shaping=1 if shaping else 0, **more,
    )  # fmt: skip
    return Paragraph(marked, style)


def _footer(head: Head) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        footer = _said(f"{head.title} · {document.page}", color=_QUIET, size=7.5)
        footer.wrap(A4[0] - 40 * mm, 10 * mm)
        footer.drawOn(canvas, 20 * mm, 10 * mm)
        canvas.restoreState()

    return draw


def _plain(text: str) -> str:
    return " ".join(text.split())[:200]
