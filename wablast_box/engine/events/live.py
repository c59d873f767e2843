"""News for open windows: told after commit, never stored. Who carries it is set by the web edge at start."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from wablast_box.lib.db import after_commit

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """One packet: who is in one of `rooms` hears `name` once."""

    rooms: Sequence[str]
    name: str
    payload: dict[str, Any]


class Carrier(Protocol):
    """Brings news to the windows; called from any thread."""

    def carry(self, news: Sequence[News]) -> None: ...

    def is_anyone_listening(self) -> bool: ...


_carriers: list[Carrier] = []


def use_carrier(carrier: Carrier | None) -> None:
    """Set who carries the news to the windows (None: nobody)."""
    _carriers[:] = [carrier] if carrier else []


def is_anyone_listening() -> bool:
    """Is a window open? Nobody has to be told otherwise, and nothing has to be loaded for it."""
    return any(carrier.is_anyone_listening() for carrier in _carriers)


def tell(news: Sequence[News]) -> None:
    """Tell open windows once the running transaction is on disk."""
    if news and _carriers:
        after_commit(lambda: _carry(news))


def _carry(news: Sequence[News]) -> None:
    for carrier in _carriers:
        try:
            carrier.carry(news)
        except Exception:
            # The windows catch up from the event log; the work itself is done.
            logger.exception("open windows could not be told")
