"""Who listens to what. The table itself is `engine/listeners.py`; the composition root hands it over at start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wablast_box.lib.errors import Conflict


@dataclass(frozen=True, slots=True)
class Origin:
    """Which event it is, and who caused it."""

    event_id: int
    actor: str | None


@dataclass(frozen=True, slots=True)
class Listener:
    """A verb to call for an event. `wants` is a pure question about the event's own fields: no row is written for a no."""

    call: Callable[..., None]
    wants: Callable[[Any], bool] = lambda _: True
    # What deliveries are kept under, when it is not where the verb stands in this program.
    known_as: str = ""
    # Call it with the event's Origin as well.
    asks_origin: bool = False
    # One after the other, in the order of the events, whoever delivers. For verbs that are over at once.
    in_order: bool = False

    @property
    def name(self) -> str:
        return self.known_as or f"{self.call.__module__.removeprefix('wablast_box.engine.')}.{self.call.__name__}"


# Names that begin so belong to plugins: one that is not there today may be there tomorrow.
PLUGIN = "plugin:"
_listeners: dict[type, tuple[Listener, ...]] = {}
_of_plugins: dict[type, tuple[Listener, ...]] = {}


def use_listeners(table: Mapping[type, Sequence[Listener]]) -> None:
    """Take over the table of listeners."""
    _listeners.clear()
    _listeners.update({event: tuple(listeners) for event, listeners in table.items()})


def add_listener(event: type, listener: Listener) -> None:
    """A plugin's listener, beside the table. Raises Conflict when there is one of that name."""
    if listener_named(listener.name) is not None:
        raise Conflict(f"“{listener.name}” listens already.", code="listener_taken", help="Give the function another name.")
    _of_plugins[event] = (*_of_plugins.get(event, ()), listener)


def remove_listeners(*names: str) -> None:
    """Forget listeners of plugins. What was kept for them waits until they are back."""
    for event, listeners in list(_of_plugins.items()):
        _of_plugins[event] = tuple(listener for listener in listeners if listener.name not in names)


def listeners_of(event: Any) -> tuple[Listener, ...]:
    """Those who want this event: the table first, then plugins."""
    kind = type(event)
    return tuple(one for one in (*_listeners.get(kind, ()), *_of_plugins.get(kind, ())) if one.wants(event))


def listeners_in_order() -> list[str]:
    """The names of those that hear one event after the other."""
    return [one.name for listeners in _listeners.values() for one in listeners if one.in_order]


def listener_named(name: str) -> tuple[type, Listener] | None:
    """The event type and listener behind a stored delivery, or None when the listener is gone."""
    for event_type, listeners in (*_listeners.items(), *_of_plugins.items()):
        for listener in listeners:
            if listener.name == name:
                return event_type, listener
    return None
