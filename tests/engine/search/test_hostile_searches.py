"""Nothing that people type or customers write breaks the search."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.search.saying import ALL, found, writes
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.search import index
from wablast_box.engine.search.filters import Asker
from wablast_box.engine.search.find import find
from wablast_box.lib.errors import Invalid
from wablast_box.lib.paging import PageRequest

HOSTILE = [
    '"', '""', "*", "a*", "NEAR(a b)", "a NEAR b", "AND", "OR NOT", "-saree", "words:saree", "file : x", "{words} : x", "^saree", "+", "(", ")", "((((",
    "'", "';--", "\\", "%", "_", "?", "a:*", "&", "|", "!", "<->", "saree & !red", ":*", "'x':*", "\x00", "saree\x00red", "\u202esaree", "\u200b" * 50,
    "\ud83d", "🙏" * 4096, "a" * 10_000, "a " * 5_000, '"' * 999, "(" * 10_000, "in:", 'in:"', "from:", "in:99999999999999999999", "in:9223372036854775808",
    "tag:'", "from:%", "in:'", "kind:", "before:", "é" * 10_000, "अ्" * 5_000, "½", "ﷺ", "\u0301\u0301", "before:0d",
]  # fmt: skip


@pytest.mark.feature("IN-31")
@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_is_words_or_a_refusal_in_words(box: Path, words: str) -> None:
    writes("a saree in red")
    index.index_some()

    for asker in (ALL, Asker(Viewer(7), 7, hides_numbers=True)):
        for kind in (None, "message", "note", "contact", "file", "conversation"):
            try:
                find(asker, words, kind, PageRequest(5))
            except Invalid as refused:
                assert refused.field == "q"


def test_the_index_takes_hostile_texts_as_they_are(box: Path) -> None:
    for number, words in enumerate(HOSTILE):
        if words.encode(errors="ignore"):
            writes(words.encode(errors="replace").decode() + " marigold", phone=str(919_900_000_000 + number))

    pages = found("marigold", "message", limit=100)

    # Of the longest only so many words are indexed.
    assert len(pages) >= len(HOSTILE) - 5
