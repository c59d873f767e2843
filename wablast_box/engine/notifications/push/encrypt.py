"""Encrypt for one browser (RFC 8291, aes128gcm): the push service carries it and cannot read it."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# Push services take 4096 bytes; header, mark and tag need some of them.
MAX_PLAIN = 3_900
_RECORD = 4_096
_LAST_RECORD = b"\x02"


def encrypt(plain: bytes, *, p256dh: bytes, auth: bytes) -> bytes:
    """The body of a push for the browser with these keys."""
    return encrypt_with(plain, p256dh=p256dh, auth=auth, salt=os.urandom(16), own=ec.generate_private_key(ec.SECP256R1()))


def encrypt_with(plain: bytes, *, p256dh: bytes, auth: bytes, salt: bytes, own: ec.EllipticCurvePrivateKey) -> bytes:
    """The same with a given salt and key of ours: the RFC's own example tests it."""
    if len(plain) > MAX_PLAIN:
        raise ValueError("this does not fit into a push")
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    ours = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = _derive(own.exchange(ec.ECDH(), theirs), salt=auth, info=b"WebPush: info\0" + p256dh + ours, length=32)
    key = _derive(shared, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derive(shared, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    header = salt + _RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return header + AESGCM(key).encrypt(nonce, plain + _LAST_RECORD, None)


def _derive(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
