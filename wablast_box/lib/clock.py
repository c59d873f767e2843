"""The one clock. Aware UTC everywhere inside; the business's zone appears only on screens and papers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_frozen: datetime | None = None


def now() -> datetime:
    """The present moment, UTC, cut to milliseconds because that is what the database keeps."""
    return from_ms(now_ms())


def now_ms() -> int:
    """The present moment in milliseconds since 1970, UTC."""
    if _frozen is not None:
        return to_ms(_frozen)
    return time.time_ns() // 1_000_000


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 of an aware moment."""
    return round(moment.timestamp() * 1000)


def from_ms(milliseconds: int) -> datetime:
    """The aware UTC moment of milliseconds since 1970."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC) + timedelta(milliseconds=milliseconds % 1000)


def iso(moment: datetime | None) -> str | None:
    """RFC 3339 with milliseconds and Z, as the API speaks."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def frozen_at(moment: datetime) -> Iterator[None]:
    """Hold the clock still: for tests and for rehearsed flows."""
    global _frozen
    before, _frozen = _frozen, moment
    try:
        yield
    finally:
        _frozen = before
