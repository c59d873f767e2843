"""Where a request comes from and under which name it asked for the box: host, address, security, cookie.

Only names on the list are answered. That is what stops a page of another site from reaching a box on this computer
by pointing its own name at 127.0.0.1.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from wablast_box.config import BootConfig
from wablast_box.engine.settings import store
from wablast_box.lib.errors import Invalid
from wablast_box.web.bridge import in_engine

KEY = "wablast_box.visit"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 — recognised, not bound
_ASK_AGAIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Visit:
    """`host` is the checked Host header, `public_origin` where links and proxies put the box."""

    host: str
    is_secure: bool
    address: str | None
    public_origin: str | None

    @property
    def origin(self) -> str:
        """How a browser names the box that it sees."""
        return f"{'https' if self.is_secure else 'http'}://{self.host}"

    @property
    def cookie_name(self) -> str:
        """Over https a name that browsers protect; else one per port, because browsers share cookies between ports."""
        if self.is_secure:
            return "__Host-wbx"
        port = urlsplit(f"//{self.host}").port
        return f"wbx_{port}" if port else "wbx"

    def is_own_origin(self, origin: str) -> bool:
        """Was a page with this origin served by this box?"""
        return origin == self.origin or (self.public_origin is not None and origin == self.public_origin)


class Visits:
    """Reads visits; knows the box's names and the proxies it trusts."""

    def __init__(self, config: BootConfig):
        self._names = _LOCAL | ({config.host.lower()} - _EVERYWHERE)
        # An address cannot be pointed anywhere else, so whoever listens everywhere may be called by any of them.
        self._takes_addresses = config.host in _EVERYWHERE
        self._configured_url = config.public_url
        self._proxies = networks(config.trusted_proxies)
        self._public_origin = _origin(config.public_url)
        self._asked_at = 0.0

    async def read(self, scope: Mapping[str, Any]) -> Visit | None:
        """The visit, or None when the box was called by a name that is not its own."""
        host = _host(scope)
        if host is None:
            return None
        if not self._is_ours(host):
            await self._ask_for_public_url()
            if not self._is_ours(host):
                return None
        return self._visit(scope, host)

    def _is_ours(self, host: str) -> bool:
        name = _name(host)
        if name is None:
            return False
        return name in self._names or name == self._public_name or (self._takes_addresses and _is_address(name))

    @property
    def _public_name(self) -> str | None:
        return urlsplit(self._public_origin).hostname if self._public_origin else None

    async def _ask_for_public_url(self) -> None:
        # The public address is a setting and may have changed; asking at most once a second bounds what strangers cost.
        moment = time.monotonic()
        if self._configured_url or moment - self._asked_at < _ASK_AGAIN_S:
            return
        self._asked_at = moment
        self._public_origin = _origin(await in_engine(store.get, "public_url"))

    def _visit(self, scope: Mapping[str, Any], host: str) -> Visit:
        peer = (scope.get("client") or (None,))[0]
        is_proxied = self._is_trusted(peer)
        address = self._client_address(scope, peer) if is_proxied else peer
        is_secure = (
            scope.get("scheme") in ("https", "wss")
            or (is_proxied and _header(scope, b"x-forwarded-proto").rpartition(",")[2].strip() == "https")
            or (self._public_origin is not None and self._public_origin == f"https://{host}")
        )
        return Visit(host, is_secure, address, self._public_origin)

    def _client_address(self, scope: Mapping[str, Any], peer: str | None) -> str | None:
        """Counted from the right: each trusted proxy vouches for the one before it, and nobody else is believed."""
        address = peer
        for hop in reversed(_header(scope, b"x-forwarded-for").split(",")):
            if not self._is_trusted(address) or not _is_address(hop.strip()):
                break
            address = hop.strip()
        return address

    def _is_trusted(self, address: str | None) -> bool:
        if not self._proxies or address is None or not _is_address(address):
            return False
        parsed = ipaddress.ip_address(address)
        return any(parsed in network for network in self._proxies)


def visit_of(scope: Mapping[str, Any]) -> Visit | None:
    """What the guard read about this request."""
    found: Visit | None = scope.get(KEY)
    return found


def _host(scope: Mapping[str, Any]) -> str | None:
    given = [value for name, value in scope["headers"] if name == b"host"]
    return given[0].decode("latin-1").lower() if len(given) == 1 else None


def _header(scope: Mapping[str, Any], name: bytes) -> str:
    return ",".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


def _name(host: str) -> str | None:
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018 — refuses a port that is none
    except ValueError:
        return None
    # What was parsed must be everything that was sent: no user, no path, nothing that a browser would read otherwise.
    return parts.hostname if parts.netloc == host and "@" not in host else None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _origin(url: str | None) -> str | None:
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc.lower()}" if parts.hostname else None


def networks(given: Iterable[str]) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """The trusted proxies as they were configured. Raises Invalid when one is no address."""
    try:
        return tuple(ipaddress.ip_network(text, strict=False) for text in given)
    except ValueError as wrong:
        raise Invalid(
            f"WABLAST_BOX_TRUSTED_PROXIES: {wrong}.",
            help="List addresses or networks, for example 10.0.0.1,172.16.0.0/12.",
            field="trusted_proxies",
        ) from wrong
