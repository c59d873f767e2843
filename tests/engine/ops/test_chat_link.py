"""The link that opens a chat: every script survives it, and the code on paper holds exactly the link."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from wablast_box.engine.meta.models import Number
from wablast_box.engine.ops.chat_link import qr
from wablast_box.engine.ops.chat_link.link import chat_link
from wablast_box.lib.errors import Invalid, Unavailable

TEXTS = {
    "hindi": "नमस्ते! मुझे साड़ी दिखाइए।",
    "tamil": "வணக்கம், விலை என்ன?",
    "urdu, from right to left": "السلام علیکم، قیمت کیا ہے؟",
    "chinese": "你好，请问价格",
    "a family as one emoji": "👨‍👩‍👧‍👦 और ❤️‍🔥 🇮🇳",
    "lines": "Order:\n1 × silk\n\n– thank you",
    "what means something in addresses": "50% off & more? a=b #1 + 2/3 \\ \"x\" 'y' ~ ;:@[]{}|<>^`",
    "spaces": "two  spaces, and\ttab",
}


@pytest.fixture
def connected(box: Path) -> None:
    Number.create(id=1, phone_number_id="106", display_phone_number="+91 80 4718 2200")


@pytest.mark.feature("CN-37")
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_what_the_customer_is_to_write_survives_the_link(connected: None, text: str) -> None:
    url = chat_link(text).url

    assert url.isascii() and re.fullmatch(r"https://wa\.me/918047182200\?text=[A-Za-z0-9%._~-]+", url)
    assert parse_qs(urlsplit(url).query) == {"text": [text]}


def test_without_a_text_the_link_is_the_number_alone(connected: None) -> None:
    assert chat_link("  \n ").url == "https://wa.me/918047182200"


def test_line_ends_are_whatsapps_and_half_characters_do_no_harm(connected: None) -> None:
    assert chat_link("a\r\nb\rc\0").text == "a\nb\nc"
    assert chat_link("a\ud800b").text == "a?b"


def test_before_a_number_is_connected_it_says_so(box: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        chat_link("hi")

    assert refused.value.code == "not_connected"


def test_a_text_that_fits_into_no_code_says_so_and_the_link_still_works(connected: None) -> None:
    long = chat_link("ழ" * 900)

    assert parse_qs(urlsplit(long.url).query)["text"] == ["ழ" * 900]
    with pytest.raises(Invalid, match="too long for a QR code"):
        qr.plan(long.url)
    with pytest.raises(Invalid, match=r"1,000 characters; this one has 1,001"):
        chat_link("x" * 1001)


def pixels(png: bytes) -> tuple[int, list[str]]:
    """Pixels per metre, and the rows of a one-bit picture."""
    at, per_metre, packed, width = 8, 0, b"", 0
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, _, depth, colour = struct.unpack(">IIBB", data[:10])
            assert (depth, colour) == (1, 0)
        elif kind == b"pHYs":
            per_metre = struct.unpack(">I", data[:4])[0]
        elif kind == b"IDAT":
            packed += data
        at += 12 + length
    raw, line = zlib.decompress(packed), (width + 7) // 8 + 1
    rows, above = [], bytes(line - 1)
    for start in range(0, len(raw), line):
        kind_of_filter, packed_row = raw[start], raw[start + 1 : start + line]
        assert kind_of_filter in (0, 2), "as it is, or the difference to the row above"
        above = packed_row if kind_of_filter == 0 else bytes((one + over) & 255 for one, over in zip(packed_row, above, strict=True))
        rows.append("".join(f"{byte:08b}" for byte in above)[:width].translate(str.maketrans("01", "10")))
    return per_metre, rows


@pytest.mark.feature("CN-37")
def test_the_png_holds_the_same_squares_and_says_how_wide_it_is(connected: None) -> None:
    url = chat_link("नमस्ते").url
    squares = len(qr.plan(url).rows) + 8

    per_metre, rows = pixels(qr.qr_file(url, "png", 60))

    scale = len(rows) // squares
    assert len(rows) == scale * squares
    seen = [row[scale // 2 :: scale] for row in rows[scale // 2 :: scale]]
    assert [row[4:-4] for row in seen[4:-4]] == qr.plan(url).rows
    assert set("".join(seen[:4] + seen[-4:])) == {"0"}, "the quiet zone"
    assert len(rows) / per_metre * 1000 == pytest.approx(60, rel=0.01)


@pytest.mark.feature("CN-37")
def test_the_svg_holds_the_same_squares_in_millimetres(connected: None) -> None:
    url = chat_link("hello").url
    wanted = qr.plan(url).rows

    svg = qr.qr_file(url, "svg", 85).decode()

    assert 'width="85mm" height="85mm"' in svg
    dark = {(int(y), x) for x0, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1H", svg) for x in range(int(x0), int(x0) + int(run))}
    assert dark == {(y + 4, x + 4) for y, row in enumerate(wanted) for x, one in enumerate(row) if one == "1"}


def test_a_size_that_no_paper_has_is_refused(connected: None) -> None:
    for wrong in (0, 14, 601):
        with pytest.raises(Invalid) as refused:
            qr.qr_file("https://wa.me/91", "svg", wrong)
        assert refused.value.field == "size_mm"
