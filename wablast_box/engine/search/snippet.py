"""The piece of a text that shows why it was found. Where the hits are is said in numbers: nothing in a text can pretend to be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wablast_box.engine.search.store import Phrase
from wablast_box.engine.search.words import Span, spans

# About two lines of a list, and how much of it may stand before the first hit.
LENGTH, BEFORE = 160, 40
CUT = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text; `highlights` are [start, end) in UTF-16 code units, as browsers count."""

    text: str
    highlights: list[list[int]]


def snippet(text: str, phrases: Sequence[Phrase]) -> Snippet:
    """The part of a text around its first hit, on one line."""
    flat = "".join(" " if sign in "\n\r\t\x0b\x0c\x85\u2028\u2029" else sign for sign in text)
    found = hits(flat, phrases)
    start, end = _window(flat, found[0][0] if found else 0)
    before, after = CUT if start else "", CUT if end < len(flat) else ""
    marks = [(max(a, start), min(b, end)) for a, b in found if a < end and b > start]
    return Snippet(before + flat[start:end] + after, [_utf16(flat, start, mark, len(before)) for mark in marks])


def marked(text: str, phrases: Sequence[Phrase]) -> Snippet:
    """A whole text, for names."""
    return Snippet(text, [_utf16(text, 0, hit, 0) for hit in hits(text, phrases)])


def holds_all(text: str, phrases: Sequence[Phrase]) -> bool:
    """Are all phrases in this text?"""
    found = spans(text)
    return all(_places(found, phrase) for phrase in phrases)


def hits(text: str, phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Where the words of the phrases stand, in order, each place once."""
    found = spans(text)
    places = {place for phrase in phrases for start in _places(found, phrase) for place in range(start, start + len(phrase.words))}
    return sorted({(found[place].start, found[place].end) for place in places})


def _places(found: Sequence[Span], phrase: Phrase) -> list[int]:
    """At which words a phrase begins."""
    count = len(phrase.words)
    return [start for start in range(len(found) - count + 1) if _stands_at(found, start, phrase)]


def _stands_at(found: Sequence[Span], start: int, phrase: Phrase) -> bool:
    last = start + len(phrase.words) - 1
    fits = found[last].word.startswith(phrase.words[-1]) if phrase.is_begun else found[last].word == phrase.words[-1]
    return fits and all(found[start + place].word == word for place, word in enumerate(phrase.words[:-1]))


def _window(text: str, hit: int) -> tuple[int, int]:
    if len(text) <= LENGTH:
        return 0, len(text)
    start = max(0, hit - BEFORE)
    if start:
        # At a word, if one begins soon.
        space = text.find(" ", start, hit)
        start = space + 1 if space >= 0 else start
    return start, min(len(text), start + LENGTH)


def _utf16(text: str, start: int, mark: tuple[int, int], shift: int) -> list[int]:
    first = shift + _units(text[start : mark[0]])
    return [first, first + _units(text[mark[0] : mark[1]])]


def _units(text: str) -> int:
    return len(text) + sum(1 for sign in text if sign > "\uffff")
