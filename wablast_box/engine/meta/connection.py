"""This box's own connection to Graph, made from what is stored and made anew when a credential changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from wablast_box.engine.meta.client import GRAPH_URL, GraphClient
from wablast_box.engine.settings import secrets, store
from wablast_box.lib.errors import Unavailable


@dataclass(slots=True)
class _Connection:
    url: str = GRAPH_URL
    made_from: tuple[str, ...] = ()
    client: GraphClient | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_connection = _Connection()


def use_graph_url(url: str) -> None:
    """Which Graph this box speaks to; the composition root says so once."""
    close_connection()
    _connection.url = url


def graph_url() -> str:
    return _connection.url


def our_client() -> GraphClient:
    """The client with the stored token; Unavailable as long as none is stored."""
    token = secrets.read_secret("access_token")
    if token is None:
        raise Unavailable(
            "No WhatsApp number is connected yet.", code="not_connected", help="Enter the number's credentials in the set-up."
        )
    made_from = (_connection.url, store.get("graph_version"), token, secrets.read_secret("app_secret") or "")
    with _connection.lock:
        if _connection.client is None or _connection.made_from != made_from:
            # The old client is left to its callers: a call may be on its way.
            _connection.client = client_for(token, app_secret=made_from[3] or None)
            _connection.made_from = made_from
        return _connection.client


def client_for(token: str, *, app_secret: str | None = None) -> GraphClient:
    """A client with a token that is not stored (yet)."""
    return GraphClient(_connection.url, store.get("graph_version"), token, app_secret=app_secret)


def close_connection() -> None:
    """Let go of the sockets."""
    with _connection.lock:
        client, _connection.client = _connection.client, None
    if client is not None:
        client.close()
