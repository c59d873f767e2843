"""What the server takes below the requests: HTTP/1.1 only, and only so many connections of one stranger at a time.

Hypercorn has settings for neither, so its two classes get a stricter form of themselves here.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

import h11
import hypercorn.asyncio.run as hypercorn_run
import hypercorn.protocol as hypercorn_protocol
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.events import Closed, Event
from hypercorn.protocol.events import Event as StreamEvent
from hypercorn.protocol.events import StreamClosed
from hypercorn.protocol.h11 import H11Protocol
from hypercorn.protocol.http_stream import HTTPStream

from wablast_box.web.visits import networks

MOST_PER_ADDRESS = 100
# Who was answered early, "too large" above all, is still sending: what comes is dropped for so long, and so much of it.
LINGER_S, LINGER_BYTES = 5.0, 128 * 1024 * 1024
Exempt = Callable[[ipaddress.IPv4Address | ipaddress.IPv6Address], bool]


class OnlyHttp1(H11Protocol):
    """Hypercorn turns to HTTP/2 whenever a client asks, also without TLS. Here nobody needs it, so nobody may try it."""

    async def handle(self, event: Event) -> None:
        """Refuse what begins as HTTP/2, whole connections at once."""
        try:
            await super().handle(event)
        except _NotSpoken:
            await self._send_error_response(505)
            await self.send(Closed())

    async def stream_send(self, event: StreamEvent) -> None:
        """Let a client that was answered early finish. Hung up on, it would hear of a broken line and never of the answer."""
        if isinstance(event, StreamClosed) and isinstance(self.stream, HTTPStream):
            # What Hypercorn puts the pieces into is the method of a queue; it closes a stream twice when the server stops meanwhile.
            queue = getattr(self.stream.app_put, "__self__", None)
            if isinstance(queue, asyncio.Queue) and (self.connection.their_state is h11.SEND_BODY or queue.full()):
                await _Rest(self.stream, queue).drop()
        await super().stream_send(event)

    async def _check_protocol(self, event: h11.Request) -> None:
        # A wish to upgrade (`Upgrade: h2c`) may be ignored: it is answered in HTTP/1.1. A preface of HTTP/2 can only be refused.
        if event.http_version not in (b"1.0", b"1.1"):
            raise _NotSpoken


class _Rest:
    """What comes of a body after its answer. Nobody takes it out of the queue any more: without this, a full one waits for ever."""

    def __init__(self, stream: HTTPStream, queue: asyncio.Queue[Any]):
        self._stream, self._queue = stream, queue
        self._is_over = asyncio.Event()
        self._arrived = 0

    async def drop(self) -> None:
        """Wait until the body is over, or was too much or too slow."""
        self._stream.app_put = self._take
        while not self._queue.empty():
            await self._take(self._queue.get_nowait())
            await asyncio.sleep(0)  # whoever waited for room puts its piece in now
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER_S):
                await self._is_over.wait()

    async def _take(self, message: Any) -> None:
        self._arrived += len(message.get("body", b""))
        if not message.get("more_body") or self._arrived > LINGER_BYTES:
            self._is_over.set()


class _NotSpoken(Exception):
    """The client speaks another protocol."""


class Crowd:
    """How many connections each stranger has. Reverse proxies, this machine and the network around it are no strangers.

    Behind a proxy every connection has the proxy's address: there the limit is the proxy's to keep.
    """

    def __init__(self, trusted_proxies: Iterable[str] = (), *, most: int = MOST_PER_ADDRESS, is_near: Exempt | None = None):
        self._proxies = networks(trusted_proxies)
        self._most = most
        self._is_near = is_near or (lambda address: not address.is_global)
        self._open: collections.Counter[str] = collections.Counter()

    def enter(self, address: str | None) -> str | None:
        """The key to `leave` with, "" for one who is not counted, None for one too many."""
        key = self._key(address)
        if key and self._open[key] >= self._most:
            return None
        if key:
            self._open[key] += 1
        return key

    def leave(self, key: str) -> None:
        """The connection is over."""
        if key:
            self._open[key] -= 1
            if not self._open[key]:
                del self._open[key]

    def _key(self, address: str | None) -> str:
        try:
            parsed = ipaddress.ip_address(address or "")
        except ValueError:
            return ""
        if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
            parsed = parsed.ipv4_mapped
        if self._is_near(parsed) or any(parsed in network for network in self._proxies):
            return ""
        # A customer of a provider gets a /64 of IPv6 addresses, and could use a new one for each connection.
        return str(parsed) if parsed.version == 4 else str(ipaddress.ip_network(f"{parsed}/64", strict=False))


def make_strict(crowd: Crowd) -> None:
    """From now on this process's server is as strict as this module says."""

    class CountedServer(TCPServer):
        async def run(self) -> None:
            peer: Any = self.writer.get_extra_info("peername")
            key = crowd.enter(peer[0] if isinstance(peer, tuple) else None)
            if key is None:
                # No answer: whoever opens hundreds of connections would be given work to read.
                self.writer.transport.abort()
                return
            try:
                await super().run()
            finally:
                crowd.leave(key)

        async def _read_data(self) -> None:
            await super()._read_data()
            # The other side has hung up: waiting out the keep-alive time would only hold its place.
            await self.idle_task.stop()

    hypercorn_protocol.H11Protocol = OnlyHttp1  # type: ignore[attr-defined,misc]
    hypercorn_run.TCPServer = CountedServer  # type: ignore[attr-defined,misc]
