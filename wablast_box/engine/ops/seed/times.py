"""When made-up messages were written: a year of shop hours, more of it lately, and a few conversations far longer than the rest."""

from __future__ import annotations

import random
from collections.abc import Sequence

from wablast_box.engine.ops.seed.dialogues import script
from wablast_box.engine.ops.seed.words import LANGUAGES

YEAR_MS = 365 * 24 * 3600 * 1000
_DAY_MS = 24 * 3600 * 1000
# 9:30 in the morning to about 9 in the evening in India, in UTC.
_OPENS_MS, _OPEN_FOR_MS = 4 * 3600 * 1000, 41_000 * 1000
_LINE_BITS, _CONVERSATION_BITS = 12, 24
LARGEST_SHARE = 600.0

Place = tuple[int, int, int]


def sizes(conversations: int, messages: int, rng: random.Random) -> list[int]:
    """How many messages each conversation gets; the sum is exactly `messages`, the largest are hundreds of times the usual."""
    weights = [min(rng.paretovariate(1.15), LARGEST_SHARE) for _ in range(conversations)]
    spare = max(0, messages - conversations)
    scale, total = spare / sum(weights), min(messages, conversations)
    counts = [int(weight * scale) + (1 if number < total else 0) for number, weight in enumerate(weights)]
    for number in rng.choices(range(conversations), weights, k=messages - sum(counts)):
        counts[number] += 1
    return counts


def language_of(conversation: int) -> str:
    """The language a conversation is held in; the same on every run."""
    mark = conversation * 2_654_435_761 % 100
    for language, share in LANGUAGES.items():
        mark -= share
        if mark < 0:
            return language
    return "en"


def places(counts: Sequence[int], numbers: Sequence[int], now_ms: int, rng: random.Random) -> list[int]:
    """Every message as one number that sorts by time: moment, then whose it is, then which line. See `place`."""
    found: list[int] = []
    for number, count in zip(numbers, counts, strict=True):
        dialogues = script().dialogues[language_of(number)]
        while count > 0:
            said = rng.choice(dialogues)
            at = _session(now_ms, rng)
            for line in said[:count]:
                found.append(((at << _CONVERSATION_BITS) | number) << _LINE_BITS | line)
                at += 15_000 + int(rng.random() * 400_000)
            count -= len(said)
    found.sort()
    return found


def place(packed: int) -> Place:
    """(moment in ms, conversation number, line)."""
    rest = packed >> _LINE_BITS
    return rest >> _CONVERSATION_BITS, rest & ((1 << _CONVERSATION_BITS) - 1), packed & ((1 << _LINE_BITS) - 1)


def _session(now_ms: int, rng: random.Random) -> int:
    """When a dialogue begins: business grows, so recent days are fuller. None is later than an hour ago."""
    at = now_ms - int(YEAR_MS * rng.random() ** 1.4)
    at += _OPENS_MS - at % _DAY_MS + int(_OPEN_FOR_MS * rng.random())
    return at if at < now_ms - 3_600_000 else now_ms - 3_600_000 - int(rng.random() * _DAY_MS)
