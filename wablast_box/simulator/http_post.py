"""The one place where the simulator itself calls out: webhooks to the box, and the check of a callback address."""

from __future__ import annotations

import http.client
import threading
from urllib.parse import urlencode, urlsplit

TIMEOUT_S = 10.0
_local = threading.local()


def post(url: str, headers: dict[str, str], body: bytes) -> int:
    """Post over a connection that this thread keeps open; 0 when nobody answers."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    # An idle connection may have been closed by the other side: that is worth one try on a new one.
    for fresh in (False, True):
        try:
            connection = _connection(parts.scheme, parts.netloc, fresh=fresh)
            connection.request("POST", target or "/", body=body, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            if fresh:
                return _failed()
        except (OSError, http.client.HTTPException):
            return _failed()
    return 0


def verify_callback(url: str, verify_token: str, challenge: str) -> bool:
    """Ask an address, as Meta does before it accepts it, to repeat the challenge."""
    parts = urlsplit(url)
    query = urlencode({"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token})
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=TIMEOUT_S)
    try:
        connection.request("GET", f"{parts.path or '/'}?{query}")
        answer = connection.getresponse()
        return answer.status == 200 and answer.read().decode(errors="replace").strip() == challenge
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _connection(scheme: str, netloc: str, *, fresh: bool) -> http.client.HTTPConnection:
    kept: dict[tuple[str, str], http.client.HTTPConnection] = _local.__dict__.setdefault("kept", {})
    key = (scheme, netloc)
    if fresh and key in kept:
        kept.pop(key).close()
    if key not in kept:
        kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
        kept[key] = kind(netloc, timeout=TIMEOUT_S)
    return kept[key]


def _failed() -> int:
    kept: dict[tuple[str, str], http.client.HTTPConnection] = _local.__dict__.get("kept", {})
    for connection in kept.values():
        connection.close()
    kept.clear()
    return 0
