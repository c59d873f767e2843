"""What must be known before the database opens: environment, flags, nothing else. Everything else is a setting in the product."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from wablast_box.lib.errors import Invalid

DEFAULT_BIND = "127.0.0.1:8422"
DEFAULT_GRAPH_URL = "https://graph.facebook.com"
DEFAULT_GOOGLE_URL = "https://accounts.google.com"
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class BootConfig:
    """Where the data lives, where to listen, and which outside worlds to talk to."""

    data_dir: Path
    bind: str = DEFAULT_BIND
    public_url: str | None = None
    graph_url: str = DEFAULT_GRAPH_URL
    google_url: str = DEFAULT_GOOGLE_URL
    database_url: str | None = None
    log_level: str = "info"
    trusted_proxies: tuple[str, ...] = ()
    # Servers in the owner's own network, HOST:PORT exactly, that the box may send to.
    inside_addresses: tuple[str, ...] = ()

    @property
    def database(self) -> str:
        """The database's URL: the file in the data folder unless one is given."""
        return self.database_url or f"sqlite:///{self.data_dir / 'box.db'}"

    @property
    def host(self) -> str:
        return self.bind.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.bind.rpartition(":")[2])


def load_config(given: Mapping[str, str | None], environment: Mapping[str, str] = os.environ) -> BootConfig:
    """Flags win over `WABLAST_BOX_…`; Invalid names the wrong setting and the fix."""

    def value(name: str) -> str | None:
        return given.get(name) or environment.get(f"WABLAST_BOX_{name.upper()}") or None

    bind = _bind(value("bind") or DEFAULT_BIND)
    return BootConfig(
        data_dir=Path(value("data_dir") or default_data_dir()).expanduser().resolve(),
        bind=bind,
        public_url=_url("WABLAST_BOX_PUBLIC_URL", value("public_url")),
        graph_url=_url("WABLAST_BOX_GRAPH_URL", value("graph_url")) or DEFAULT_GRAPH_URL,
        google_url=_url("WABLAST_BOX_GOOGLE_URL", value("google_url")) or DEFAULT_GOOGLE_URL,
        database_url=_database_url(value("database_url")),
        log_level=_log_level(value("log_level") or "info"),
        trusted_proxies=tuple(part.strip() for part in (value("trusted_proxies") or "").split(",") if part.strip()),
        inside_addresses=_inside(value("inside_addresses") or "", bind.rpartition(":")[2]),
    )


def default_data_dir() -> Path:
    """Where a box lives when nobody says otherwise."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "wablast-box"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "wablast-box"


def _bind(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise Invalid(f"WABLAST_BOX_BIND is “{text}”, which is not HOST:PORT.", help="For example 127.0.0.1:8422.", field="bind")
    return text


def _url(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Invalid(f"{name} is “{text}”, which is not a web address.", help="For example https://box.example.com.", field=name)
    return text.rstrip("/")


def _inside(text: str, own_port: str) -> tuple[str, ...]:
    listed = tuple(part.strip() for part in text.split(",") if part.strip())
    for one in listed:
        host, _, port = one.rpartition(":")
        # Neither a whole network, nor where clouds tell a machine its secrets, nor the box itself.
        is_ours = port == own_port and host.strip("[]") in ("127.0.0.1", "localhost", "::1")
        if is_ours or not host or not port.isdigit() or int(port) > 65535 or "*" in host or "/" in host or host.startswith("169.254."):
            raise Invalid(
                f"WABLAST_BOX_INSIDE_ADDRESSES holds “{one}”, which is not the HOST:PORT of one server.",
                help="For example 192.168.1.20:8069. Several are separated by commas.",
                field="inside_addresses",
            )
    return listed


def _database_url(text: str | None) -> str | None:
    if text and not text.startswith(("postgresql://", "postgres://", "sqlite:///")):
        raise Invalid("WABLAST_BOX_DATABASE_URL must begin with postgresql:// or sqlite:///.", field="database_url")
    return text


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise Invalid(f"WABLAST_BOX_LOG_LEVEL is “{text}”; it can be {', '.join(LOG_LEVELS)}.", field="log_level")
    return text.lower()
