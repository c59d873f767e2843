"""Sortable ids, made before the insert so that rows can be written in bulk without reading ids back.

63 bits: 42 of milliseconds since 2024, 8 that differ from process to process, 13 of a counter. Within a process
an id is always greater than the one before, also when the clock goes backwards.
"""

from __future__ import annotations

import os
import threading
from datetime import datetime

from wablast_box.lib.clock import from_ms, now_ms, to_ms
from wablast_box.lib.errors import NotFound

EPOCH_MS = 1_704_067_200_000
_COUNTER_BITS, _NODE_BITS = 13, 8
# What a column of 64 bits holds: it is reached in 2163.
GREATEST = (1 << 63) - 1
_lock = threading.Lock()
_node = os.getpid() & 0xFF
_last = 0


def new_id() -> int:
    """One new id."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[int]:
    """`count` new ids, rising."""
    global _last
    with _lock:
        start = max(_last + 1, _stamp())
        _last = start + count - 1
        return list(range(start, start + count))


def start_after(used: int) -> None:
    """Never make an id at or below `used`: the newest one that the database holds."""
    global _last
    with _lock:
        _last = max(_last, used)


def first_id_at(moment: datetime) -> int:
    """The smallest id that could be made at a moment: what is older is less, what is newer is greater."""
    return min(max(0, to_ms(moment) - EPOCH_MS) << _COUNTER_BITS + _NODE_BITS, GREATEST)


def moment_of(number: int) -> datetime:
    """When an id was made."""
    return from_ms((number >> _COUNTER_BITS + _NODE_BITS) + EPOCH_MS)


def parse_id(text: str) -> int:
    """The id behind its public form (a decimal string), or NotFound: a malformed id names nothing."""
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        raise NotFound("There is no such thing.")
    value = int(text)
    if value > GREATEST:
        raise NotFound("There is no such thing.")
    return value


def _stamp() -> int:
    return (max(0, now_ms() - EPOCH_MS) << _COUNTER_BITS + _NODE_BITS) | (_node << _COUNTER_BITS)
