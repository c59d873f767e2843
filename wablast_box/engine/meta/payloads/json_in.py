"""Strict JSON for what strangers send: UTF-8, bounded depth and size, no NaN, no lone surrogates, no NUL.

orjson refuses bad UTF-8, a byte order mark, NaN, Infinity and trailing bytes, and keeps the last of two equal keys.
"""

import re
from typing import Any

import orjson

MAX_DEPTH = 64
MAX_TOKENS = 100_000

# One JSON escape at a time, so that an escaped backslash before "u0000" is not mistaken for an escape.
ESCAPE = re.compile(
    rb"\\(?:(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(u[dD][89a-fA-F][0-9a-fA-F]{2}|u0000)|.)",
    re.DOTALL,
)


class NotJson(ValueError):
    """The bytes are not JSON that we accept; the text says why."""


def read_json(raw: bytes) -> tuple[Any, bool]:
    """The value, and whether NUL or lone surrogates had to be replaced by U+FFFD."""
    mended = False
    if b"\\u0000" in raw:
        raw, mended = mend(raw)
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        if b"\\ud" not in raw and b"\\uD" not in raw:
            raise NotJson(str(error)) from None
        value, mended = read_mended(raw, mended)
    refuse_if_too_big(value, raw)
    return value, mended


def read_mended(raw: bytes, already: bool) -> tuple[Any, bool]:
    raw, now = mend(raw)
    try:
        return orjson.loads(raw), already or now
    except orjson.JSONDecodeError as error:
        raise NotJson(str(error)) from None


def mend(raw: bytes) -> tuple[bytes, bool]:
    """Replace the escapes of NUL and of lone surrogates; everything else stays byte for byte."""
    bad = 0

    def replace(match: re.Match[bytes]) -> bytes:
        nonlocal bad
        if match.group(2) is None:
            return match.group(0)
        bad += 1
        return b"\\ufffd"

    return ESCAPE.sub(replace, raw), bad > 0


def refuse_if_too_big(value: Any, raw: bytes) -> None:
    # Every level needs a bracket and every token a separator, so most bodies are cleared by counting bytes.
    brackets = raw.count(b"{") + raw.count(b"[")
    if brackets <= MAX_DEPTH and raw.count(b",") + raw.count(b":") + brackets < MAX_TOKENS:
        return
    count(value)


def count(value: Any) -> None:
    """Walk the value breadth first; a token is a key, a scalar or a container."""
    tokens, level = 1, [value]
    for depth in range(MAX_DEPTH + 2):
        below: list[Any] = []
        for node in level:
            if type(node) is dict:
                tokens += 2 * len(node)
                below.extend(v for v in node.values() if type(v) is dict or type(v) is list)
            elif type(node) is list:
                tokens += len(node)
                below.extend(v for v in node if type(v) is dict or type(v) is list)
        if tokens > MAX_TOKENS:
            raise NotJson(f"more than {MAX_TOKENS} tokens")
        if not below:
            return
        if depth + 2 > MAX_DEPTH:
            raise NotJson(f"deeper than {MAX_DEPTH} levels")
        level = below
