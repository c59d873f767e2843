"""Open windows, as the box tells them news."""

from __future__ import annotations

from collections.abc import Sequence

from wablast_box.engine.events.live import News


class Windows:
    """Open windows that hear everything."""

    def __init__(self) -> None:
        self.heard: list[News] = []

    def carry(self, news: Sequence[News]) -> None:
        self.heard += news

    def is_anyone_listening(self) -> bool:
        return True
