"""Who reads the customers of the box by the hundred: one entry an hour and person, so that a copied address book is seen.

Counted in memory: being counted costs nobody a write, and a restart forgets at most an hour.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from wablast_box.engine.audit.record import Doer, record
from wablast_box.lib.clock import now_ms

MOST = 100
_HOUR_MS = 3_600_000


@dataclass(slots=True)
class _Hour:
    """Whom one person has read within one hour; not kept on once that is noted."""

    number: int
    customers: set[str] = field(default_factory=set)
    is_noted: bool = False


_hours: dict[str, _Hour] = {}
_lock = threading.Lock()


def are_many(ref: str, customers: Iterable[str]) -> bool:
    """Count these for somebody; true once an hour, when they have become more than `MOST` different ones."""
    number = now_ms() // _HOUR_MS
    with _lock:
        hour = _hours.get(ref)
        if hour is None or hour.number != number:
            hour = _hours[ref] = _Hour(number)
        if hour.is_noted:
            return False
        hour.customers.update(customers)
        hour.is_noted = len(hour.customers) > MOST
        if hour.is_noted:
            hour.customers.clear()
        return hour.is_noted


def note(by: Doer) -> None:
    """Write it down."""
    record("contacts.read_many", by=by, detail={"more_than": MOST, "within": "1 h"})


def forget_counted() -> None:
    """Begin anew."""
    with _lock:
        _hours.clear()
