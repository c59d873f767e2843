"""CSV: what a spreadsheet would run is text in it, and what is no formula stays as it was."""

from __future__ import annotations

import csv
import io

import pytest

from wablast_box.lib.csv_out import csv_line

DANGEROUS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", " =1+1", "\t=1+1", "\r=1+1", "\n=cmd|' /C calc'!A0", "\u200b=1+1",
    "\ufeff=1+1", "\"=1+1", "'=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", "\u00a0=1", "\u202e=1", "-@x", "+91 98123 call", "--1", "\tx", "\rx", "−2+3",
]  # fmt: skip
KEPT = [
    "",
    "hi",
    "+919812345678",
    "-5",
    "+1 650 (555) 0123",
    "12.50",
    "1 = 1",
    "a\nb",
    'say "hi"',
    "नमस्ते",
    "10-11-2026",
    "(see below)",
    "a,b;c",
]


@pytest.mark.feature("IN-40")
@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_is_marked_as_text(text: str) -> None:
    [[cell]] = csv.reader(io.StringIO(csv_line([text]), newline=""))

    assert cell == f"'{text}"


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_formula_comes_back_as_it_was(text: str) -> None:
    [[cell]] = csv.reader(io.StringIO(csv_line([text]), newline=""))

    assert cell == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_text_makes_a_cell_or_a_row_of_its_own(delimiter: str) -> None:
    texts = [*DANGEROUS, *KEPT, "a\x00b", f"x{delimiter}=1+1", '";=1+1;"', "a\r\n=1+1,b"]
    lines = "".join(csv_line([text, "end"]) for text in texts)

    rows = list(csv.reader(io.StringIO(lines, newline="")))

    assert [len(row) for row in rows] == [2] * len(texts)
    assert {row[1] for row in rows} == {"end"}
    assert all(line.startswith('"') for line in lines.split("\r\n") if line and delimiter == "," and '"' in line[:1])


def test_none_and_numbers_are_cells_too() -> None:
    assert csv_line([None, 5, -5, "x"]) == '"","5","-5","x"\r\n'
