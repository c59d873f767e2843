"""Tells open phone pages what changed. Many changes in a moment become one: a page is never drowned."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

from wablast_box.simulator.records import Message

GATHER_S = 0.03


class Listener:
    """One open page: the customers and messages it has not yet been told about."""

    def __init__(self, loop: asyncio.AbstractEventLoop):
        self._loop = loop
        self._ready = asyncio.Event()
        self._customers: dict[str, None] = {}
        self._messages: dict[str, Message] = {}
        self._lock = threading.Lock()
        self.closed = False

    def tell(self, customer_id: str, message: Message | None) -> None:
        """From any thread."""
        with self._lock:
            quiet = not self._customers
            self._customers[customer_id] = None
            if message is not None:
                self._messages[message.wamid] = message
        if quiet:
            self._wake()

    def close(self) -> None:
        """End the page's stream."""
        self.closed = True
        self._wake()

    async def next(self, timeout_s: float) -> tuple[list[str], list[Message]]:
        """What changed since the last time; nothing at all after `timeout_s` of silence."""
        try:
            await asyncio.wait_for(self._ready.wait(), timeout_s)
        except TimeoutError:
            return [], []
        await asyncio.sleep(GATHER_S)
        self._ready.clear()
        with self._lock:
            customers, messages = list(self._customers), list(self._messages.values())
            self._customers, self._messages = {}, {}
        return customers, messages

    def _wake(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ready.set)


class News:
    """All open pages."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        # Called at every change, from any thread, by whoever keeps the chats.
        self.on_change: Callable[[], None] = lambda: None

    def tell(self, customer_id: str, message: Message | None = None) -> None:
        """A customer, and perhaps one of their messages, looks different now."""
        self.on_change()
        for listener in self._listeners:
            listener.tell(customer_id, message)

    def listen(self) -> Listener:
        """Open a page; call `leave` at its end."""
        listener = Listener(asyncio.get_running_loop())
        self._listeners = [*self._listeners, listener]
        return listener

    def leave(self, listener: Listener) -> None:
        """Close a page."""
        self._listeners = [each for each in self._listeners if each is not listener]

    def close(self) -> None:
        """End all streams: the server wants to stop."""
        for listener in self._listeners:
            listener.close()


async def changes(listener: Listener, *, heartbeat_s: float = 15.0) -> AsyncIterator[tuple[list[str], list[Message]]]:
    """What changed, for ever; an empty pair now and then shows that the line is alive."""
    while not listener.closed:
        yield await listener.next(heartbeat_s)
