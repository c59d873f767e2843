"""Serve a box: HTTP and sockets on one asyncio loop, until a signal or `stop` ends it.

The order of stopping keeps every promise: no new request, what was accepted is on disk, then the workers, then the
database. It fits into five seconds; work that is later than that is found again by the next start.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config as HypercornConfig

from wablast_box.app import Box, close_box, open_box
from wablast_box.config import BootConfig
from wablast_box.engine.events.live import use_carrier
from wablast_box.engine.notifications.links import use_base
from wablast_box.engine.notifications.presence import use_presence
from wablast_box.engine.ops import addresses, diagnostics
from wablast_box.engine.ops.opening import watch_database
from wablast_box.lib import collector, db
from wablast_box.lib.errors import BoxError, Unavailable
from wablast_box.web import bridge
from wablast_box.web.app import Asgi, Edge, create_edge
from wablast_box.web.connections import Crowd, make_strict

logger = logging.getLogger(__name__)

HTTP_S, DOOR_S, THREADS_S, POOL_S = 1.3, 0.5, 2.0, 0.4
# Whatever hangs then is cut off: everything that matters is on disk already.
LAST_RESORT_S = 4.8


@dataclass(slots=True)
class Server:
    """`run` blocks until it is over; `stop` may be called from any thread, also before `run`."""

    config: BootConfig
    mounts: Mapping[str, Asgi] = field(default_factory=dict)
    demo_phone_url: str | None = None
    # A socket that is bound already, and what to do before anybody is let in.
    listener: socket.socket | None = None
    prepare: Callable[[], None] | None = None
    # Start without plugins.
    safe_mode: bool = False
    # Called with the address once the box listens, in a thread of its own.
    when_ready: Callable[[str], None] | None = None
    _asked_to_stop: threading.Event = field(default_factory=threading.Event)
    _loop: asyncio.AbstractEventLoop | None = None
    _stop: asyncio.Event | None = None
    _lost: BoxError | None = None

    def run(self) -> None:
        """Open the box, serve, close it. Raises a BoxError when it cannot be opened, the port is taken or another box takes over."""
        box = open_box(self.config, safe_mode=self.safe_mode)
        try:
            if self.prepare is not None:
                self.prepare()
            listener = self.listener or listen(self.config.host, self.config.port)
            watch_database(self._end_because)
            asyncio.run(self._serve(box, listener))
        finally:
            close_box(box)
        if self._lost is not None:
            raise self._lost

    def stop(self) -> None:
        """End soon."""
        self._asked_to_stop.set()
        loop, stop = self._loop, self._stop
        if loop is not None and stop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(stop.set)

    def _end_because(self, lost: BoxError) -> None:
        # Two boxes on one database would send what is queued twice.
        self._lost = lost
        self.stop()

    async def _serve(self, box: Box, listener: socket.socket) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        owns_process = self._listen_to_signals()
        if self._asked_to_stop.is_set():
            self._stop.set()
        address = address_of(listener, self.config.host)
        addresses.use_addresses(local=address, public=self.config.public_url)
        use_base(addresses.base_url)
        edge = self._make_edge(box)
        box.folder.announce(address)
        make_strict(Crowd(self.config.trusted_proxies))
        try:
            serving = asyncio.create_task(_serve_http(edge, listener, self._stop))
            box.start()
            collector.settle()
            self._tell_ready(address)
            await self._until_stopped(serving, owns_process)
        finally:
            await _stop_everything(edge, box)

    def _make_edge(self, box: Box) -> Edge:
        bridge.use_thread_setup(db.connect_thread)
        bridge.use_translation(db.trouble_of)
        edge = create_edge(self.config, on_webhook_stored=box.processor.wake, demo_phone_url=self.demo_phone_url, mounts=self.mounts)
        edge.gateway.start()
        use_carrier(edge.gateway)
        use_presence(edge.gateway.present_users)
        diagnostics.use_gauge("open_sockets", lambda: edge.gateway.open_sockets)
        return edge

    def _tell_ready(self, address: str) -> None:
        logger.info("listening", extra={"address": address})
        if self.when_ready is not None:
            threading.Thread(target=self.when_ready, args=(address,), name="when-ready", daemon=True).start()

    async def _until_stopped(self, serving: asyncio.Task[None], owns_process: bool) -> None:
        assert self._stop is not None
        stopping = asyncio.create_task(self._stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if owns_process:
            last_resort = threading.Timer(LAST_RESORT_S, _cut_off)
            last_resort.daemon = True
            last_resort.start()
        stopping.cancel()
        await asyncio.wait({serving}, timeout=HTTP_S)
        if not serving.done():
            serving.cancel()
            await asyncio.wait({serving}, timeout=0.2)
        if serving.done() and not serving.cancelled():
            serving.result()

    def _listen_to_signals(self) -> bool:
        """SIGTERM and SIGINT end the box; False in a thread that may not hear signals."""
        assert self._loop is not None and self._stop is not None
        try:
            for name in (signal.SIGTERM, signal.SIGINT):
                self._loop.add_signal_handler(name, self._stop.set)
        except NotImplementedError:  # Windows
            for name in (signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGBREAK", signal.SIGINT)):
                signal.signal(name, lambda *_: self.stop())
        except (ValueError, RuntimeError):
            return False
        return True


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, or Unavailable that says who may have the port. Port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as refused:
        listener.close()
        raise Unavailable(
            f"The box cannot listen on {host}:{port}: {refused.strerror or refused}.",
            code="port_taken",
            help="Another program has this port. Stop it, or choose another one with --bind HOST:PORT.",
        ) from refused
    listener.setblocking(False)
    return listener


def address_of(listener: socket.socket, host: str) -> str:
    """Where a browser on this machine reaches the box."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "") else "localhost" if host in ("::", "::1") else host  # noqa: S104 - compared, not bound
    return f"http://{shown}:{listener.getsockname()[1]}"


async def _serve_http(edge: Edge, listener: socket.socket, stop: asyncio.Event) -> None:
    config = HypercornConfig()
    config.bind = [f"fd://{listener.detach()}"]
    config.accesslog = None
    config.errorlog = logging.getLogger("wablast_box.hypercorn")
    config.include_server_header = False
    config.backlog = 1024
    config.keep_alive_max_requests = 100_000
    config.h11_max_incomplete_size = 16 * 1024
    config.websocket_max_message_size = 64 * 1024
    config.graceful_timeout = HTTP_S - 0.3
    config.shutdown_timeout = 1.0

    async def until_sockets_are_closed() -> None:
        await stop.wait()
        # A server that waits for open sockets waits for ever (Python 3.12 and later).
        await edge.gateway.stop()

    await hypercorn_serve(edge.asgi, config, shutdown_trigger=until_sockets_are_closed)  # type: ignore[arg-type]


async def _stop_everything(edge: Edge, box: Box) -> None:
    """Doors are closed: commit what was accepted, then let the workers end."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(edge.door.close(), DOOR_S)
    await _in_time(box.stop, THREADS_S)
    await _in_time(bridge.close_pool, POOL_S)


async def _in_time(call: Callable[[], None], limit_s: float) -> None:
    done = asyncio.Event()
    loop = asyncio.get_running_loop()

    def run() -> None:
        try:
            call()
        finally:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(done.set)

    threading.Thread(target=run, name="stopping", daemon=True).start()
    try:
        await asyncio.wait_for(done.wait(), limit_s)
    except TimeoutError:
        logger.warning("something did not stop in time", extra={"what": getattr(call, "__qualname__", "")})


def _cut_off() -> None:
    logger.error("the box did not stop in time and is cut off; nothing that was accepted is lost")
    os._exit(1)
