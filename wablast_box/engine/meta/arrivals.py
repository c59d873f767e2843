"""One item of a webhook and when it reached this box: what every handler is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Arrival(Generic[Item]):
    """`received_at_ms` stands in where Meta's own time is missing or lies in the future."""

    item: Item
    received_at_ms: int
