"""Webhook bodies byte for byte as Meta writes and signs them."""

from __future__ import annotations

import hashlib
import hmac
import json


def encode(payload: object) -> bytes:
    """JSON as on Meta's wire: everything beyond ASCII as \\uXXXX in lower-case hex, and every slash escaped."""
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    return text.replace("/", "\\/").encode("ascii")


def signature(body: bytes, app_secret: str) -> str:
    """The value of X-Hub-Signature-256."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def appsecret_proof(access_token: str, app_secret: str) -> str:
    """What a careful client adds to each Graph call."""
    return hmac.new(app_secret.encode(), access_token.encode(), hashlib.sha256).hexdigest()
