"""Who listens to what. The table itself is `engine/listeners.py`; the composition root hands it over at start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Listener:
    """A verb to call for an event. `wants` is a pure question about the event's own fields: no row is written for a no."""

    call: Callable[[Any], None]
    wants: Callable[[Any], bool] = lambda _: True

    @property
    def name(self) -> str:
        return f"{self.call.__module__.removeprefix('wablast_box.engine.')}.{self.call.__name__}"


_listeners: dict[type, tuple[Listener, ...]] = {}


def use_listeners(table: Mapping[type, Sequence[Listener]]) -> None:
    """Take over the table of listeners."""
    _listeners.clear()
    _listeners.update({event: tuple(listeners) for event, listeners in table.items()})


def listeners_of(event: Any) -> tuple[Listener, ...]:
    """Those who want this event."""
    return tuple(listener for listener in _listeners.get(type(event), ()) if listener.wants(event))


def listener_named(name: str) -> tuple[type, Listener] | None:
    """The event type and listener behind a stored delivery, or None when the listener is gone."""
    for event_type, listeners in _listeners.items():
        for listener in listeners:
            if listener.name == name:
                return event_type, listener
    return None
