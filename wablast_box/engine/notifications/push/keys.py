"""Who we are to push services: one VAPID key a box (RFC 8292), made at first use and sealed."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wablast_box.engine.settings import secrets, store
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction

NAME = "vapid_key"
# Services take at most 24 hours.
LIFE_S = 12 * 3600


def public_key() -> str:
    """What browsers are given when they register: only who holds the other half may push to them."""
    return b64(_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def authorization(endpoint: str) -> str:
    """The header that proves to the push service of `endpoint` who we are."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(now().timestamp()) + LIFE_S, "sub": _contact()}
    unsigned = b64(orjson.dumps({"typ": "JWT", "alg": "ES256"})) + "." + b64(orjson.dumps(claims))
    r, s = decode_dss_signature(_key().sign(unsigned.encode(), ec.ECDSA(hashes.SHA256())))
    signature = b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={unsigned}.{signature}, k={public_key()}"


def b64(data: bytes) -> str:
    """Base64 for URLs, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes behind `b64`; ValueError when it is none."""
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _contact() -> str:
    """Whom a push service may write to when our pushes trouble it."""
    address, public = store.get("mail_from_address"), store.get("public_url")
    return f"mailto:{address}" if address else public or "mailto:nobody@example.com"


def _key() -> ec.EllipticCurvePrivateKey:
    known = secrets.read_secret(NAME)
    if known is None:
        known = _make()
    return ec.derive_private_key(int.from_bytes(unb64(known), "big"), ec.SECP256R1())


def _make() -> str:
    made = b64(ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32, "big"))
    with transaction():
        # Two browsers may register in the same moment: the first key stays.
        secrets.forget_cached()
        known = secrets.read_secret(NAME)
        if known is None:
            secrets.put_secret(NAME, made)
    return known or made
