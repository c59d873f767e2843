"""Was this webhook really sent by Meta? HMAC-SHA256 over the bytes as they came, compared in constant time.

Meta signs the escaped form that is on the wire: never parse and write the body again before checking it.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence

PREFIX = b"sha256="


def is_signed(raw: bytes, header: str | bytes | None, secrets: Sequence[bytes]) -> bool:
    """Never raises. `header` is X-Hub-Signature-256; several secrets are accepted while one replaces another."""
    given = _digest(header)
    if given is None:
        return False
    found = False
    for secret in secrets:
        # An empty secret would accept whoever signs with nothing. No early exit: how long it takes says nothing.
        found |= bool(secret) and hmac.compare_digest(_hex(raw, secret), given)
    return found


def sign(raw: bytes, secret: bytes) -> str:
    """The header that Meta would send with this body."""
    return (PREFIX + _hex(raw, secret)).decode("ascii")


def is_verify_token(given: str | bytes | None, expected: str) -> bool:
    """Is this the token that was agreed with Meta? Without an agreed token nobody passes."""
    if not given or not expected:
        return False
    offered = given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass")
    return hmac.compare_digest(offered, expected.encode("utf-8", "surrogatepass"))


def _digest(header: str | bytes | None) -> bytes | None:
    """What the header gives to compare: 64 lower-case hexadecimal digits, or nothing that equals any."""
    if isinstance(header, str):
        if not header.isascii():
            return None
        header = header.encode("ascii")
    if not isinstance(header, bytes) or not header.startswith(PREFIX):
        return None
    return header[len(PREFIX) :]


def _hex(raw: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, raw, "sha256").hex().encode("ascii")
