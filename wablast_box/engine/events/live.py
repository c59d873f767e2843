"""News for open windows: told after commit, never stored. Who carries it is set by the web edge at start."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
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
_telling = threading.Lock()


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


def tell_what_is_kept(load: Callable[[], Sequence[News]]) -> None:
    """Once the running transaction is on disk, read what there is to tell and tell it, when somebody listens.

    One after the other: of two that read the same row, whoever read it last is heard last. What stays on a screen is the newest.
    """

    def load_and_tell() -> None:
        if is_anyone_listening():
            with _telling:
                tell(load())

    after_commit(load_and_tell)


def _carry(news: Sequence[News]) -> None:
    for carrier in _carriers:
        try:
            carrier.carry(news)
        except Exception:
            # The windows catch up from the event log; the work itself is done.
            logger.exception("open windows could not be told")
