"""Google's id token: signed by Google, for this box, for this sign-in, just now, about a confirmed e-mail. Anything else is refused."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from wablast_box.lib.clock import now_ms
from wablast_box.lib.errors import Denied

LEEWAY_S = 60
_LEAST_BITS = 2048


@dataclass(frozen=True, slots=True)
class Person:
    """Who Google says it is."""

    issuer: str
    subject: str
    email: str
    name: str


def read_token(
    token: str, *, client_id: str, nonce: str, issuers: frozenset[str], key_of: Callable[[str], dict[str, Any] | None]
) -> Person:
    """The person in the token, or Denied."""
    claims = _verified(token, key_of)
    audience = claims.get("aud")
    issuer, subject, email = claims.get("iss"), claims.get("sub"), claims.get("email")
    moment = now_ms() // 1000
    checks = (
        isinstance(issuer, str) and issuer in issuers,
        audience == client_id and claims.get("azp", client_id) == client_id,
        _is_number(claims.get("exp")) and claims["exp"] > moment - LEEWAY_S,
        _is_number(claims.get("iat")) and claims["iat"] < moment + LEEWAY_S,
        isinstance(claims.get("nonce"), str) and hmac.compare_digest(claims["nonce"].encode(), nonce.encode()),
        isinstance(subject, str) and 0 < len(subject) <= 255,
        isinstance(email, str) and 0 < len(email) <= 254,
    )
    if not all(checks):
        raise refused()
    if claims.get("email_verified") is not True:
        raise Denied("Google has not confirmed this e-mail address.", code="google_unverified", help="Confirm it at Google first.")
    name = claims.get("name")
    return Person("https://accounts.google.com" if issuer == "accounts.google.com" else str(issuer), str(subject), str(email).lower(),
                  name if isinstance(name, str) else "")  # fmt: skip


def refused() -> Denied:
    """One answer to everything that is not as it must be."""
    return Denied("Google's answer does not fit this sign-in.", code="google_refused", help="Start again from the sign-in page.")


def _verified(token: str, key_of: Callable[[str], dict[str, Any] | None]) -> dict[str, Any]:
    parts = token.split(".")
    if len(parts) != 3 or len(token) > 16_384:
        raise refused()
    header, claims = _json(parts[0]), _json(parts[1])
    # One algorithm. What the token says of itself decides nothing but which of Google's keys is tried.
    if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
        raise refused()
    key = key_of(header["kid"])
    if key is None or key.get("kty") != "RSA" or key.get("use", "sig") != "sig":
        raise refused()
    try:
        public = RSAPublicNumbers(_integer(key["e"]), _integer(key["n"])).public_key()
        if public.key_size < _LEAST_BITS:
            raise refused()
        public.verify(_bytes(parts[2]), f"{parts[0]}.{parts[1]}".encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError, KeyError, TypeError) as broken:
        raise refused() from broken
    return claims


def _json(part: str) -> dict[str, Any]:
    try:
        found = orjson.loads(_bytes(part))
    except ValueError as broken:
        raise refused() from broken
    if not isinstance(found, dict):
        raise refused()
    return found


def _bytes(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _integer(part: str) -> int:
    return int.from_bytes(_bytes(part), "big")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
