"""What counts as a word, in the scripts that customers write in."""

from __future__ import annotations

import pytest

from wablast_box.engine.search.snippet import snippet
from wablast_box.engine.search.store import Phrase
from wablast_box.engine.search.words import LONGEST_WORD, MOST_WORDS, spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Order AS-48213, please!", ["order", "as", "48213", "please"]),
        ("José's CAFÉ", ["jose", "s", "cafe"]),
        ("invoice_2026.pdf", ["invoice", "2026", "pdf"]),
        ("साड़ी की क़ीमत", ["साड़ी", "की", "क़ीमत"]),
        ("வணக்கம், விலை என்ன", ["வணக்கம்", "விலை", "என்ன"]),
        ("শাড়ি কত", ["শাড়ি", "কত"]),
        ("દુપટ્ટો છે?", ["દુપટ્ટો", "છે"]),
        ("కొత్త చీర ಸೀರೆ സാരി ਸਾੜੀ", ["కొత్త", "చీర", "ಸೀರೆ", "സാരി", "ਸਾੜੀ"]),
        ("१२३ ४५", ["123", "45"]),
        ("👍🏽🙏", []),
        ("", []),
    ],
)
@pytest.mark.feature("IN-31")
def test_words_are_whole_in_every_script(text: str, expected: list[str]) -> None:
    assert [word for word in words(text)] == [word for text_word in expected for word in words(text_word)]
    assert len(words(text)) == len(expected)


def test_spellings_that_look_alike_are_one_word() -> None:
    assert words("\u0921\u093c") == words("\u095c"), "a letter with a dot, written in two ways"
    assert words("क्\u200dष") == words("क्ष"), "with a joiner and without"
    assert words("ＡＳ") == words("as")


def test_a_word_knows_where_it_stands() -> None:
    text = "नई साड़ी, AS-48213"

    assert [text[span.start : span.end] for span in spans(text)] == ["नई", "साड़ी", "AS", "48213"]


def test_the_longest_text_has_an_end() -> None:
    assert len(words("a" * 100_000)[0]) == LONGEST_WORD
    assert len(words("ab " * 50_000)) == MOST_WORDS
    assert len(words("अ " * 50_000)) == MOST_WORDS


@pytest.mark.feature("IN-31")
def test_a_snippet_shows_the_hit_and_says_in_numbers_where_it_is() -> None:
    text = "😀 " * 100 + "the red\nsaree <mark>please</mark>"

    found = snippet(text, [Phrase(("saree",)), Phrase(("ple",), is_begun=True)])

    assert found.text.startswith("…") and "\n" not in found.text
    as_browsers_count = found.text.encode("utf-16-le")
    marked = [as_browsers_count[start * 2 : end * 2].decode("utf-16-le") for start, end in found.highlights]
    assert marked == ["saree", "please"]


def test_words_side_by_side_are_marked_only_side_by_side() -> None:
    found = snippet("red saree, not a red dress", [Phrase(("red", "saree"))])

    assert found.highlights == [[0, 3], [4, 9]]
