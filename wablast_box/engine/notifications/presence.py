"""Who has a window open. The web edge knows; it says so at start. Without an edge nobody is there."""

from __future__ import annotations

from collections.abc import Callable, Collection

_ask: list[Callable[[], Collection[int]]] = []


def use_presence(ask: Callable[[], Collection[int]] | None) -> None:
    """Set who knows which users have a window open (None: nobody)."""
    _ask[:] = [ask] if ask is not None else []


def present_users() -> frozenset[int]:
    """The users with an open window at this moment."""
    return frozenset(number for ask in _ask for number in ask())
