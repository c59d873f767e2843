"""Does what a customer typed say a keyword? Tolerant as people type: case, marks, doubled letters, one slip in a long word."""

from __future__ import annotations

import re
import unicodedata

from wablast_box.engine.flows.node.patterns import matches

# How Hindi words are written in Latin letters differs from thumb to thumb.
_SPELLINGS = (("aa", "a"), ("ee", "i"), ("oo", "u"), ("ph", "f"), ("w", "v"), ("z", "j"), ("kh", "k"), ("y", "i"))
_MARKS = re.compile(r"[^\w\s]", re.UNICODE)
_DOUBLED = re.compile(r"(.)\1+")
_SLIP_FROM = 5


def says(text: str, keyword: str, match: str) -> bool:
    """`match` is exact, starts_with, contains or regex."""
    if match == "regex":
        return matches(keyword, text)
    said, wanted = words(text), words(keyword)
    if not wanted:
        return False
    if match == "exact":
        return _same_words(said, wanted)
    if match == "starts_with":
        return _same_words(said[: len(wanted)], wanted)
    return any(_same_words(said[at : at + len(wanted)], wanted) for at in range(len(said) - len(wanted) + 1))


def words(text: str) -> list[str]:
    """The words of a text, as alike as different thumbs write them."""
    plain = unicodedata.normalize("NFKC", text[:1000]).casefold()
    return [_alike(word) for word in _MARKS.sub(" ", plain).split()]


def _alike(word: str) -> str:
    if not word.isascii():
        return word
    for spelling, other in _SPELLINGS:
        word = word.replace(spelling, other)
    return _DOUBLED.sub(r"\1", word) if not word.isdecimal() else word


def _same_words(said: list[str], wanted: list[str]) -> bool:
    return len(said) == len(wanted) and all(a == b or _one_slip(a, b) for a, b in zip(said, wanted, strict=True))


def _one_slip(said: str, wanted: str) -> bool:
    """One letter more, less, or other, or two swapped, in a word of five and more."""
    if len(wanted) < _SLIP_FROM or abs(len(said) - len(wanted)) > 1 or any(c.isdigit() for c in wanted):
        return False
    at = next((i for i, (a, b) in enumerate(zip(said, wanted, strict=False)) if a != b), min(len(said), len(wanted)))
    a, b = said[at:], wanted[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
