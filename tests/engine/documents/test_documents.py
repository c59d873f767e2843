"""PDFs: every script that customers write, nothing of theirs is markup, and a long one does not fill the memory."""

from __future__ import annotations

import io
import resource
from collections.abc import Iterator

import pytest
from pypdf import PdfReader

from wablast_box.engine.documents.content import Head, Line, Side
from wablast_box.engine.documents.scripts import _font_of, _has, fonts, markup
from wablast_box.engine.documents.transcript import write_transcript

SCRIPTS = {
    "NotoSansDevanagari": "नमस्ते, साड़ी कब आएगी? क्षत्रिय ज्ञान श्री",
    "NotoSansBengali": "আমার সোনার বাংলা ক্ষ",
    "NotoSansTamil": "வணக்கம் கொண்டு",
    "NotoSansTelugu": "నమస్కారం క్షేత్రం",
    "NotoSansKannada": "ಹೇಗಿದ್ದೀರಿ ಕ್ಷೇತ್ರ",
    "NotoSansMalayalam": "എങ്ങനെയുണ്ട് ക്ഷേമം",
    "NotoSansGujarati": "કેમ છો ક્ષેત્ર",
    "NotoSansGurmukhi": "ਸਤ ਸ੍ਰੀ ਅਕਾਲ",
    "NotoSansOriya": "ନମସ୍କାର କ୍ଷେତ୍ର",
    "NotoSansArabic": "آپ کا آرڈر تیار ہے، تشریف لائیں",
    "NotoEmoji": "🌶😀👨‍👩‍👧🇮🇳❤️👍🏽",
}


def pdf(*texts: str, side: Side = "customer", title: str = "Kabir") -> PdfReader:
    into = io.BytesIO()
    write_transcript(
        into,
        Head(title, "Asha Textiles", (("Number", "+91 98123 45678"),)),
        [Line("Monday", "10:00", "Kabir", text, side) for text in texts],
    )
    return PdfReader(into)


def words(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def embedded(reader: PdfReader) -> set[str]:
    found = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    return {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in found.values()}


@pytest.mark.feature("IN-40")
@pytest.mark.parametrize(("font", "text"), SCRIPTS.items())
def test_every_script_has_its_letters(font: str, text: str) -> None:
    fonts()
    missing = [letter for letter in text if not letter.isspace() and not _has(_font_of(ord(letter)), ord(letter))]

    reader = pdf(f"Hello {text} end, ok{text}ok")

    assert missing == [] or (font == "NotoEmoji" and set(missing) <= set("\u200d\ufe0f\U0001f3fd"))
    assert any(name.startswith(font) for name in embedded(reader))
    assert "Hello" in words(reader) and "\ufffd" not in markup(text)


def test_letters_are_joined_and_not_only_put_side_by_side() -> None:
    """क + ् + ष become one shape: the shaper chose glyphs that no single character has."""
    fonts()
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import shapeStr

    shaped = shapeStr("क्षत्रिय", "NotoSansDevanagari", 10, force=True)

    assert len(shaped) < len("क्षत्रिय")
    assert pdfmetrics.getFont("NotoSansDevanagari").shapable


@pytest.mark.parametrize(
    "text",
    [
        "<img src='http://127.0.0.1:1/x'/> <link href='x'>a</link> &lt; <para> </para><br/>",
        "<font color='[[open(\"/etc/hostname\").read()]]'>x</font> file:///etc/hostname",
        "<a href='javascript:alert(1)'>tap</a> <onDraw name=x label=y/> %s {0}",
        "]]> <![CDATA[ x ]]> <!-- y -->",
    ],
)
def test_what_a_customer_wrote_is_only_their_words(text: str) -> None:
    shown = words(pdf(text, title=text)).replace("\n", " ")

    assert text[:20].split()[0] in shown
    assert "root" not in shown


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\x07\x1b[31m", "x" * 100_000, "🌶" * 3000, "‮evil‬", "\n" * 300, "? broken", "漢字", "ा" * 50, "a​b﻿c"]
)
def test_no_text_is_too_strange_for_paper(text: str) -> None:
    reader = pdf(text, "and on")

    assert "and on" in words(reader)


def test_the_direction_of_a_text_cannot_be_turned_by_letters_nobody_sees() -> None:
    assert "‮" not in markup("‮evil‬")


def test_days_authors_and_remarks_stand_where_they_belong() -> None:
    into = io.BytesIO()
    lines = [Line("Monday, 3 November", "10:00", "Kabir", "hi", "customer"), Line("Monday, 3 November", "10:01", "Ravi", "hello", "business", "failed"),
             Line("Tuesday, 4 November", "09:00", "Asha", "wants silk", "note", "note")]  # fmt: skip

    write_transcript(into, Head("Kabir", "Asha Textiles", (("By", "Asha"),)), lines)
    shown = words(PdfReader(into))

    assert shown.count("Monday, 3 November") == 1 and "Ravi · 10:01 · failed" in shown
    assert shown.index("hello") < shown.index("Tuesday, 4 November") < shown.index("wants silk")


def test_a_long_conversation_does_not_stand_in_memory() -> None:
    begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    into, asked = io.BytesIO(), 0

    def many() -> Iterator[Line]:
        nonlocal asked
        for number in range(1_500):
            asked += 1
            yield Line(f"day {number // 100}", "10:00", "Kabir", f"message {number} " + "word " * 20, "customer")

    write_transcript(into, Head("Kabir", "Asha", ()), many())

    assert asked == 1_500 and "message 1499" in PdfReader(into).pages[-1].extract_text()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - begun < 80 * 1024, "more than 80 MB"
