"""A PDF says how many pages it has; a file that lies or is broken costs nothing."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from wablast_box.engine.media.pages import count_pages

PACKED = zlib.compress(b"1 0 2 50 <</Type/Pages/Kids[3 0 R]/Count 12>> <</Type/Catalog>>")


def pages_of(tmp_path: Path, data: bytes) -> int | None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    count_pages.cache_clear()
    return count_pages(path)


def test_the_sample_of_the_demo_has_its_page() -> None:
    assert count_pages(ROOT / "wablast_box/simulator/static/samples/order.pdf") == 1


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (b"%PDF-1.4\n<< /Type /Pages /Kids [3 0 R] /Count 3 >>", 3),
        (b"%PDF-1.4\n<< /Count 2 /Kids [] /Type /Pages >> << /Type /Pages /Count 7 >>", 7),
        (b"%PDF-1.6\n<</Linearized 1/L 4000/O 9/E 300/N 41/T 3000>>", 41),
        (b"%PDF-1.5\n5 0 obj <</Type/ObjStm/N 2/First 9/Filter/FlateDecode/Length 60>>stream\n" + PACKED, 12),
        (b"%PDF-1.5\n5 0 obj <</Type/ObjStm/Filter/FlateDecode>>stream\nnot packed at all", None),
        (b"%PDF-1.4\n<< /Type /Page >>", None),
        (b"<html>/Type /Pages /Count 3", None),
        (b"", None),
    ],
)
def test_pages_are_counted_where_the_file_says_them(tmp_path: Path, data: bytes, pages: int | None) -> None:
    assert pages_of(tmp_path, data) == pages


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4" + b"/Type /Pages " * 400_000,
        b"%PDF-1.4" + b"/Count 9" * 600_000,
        b"%PDF-1.5" + (b"/Type/ObjStm>>stream\n" + zlib.compress(b"a" * 50_000_000)) * 60,
        b"%PDF-1.5" + b"/Type/ObjStm" * 400_000,
    ],
    ids=["names of trees", "counts", "bombs", "names of streams"],
)
def test_a_hostile_file_costs_little(tmp_path: Path, data: bytes) -> None:
    begun = time.perf_counter()

    pages_of(tmp_path, data)

    assert time.perf_counter() - begun < 5
