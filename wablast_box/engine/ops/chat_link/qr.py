"""The QR code of a link: as squares for the screen, as SVG and PNG of an exact size for paper."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from wablast_box.lib.errors import Invalid

Kind = Literal["svg", "png"]
LEAST_MM, MOST_MM = 15, 600
DPI = 600
# Larger pictures help no printer and fill the memory of the box.
MOST_PIXELS = 6000
QUIET = 4
MIME: dict[Kind, str] = {"svg": "image/svg+xml", "png": "image/png"}
# Finer squares than this are missed by many cameras, at arm's length and on rough paper.
SQUARE_MM = 0.4


@dataclass(frozen=True, slots=True)
class QrPlan:
    """`rows` of "0" and "1" without the quiet zone; `least_mm`: printed smaller, phones have trouble."""

    rows: list[str]
    least_mm: int


def plan(url: str) -> QrPlan:
    """How the code looks; Invalid when the link fits into none."""
    code = _code(url)
    rows = ["".join("1" if dark else "0" for dark in row) for row in code.matrix]
    return QrPlan(rows, max(LEAST_MM, round((len(rows) + 2 * QUIET) * SQUARE_MM)))


def qr_file(url: str, kind: Kind, size_mm: int) -> bytes:
    """The code with its quiet zone, `size_mm` wide on paper."""
    if not LEAST_MM <= size_mm <= MOST_MM:
        raise Invalid(f"The size must be from {LEAST_MM} to {MOST_MM} mm.", field="size_mm")
    code = _code(url)
    squares = len(code.matrix) + 2 * QUIET
    if kind == "svg":
        return _svg(code.matrix, squares, size_mm)
    written = BytesIO()
    scale = max(1, min(round(size_mm / 25.4 * DPI), MOST_PIXELS) // squares)
    # Said in the file, so that it is printed in its size: pixels per inch that make these squares as wide as asked for.
    code.save(written, kind="png", scale=scale, border=QUIET, dpi=round(scale * squares / (size_mm / 25.4)))
    return written.getvalue()


def _svg(matrix: Any, squares: int, size_mm: int) -> bytes:
    runs = []
    for y, row in enumerate(matrix, QUIET):
        start = None
        for x, dark in enumerate([*row, 0], QUIET):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1H{start}z")
                start = None
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size_mm}mm" height="{size_mm}mm" viewBox="0 0 {squares} {squares}"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{squares}v{squares}H0z"/><path d="{"".join(runs)}"/></svg>\n'
    ).encode()


def _code(url: str) -> Any:
    import segno  # rarely needed, and slow to load

    try:
        return segno.make_qr(url, error="m", boost_error=False)
    except segno.DataOverflowError:
        pass
    try:
        return segno.make_qr(url, error="l", boost_error=False)
    except segno.DataOverflowError as too_long:
        raise Invalid(
            "This text is too long for a QR code.",
            help="A shorter text makes a code that phones read at once. The link itself works all the same.",
            field="text",
            code="qr_too_long",
        ) from too_long
