"""The bell between deciding to send and sending: whoever queued a message rings, whoever transmits listens."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def ring() -> None:
    """There is something to transmit. Without a listener the row waits for the next start."""
    for listener in list(_listeners):
        listener()


def listen(listener: Callable[[], None]) -> None:
    """Be told from now on."""
    if listener not in _listeners:
        _listeners.append(listener)


def stop_listening(listener: Callable[[], None]) -> None:
    """Be told no longer."""
    if listener in _listeners:
        _listeners.remove(listener)
