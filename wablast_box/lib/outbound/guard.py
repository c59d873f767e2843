"""Which addresses are for us: the form of a URL, the name behind it, and every address that the name stands for."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterable

import httpx

from wablast_box.lib.errors import Upstream

RESOLVE_S = 3.0
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
_listed: set[tuple[str, int]] = set()


class Refused(Upstream):
    """Not even tried. It never says why: open, closed and forbidden look alike."""

    def __init__(self) -> None:
        super().__init__("refused by egress policy", permanent=True, code="egress_refused")


def allow_addresses(entries: Iterable[str]) -> None:
    """Inside services that the owner has listed, each `HOST:PORT` exactly; replaces the former list."""
    _listed.clear()
    _listed.update((host.strip("[]"), int(port)) for host, _, port in (entry.rpartition(":") for entry in entries))


def is_listed(host: str, port: int) -> bool:
    """Has the owner listed this inside service?"""
    return (host.strip("[]"), port) in _listed


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

    It is looked at again for each connection. Without TLS only to inside services that the owner has listed.
    """
    parsed = checked_url(url)
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    if parsed.scheme != "https" and (parsed.host, port) not in _listed:
        raise Refused()
    address_for(parsed.host, port)
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


def address_for(host: str, port: int, *, near: bool = False) -> str:
    """One checked address of a name. A name with a single forbidden answer is refused whole: the next answer may be that one."""
    host = host.strip("[]")
    answers = _resolve(host, port)
    if ((host, port) in _listed or near) and answers and not any(is_never_near(address) for address in answers):
        return answers[0]
    if not answers or any(is_blocked(address) or _is_ours(address) for address in answers):
        raise Refused()
    return answers[0]


def is_never_near(address: str) -> bool:
    """Where clouds tell a machine its secrets, and what is no machine at all: not even when somebody says that it is theirs."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False  # a name: what stands behind it is looked at when it is called
    mapped = getattr(found, "ipv4_mapped", None)
    if mapped is not None:
        return is_never_near(str(mapped))
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
