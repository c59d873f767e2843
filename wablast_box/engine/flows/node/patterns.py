"""Regular expressions that people write. RE2 reads a text once, however hostile the pattern: time grows with the length alone."""

from __future__ import annotations

import functools
from typing import Any

import re2

from wablast_box.lib.errors import Invalid

LONGEST_PATTERN = 1000
_MOST_MEMORY = 1 << 20


def matches(pattern: str, text: str) -> bool:
    """Does the pattern stand anywhere in the text? Small and capital letters are the same. Raises Invalid."""
    return compiled(pattern).search(_whole(text)) is not None


def matches_all(pattern: str, text: str) -> bool:
    """Is the whole text what the pattern says? Raises Invalid."""
    return compiled(pattern).fullmatch(_whole(text)) is not None


@functools.lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:
    """The pattern, read. Raises Invalid when it cannot be."""
    if len(pattern) > LONGEST_PATTERN:
        raise Invalid(f"The pattern has {len(pattern)} characters; {LONGEST_PATTERN} are allowed.", code="not_a_pattern")
    options = re2.Options()
    options.case_sensitive, options.log_errors, options.max_mem = False, False, _MOST_MEMORY
    try:
        return re2.compile(_whole(pattern), options)
    except re2.error as refused:
        why = refused.args[0].decode(errors="replace") if refused.args and isinstance(refused.args[0], bytes) else str(refused)
        raise Invalid(f"The pattern “{pattern[:60]}” cannot be read: {why}.", code="not_a_pattern") from None


def _whole(text: str) -> str:
    return text.encode(errors="replace").decode()
