"""Texts that customers really write and that software really breaks."""

from __future__ import annotations

import random

TEXTS = (
    "hi",
    "",
    " leading and trailing spaces  ",
    "line one\nline two\r\nline three\ttabbed",
    "नमस्ते, ऑर्डर कब आएगा?",
    "કેમ છો? ₹1,250 નું બિલ",
    "வணக்கம் 🙏🏽",
    "مرحبا كيف الحال",
    "\u202eright to left override\u202c",
    "Zoë café cafe\u0301 ﬁne",
    "👩‍👩‍👧‍👦 family, 🇮🇳 flag, 👍🏿 tone",
    "e" + "\u0301" * 40,
    "Robert'); DROP TABLE message;--",
    '<script>alert(1)</script> & "quoted" \\ back/slash',
    "{{7*7}} ${7*7} %s %n {0}",
    "=1+1;@SUM(A1)",
    "\\u0041 written out, not escaped",
    "zero\u200bwidth\u2060joiner\ufeff",
    "null byte \x00 inside",
    "lone surrogate \ud83d here",
    "\ufffe\uffff edge of the plane",
    "𝕆𝕦𝕥𝕤𝕚𝕕𝕖 the first plane",
    "*bold* _italic_ ~struck~ ```mono```",
    "https://example.com/?a=1&b=2#c",
    "x" * 4096,
    "true",
    "null",
    "12345678901234567890",
)


def text_for(rng: random.Random, serial: int) -> str:
    """One of them, made unlike every other."""
    text = rng.choice(TEXTS)
    return text if rng.random() < 0.3 else f"{text} #{serial}"


def as_stored(text: str) -> str:
    """What the box promises to give back: the same, but what no database can hold is U+FFFD."""
    return "".join("\ufffd" if char == "\x00" or "\ud800" <= char <= "\udfff" else char for char in text)
