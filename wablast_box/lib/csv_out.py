"""CSV that a spreadsheet opens without running anything of it: every cell quoted, what would be a formula marked as text."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Excel takes a file for UTF-8 only with this mark at its beginning.
BYTE_ORDER_MARK = "\ufeff"
# What spreadsheets pass over before they look for a formula: blanks, quotes, and letters without any width.
_PASSED_OVER = "\\s\"'\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
_FORMULA = re.compile(f"^[{_PASSED_OVER}]*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b]|^[\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d .()-]*")


def csv_line(cells: Iterable[object]) -> str:
    """One line with its end, as RFC 4180 writes it."""
    return ",".join(f'"{_safe(cell)}"' for cell in cells) + "\r\n"


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell).replace("\x00", "\ufffd")
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return text.replace('"', '""')
