"""Does what a customer typed say a keyword? Tolerant as people type: case, marks, doubled letters, one slip in a long word."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable

from wablast_box.engine.flows.node.patterns import matches

# How Hindi words are written in Latin letters differs from thumb to thumb.
_SPELLINGS = (("aa", "a"), ("ee", "i"), ("oo", "u"), ("ph", "f"), ("w", "v"), ("z", "j"), ("kh", "k"), ("y", "i"))
_MARKS = re.compile(r"[^\w\s]", re.UNICODE)
_DOUBLED = re.compile(r"(.)\1+")
_SLIP_FROM = 5
# The more exact first.
EXACTNESS = {"exact": 0, "starts_with": 1, "contains": 2, "regex": 3}


def says(text: str, keyword: str, match: str) -> bool:
    """`match` is exact, starts_with, contains or regex."""
    if match == "regex":
        return matches(keyword, text)
    return _stands(words(text), words(keyword), match, _same_words)


def distance(text: str, keyword: str, match: str) -> tuple[int, int, int] | None:
    """How far the text is from the keyword that it says; None when it does not. Exact, without a slip and long is nearest."""
    if not says(text, keyword, match):
        return None
    if match == "regex":
        return EXACTNESS[match], 0, 0
    wanted = words(keyword)
    has_slip = not _stands(words(text), wanted, match, operator.eq)
    return EXACTNESS[match], int(has_slip), -len(" ".join(wanted))


def covers(wide: str, wide_match: str, narrow: str, narrow_match: str) -> bool:
    """Does every text that says `narrow` say `wide`, too? Of patterns it is known only where it is plain."""
    if "regex" in (wide_match, narrow_match):
        return wide == narrow if wide_match == narrow_match else narrow_match == "exact" and matches(wide, narrow)
    if EXACTNESS[wide_match] < EXACTNESS[narrow_match]:
        return False
    return _stands(words(narrow), words(wide), wide_match, operator.eq)


def _stands(said: list[str], wanted: list[str], match: str, same: Callable[[list[str], list[str]], bool]) -> bool:
    if not wanted:
        return False
    if match == "exact":
        return same(said, wanted)
    if match == "starts_with":
        return same(said[: len(wanted)], wanted)
    return any(same(said[at : at + len(wanted)], wanted) for at in range(len(said) - len(wanted) + 1))


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
