"""The one door to addresses that somebody else chose: a browser's push service, a server that a setting names.

A guard that only reads the URL is fooled by the next DNS answer. So the name is resolved once, here, every answer is
looked at, and the connection goes to the address that was looked at; TLS still checks the name. No proxies of the
environment, no redirects unless asked for, and the same refusal whatever stands behind the address.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urljoin

import httpcore
import httpx

from wablast_box.lib.db import in_transaction
from wablast_box.lib.errors import Upstream

CONNECT_S, TOTAL_S, RESOLVE_S = 3.0, 30.0, 3.0
MAX_ANSWER, MAX_HEADER_LINES, AT_ONCE = 5 * 1024 * 1024, 100, 20
PORTS = frozenset({80, 443, 8080, 8443})
# Python's is_private and is_global disagree with IANA's registries in both directions; these lists are the registries.
_BLOCKED_V4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
_BLOCKED_V6 = tuple(
    ipaddress.IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)  # fmt: skip
_slots = threading.BoundedSemaphore(AT_ONCE)
_listed: set[tuple[str, int]] = set()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Refused(Upstream):
    """Not even tried. It never says why: open, closed and forbidden look alike."""

    def __init__(self) -> None:
        super().__init__("refused by egress policy", permanent=True, code="egress_refused")


def allow_addresses(entries: Iterable[str]) -> None:
    """Inside services that the owner has listed, each `HOST:PORT` exactly; replaces the former list."""
    _listed.clear()
    _listed.update((host.strip("[]"), int(port)) for host, _, port in (entry.rpartition(":") for entry in entries))


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    redirects: int = 0,
    max_bytes: int = MAX_ANSWER,
    total_s: float = TOTAL_S,
) -> Answer:
    """Ask once. Refused when the address is not for us; Upstream when nobody answers in time or too much comes back."""
    if in_transaction():
        raise RuntimeError("the network is asked outside transactions")
    until, given = time.monotonic() + total_s, dict(headers or {})
    for _ in range(redirects + 1):
        target = checked_url(url)
        answer = _ask(method, target, given, content, max_bytes, until)
        if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers or redirects == 0:
            return answer
        url = urljoin(str(target), answer.headers["location"])
        if checked_url(url).netloc != target.netloc:
            given = {}  # what was meant for one origin is not for another
        if answer.status in (301, 302, 303) and method != "GET":
            method, content = "GET", b""
    raise Upstream("The server sends us round in circles.", permanent=True)


def checked_url(url: str, *, any_port: bool = False) -> httpx.URL:
    """The URL when its form is allowed: http or https, no user in it, a port for the web; else Refused."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError) as broken:
        raise Refused() from broken
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo:
        raise Refused()
    if not any_port and port not in PORTS and (parsed.host, port) not in _listed:
        raise Refused()
    return parsed


def checked_target(url: str) -> str:
    """An address that somebody wants the box to send to, looked at before it is kept; Refused when it is not for us.

    It is looked at again each time something is sent. Without TLS only to inside services that the owner has listed.
    """
    parsed = checked_url(url)
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    if parsed.scheme != "https" and (parsed.host, port) not in _listed:
        raise Refused()
    _address_for(parsed.host, port)
    return str(parsed)


def is_blocked(address: str) -> bool:
    """Is this address one that no request from here may reach?"""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return True
    if isinstance(found, ipaddress.IPv4Address):
        return any(found in block for block in _BLOCKED_V4)
    return found.scope_id is not None or found not in _OPEN_V6 or any(found in block for block in _BLOCKED_V6)


def _ask(method: str, url: httpx.URL, headers: Mapping[str, str], content: bytes, max_bytes: int, until: float) -> Answer:
    with _exchange(method, url, headers, content, len(content), until, near=False) as (status, given, pieces):
        return Answer(status, given, _body(pieces, max_bytes))


@contextmanager
def stream(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    content: bytes | Iterator[bytes] = b"",
    size: int = 0,
    near: bool = False,
    total_s: float = TOTAL_S,
) -> Iterator[tuple[int, Mapping[str, str], Iterator[bytes]]]:
    """Ask once with a body of `size` bytes, and read the answer piece by piece: status, headers, pieces.

    `near`: the owner has said that this server stands in their own network, on whichever port.
    """
    if in_transaction():
        raise RuntimeError("the network is asked outside transactions")
    target = checked_url(url, any_port=near)
    with _exchange(method, target, headers, content, size, time.monotonic() + total_s, near=near) as answer:
        yield answer


@contextmanager
def _exchange(
    method: str, url: httpx.URL, headers: Mapping[str, str], content: bytes | Iterator[bytes], size: int, until: float, *, near: bool
) -> Iterator[tuple[int, Mapping[str, str], Iterator[bytes]]]:
    if not _slots.acquire(timeout=max(0.0, until - time.monotonic())):
        raise Upstream("Too many requests are on their way.", retry_after_s=5)
    sent = {"Host": url.netloc.decode(), "User-Agent": "wablast-box", "Accept-Encoding": "identity", **headers}
    if method not in ("GET", "HEAD"):
        sent["Content-Length"] = str(size)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_tls(), network_backend=_Pinned(until, near=near)) as pool,
            pool.stream(method, str(url), headers=list(sent.items()), content=content, extensions={"timeout": _timeouts()}) as response,
        ):
            yield response.status, _headers(response.headers), response.iter_stream()
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ssl.SSLError, OSError) as failed:
        raise Upstream("The server could not be reached.", retry_after_s=60) from failed
    finally:
        _slots.release()


def _timeouts() -> dict[str, float]:
    return {"connect": CONNECT_S, "read": TOTAL_S, "write": TOTAL_S, "pool": CONNECT_S}


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    if len(raw) > MAX_HEADER_LINES:
        raise Upstream("The answer of the server is not acceptable.", permanent=True)
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}


def _body(pieces: Iterable[bytes], max_bytes: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > max_bytes:
            raise Upstream("The answer of the server is too large.", permanent=True)
    return bytes(body)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Pinned(httpcore.NetworkBackend):
    """Resolves once, looks at every answer, connects to what it looked at, and keeps one deadline for everything."""

    def __init__(self, until: float, *, near: bool):
        self._until, self._near = until, near
        self._wire = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        address = _address_for(host, port, near=self._near)
        left = min(CONNECT_S, _left(self._until))
        return _Timed(self._wire.connect_tcp(address, port, left, local_address, socket_options), self._until)

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> httpcore.NetworkStream:
        raise Refused()


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait ends at the same moment: a server that drips cannot hold us."""

    def __init__(self, wire: httpcore.NetworkStream, until: float):
        self._wire, self._until = wire, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._wire.read(max_bytes, timeout=_left(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._wire.write(buffer, timeout=_left(self._until))

    def close(self) -> None:
        self._wire.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> _Timed:
        return _Timed(self._wire.start_tls(ssl_context, server_hostname, timeout=_left(self._until)), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._wire.get_extra_info(info)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this request is over")
    return left


def _address_for(host: str, port: int, *, near: bool = False) -> str:
    """One checked address of a name. A name with a single forbidden answer is refused whole: the next answer may be that one."""
    host = host.strip("[]")
    answers = _resolve(host, port)
    if (host, port) in _listed and answers:
        return answers[0]
    if near and answers and not any(_is_never_near(address) for address in answers):
        return answers[0]
    if not answers or any(is_blocked(address) or _is_ours(address) for address in answers):
        raise Refused()
    return answers[0]


def _is_never_near(address: str) -> bool:
    """Where clouds tell a machine its secrets, and what is no machine at all: not even when somebody says that it is theirs."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return found.is_link_local or found.is_multicast or found.is_unspecified or str(found) in ("168.63.129.16", "fd00:ec2::254")


def _resolve(host: str, port: int) -> list[str]:
    """What the system's resolver says within three seconds; it knows no time limit of its own."""
    found: list[str] = []

    def ask() -> None:
        try:
            found.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            found.clear()

    asking = threading.Thread(target=ask, name="resolve", daemon=True)
    asking.start()
    asking.join(RESOLVE_S)
    return [] if asking.is_alive() else list(found)


def _is_ours(address: str) -> bool:
    """Is this one of the machine's own addresses? The way there then begins where it ends. Nothing is sent."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
            return bool(probe.getsockname()[0] == address)
    except OSError:
        return False
