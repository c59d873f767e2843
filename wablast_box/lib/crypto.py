"""Sealing credentials at rest, hashing what is only compared, and comparing in constant time."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wablast_box.lib.errors import Unavailable

_VERSION = b"\x01"
_NONCE_BYTES = 12


def load_or_make_key(path: Path) -> bytes:
    """The 256-bit key of this data folder; made on first use, readable by the owner only."""
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        key = _make_key(path)
    if len(key) != 32:
        raise Unavailable(
            f"{path.name} is damaged: it should hold 32 bytes.", help="Put back the key file that belongs to this data folder."
        )
    return key


def seal(key: bytes, plaintext: bytes, *, place: str) -> bytes:
    """Encrypt with AES-256-GCM. `place` (table|column|row) is bound in, so a value cannot be moved to another row."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plaintext, place.encode())


def unseal(key: bytes, sealed: bytes, *, place: str) -> bytes:
    """The plaintext, or Unavailable when the key file is not the one that sealed it."""
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, place.encode())
    except (InvalidTag, ValueError) as broken:
        raise Unavailable(
            "A stored credential cannot be opened with this key file.",
            help="Put back the secrets.key that belongs to this data folder, or enter the credential again.",
        ) from broken


def new_token(prefix: str = "") -> str:
    """A random token of 256 bits, safe in URLs."""
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token: enough to recognise it, useless to a thief."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same(left: bytes, right: bytes) -> bool:
    """Equal, in constant time."""
    return hmac.compare_digest(left, right)


def _make_key(path: Path) -> bytes:
    key = os.urandom(32)
    # O_EXCL: two starts at once must not each believe in a key of their own.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key
