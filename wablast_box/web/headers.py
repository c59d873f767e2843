"""The security headers of every answer. A view that needs other ones sets them itself; nothing is overwritten."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

Headers = list[tuple[bytes, bytes]]
_POWERS = (
    "accelerometer", "display-capture", "gyroscope", "hid", "magnetometer", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
# Photos, voice messages and "where I am": for our own pages, and only after the person has allowed it.
_OWN_POWERS = ("camera", "geolocation", "microphone")
_STEADY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join([*(f"{power}=()" for power in _POWERS), *(f"{power}=(self)" for power in _OWN_POWERS)]),
    "cache-control": "no-store",
}


def dress(message: dict[str, Any], *, host: str, is_secure: bool, framing: str) -> None:
    """Add what a response does not say itself. `framing` is none, frames (the demo's page) or framed (the phone in it)."""
    headers = [(bytes(name), bytes(value)) for name, value in message.get("headers", ())]
    given = {name.lower() for name, _ in headers}
    message["headers"] = headers + [pair for pair in _headers(host, is_secure, framing) if pair[0] not in given]


@lru_cache(maxsize=64)
def _headers(host: str, is_secure: bool, framing: str) -> tuple[tuple[bytes, bytes], ...]:
    every = {**_STEADY, "content-security-policy": _policy(host, is_secure, framing)}
    if framing != "framed":
        every["x-frame-options"] = "DENY"
    if is_secure:
        every["strict-transport-security"] = "max-age=31536000"
    return tuple((name.encode(), value.encode("latin-1")) for name, value in every.items())


def _policy(host: str, is_secure: bool, framing: str) -> str:
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' blob: data:",
        "media-src": "'self' blob:",
        "font-src": "'self'",
        # 'self' covers web sockets in new browsers only.
        "connect-src": f"'self' {'wss' if is_secure else 'ws'}://{host}",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "frame-src": "'self'" if framing == "frames" else "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'self'" if framing == "framed" else "'none'",
        "require-trusted-types-for": "'script'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
