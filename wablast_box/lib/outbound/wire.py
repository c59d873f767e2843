"""The wire under each request: a connection to the address that the guard looked at, one deadline, and so many at a time."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx

from wablast_box.lib.db import in_transaction
from wablast_box.lib.errors import Upstream
from wablast_box.lib.outbound.guard import Refused, address_for

CONNECT_S, TOTAL_S = 3.0, 30.0
MAX_ANSWER, MAX_HEADER_LINES, AT_ONCE = 5 * 1024 * 1024, 100, 20
_TIMEOUTS = {"connect": CONNECT_S, "read": TOTAL_S, "write": TOTAL_S, "pool": CONNECT_S}
_slots = threading.BoundedSemaphore(AT_ONCE)

# Status, headers, and the body in pieces.
Given = tuple[int, Mapping[str, str], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Deadline:
    """When the request that is on the wire now must be over, and whether anything has come since it began."""

    until: float
    heard: bool = False

    def left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this request is over")
        return left


@contextmanager
def on_the_way(until: float) -> Iterator[None]:
    """One of the few places for requests that are on their way, and what goes wrong there in our own words."""
    if in_transaction():
        raise RuntimeError("the network is asked outside transactions")
    if not _slots.acquire(timeout=max(0.0, until - time.monotonic())):
        raise Upstream("Too many requests are on their way.", retry_after_s=5)
    try:
        yield
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ssl.SSLError, OSError) as failed:
        raise Upstream("The server could not be reached.", retry_after_s=60) from failed
    finally:
        _slots.release()


def never_left(failed: Upstream) -> bool:
    """Is it sure that the server got nothing of the request: no connection, or no place for it?"""
    return not failed.permanent and isinstance(failed.__cause__, httpcore.ConnectError | httpcore.ConnectTimeout | OSError | None)


def dial(url: httpx.URL, deadline: Deadline, *, near: bool = False) -> httpcore.HTTPConnection:
    """A connection to one origin. It is made by the first request on it; close it."""
    return httpcore.HTTPConnection(origin_of(url), ssl_context=_tls(), network_backend=_Pinned(deadline, near=near))


def origin_of(url: httpx.URL) -> httpcore.Origin:
    """Scheme, host and port."""
    return httpcore.URL(str(url)).origin


@contextmanager
def exchange(
    connection: httpcore.HTTPConnection,
    method: str,
    url: httpx.URL,
    headers: Mapping[str, str],
    content: bytes | Iterator[bytes],
    size: int,
) -> Iterator[Given]:
    """One request on a connection, and its answer."""
    sent = {"Host": url.netloc.decode(), "User-Agent": "wablast-box", "Accept-Encoding": "identity", **headers}
    if method not in ("GET", "HEAD"):
        sent["Content-Length"] = str(size)
    with connection.stream(method, str(url), headers=_sent(sent), content=content, extensions={"timeout": _TIMEOUTS}) as response:
        yield response.status, _headers(response.headers), response.iter_stream()


def whole(pieces: Iterable[bytes], max_bytes: int) -> bytes:
    """The body, when it is not too large."""
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > max_bytes:
            raise Upstream("The answer of the server is too large.", permanent=True)
    return bytes(body)


def _sent(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """People's names stand in headers too: as UTF-8, which every server of today takes."""
    return [(name.encode(), text.encode()) for name, text in headers.items()]


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    if len(raw) > MAX_HEADER_LINES:
        raise Upstream("The answer of the server is not acceptable.", permanent=True)
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Pinned(httpcore.NetworkBackend):
    """Resolves once, looks at every answer, connects to what it looked at, and keeps one deadline for everything."""

    def __init__(self, deadline: Deadline, *, near: bool):
        self._deadline, self._near = deadline, near
        self._wire = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        address = address_for(host, port, near=self._near)
        left = min(CONNECT_S, self._deadline.left())
        return _Timed(self._wire.connect_tcp(address, port, left, local_address, socket_options), self._deadline)

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> httpcore.NetworkStream:
        raise Refused()


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait ends at the same moment: a server that drips cannot hold us."""

    def __init__(self, wire: httpcore.NetworkStream, deadline: Deadline):
        self._wire, self._deadline = wire, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        got = self._wire.read(max_bytes, timeout=self._deadline.left())
        self._deadline.heard = self._deadline.heard or bool(got)
        return got

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._wire.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._wire.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> _Timed:
        return _Timed(self._wire.start_tls(ssl_context, server_hostname, timeout=self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._wire.get_extra_info(info)
