"""A few values remembered for a moment: long enough to make reading cheap, short enough that another process may write."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Values by name, each good for `life_s` seconds (monotonic, so a changed clock does not freeze them)."""

    def __init__(self, life_s: float = 1.0):
        self._life_s = life_s
        self._kept: dict[str, tuple[float, Value]] = {}

    def get(self, name: str, load: Callable[[], Value]) -> Value:
        """The value of `name`, loaded again when it is too old."""
        here = self._kept
        kept = here.get(name)
        moment = time.monotonic()
        if kept is not None and moment - kept[0] < self._life_s:
            return kept[1]
        value = load()
        # What was forgotten while it was loaded is not remembered.
        here[name] = (moment, value)
        return value

    def forget(self) -> None:
        """Load everything again."""
        self._kept = {}
