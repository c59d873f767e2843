"""Words as the index keeps them, the same for every script and both databases.

A word is letters, digits and the marks that belong to them: in Devanagari, Tamil or Bengali a vowel sign is part of its word.
Case, accents on Latin letters, spellings with and without joiners, and digits of other scripts make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

LONGEST_WORD, MOST_WORDS = 64, 4_000


@dataclass(frozen=True, slots=True)
class Span:
    """A word of a text and where it stands there."""

    word: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    if text.isascii():
        return [word[:LONGEST_WORD] for word in _PLAIN.findall(text.lower())[:MOST_WORDS]]
    return [span.word for span in spans(text)]


def spans(text: str) -> list[Span]:
    """The words of a text with their places."""
    return [span for found in islice(_signs().word.finditer(text.replace("_", " ")), MOST_WORDS) for span in _normal(found)]


def _normal(found: re.Match[str]) -> Iterator[Span]:
    token = found[0]
    if token.isascii():
        yield Span(token.lower()[:LONGEST_WORD], *found.span())
        return
    # A single sign can stand for several words; all of them stand where it stands.
    for word in _signs().word.findall(_folded(token)):
        yield Span(word[:LONGEST_WORD], *found.span())


@lru_cache(8192)
def _folded(token: str) -> str:
    decomposed = unicodedata.normalize("NFKD", token.translate(_signs().fold))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed)).casefold()


@dataclass(frozen=True, slots=True)
class _Signs:
    """What Python's own `\\w` leaves out, and what is folded away."""

    word: re.Pattern[str]
    fold: dict[int, str | None]


@cache
def _signs() -> _Signs:
    # All marks and digits lie below; looked for once, when the first text that is not plain comes by.
    kinds = {number: unicodedata.category(chr(number)) for number in range(0x80, 0x1F000)}
    marks = [number for number, kind in kinds.items() if kind.startswith("M")]
    fold: dict[int, str | None] = {number: str(unicodedata.decimal(chr(number))) for number, kind in kinds.items() if kind == "Nd"}
    return _Signs(re.compile(f"[\\w{_ranges(marks)}{_ranges(sorted(_INVISIBLE))}]+"), fold | dict.fromkeys(_INVISIBLE))


def _ranges(numbers: list[int]) -> str:
    """The inside of a character class."""
    parts, start = [], 0
    for place, number in enumerate(numbers):
        if place + 1 == len(numbers) or numbers[place + 1] != number + 1:
            parts.append(f"\\U{numbers[start]:08x}-\\U{number:08x}")
            start = place + 1
    return "".join(parts)


# Joiners and other signs without width.
_INVISIBLE = (
    0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF,
)  # fmt: skip
_ACCENTS = re.compile("[\u0300-\u036f]")
_PLAIN = re.compile(r"[a-z0-9]+")
