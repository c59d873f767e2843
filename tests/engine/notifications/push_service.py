"""A push service and a browser of our own: the service checks who pushes, the browser opens what was sealed for it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """What a browser keeps of its registration. It decrypts by the RFC's steps, written out a second time."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def p256dh(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def opens(self, body: bytes) -> Any:
        salt, length = body[:16], body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        first = _hmac(_hmac(self.auth, shared), b"WebPush: info\0" + self.p256dh + theirs + b"\1")
        second = _hmac(salt, first)
        key, nonce = _hmac(second, b"Content-Encoding: aes128gcm\0\1")[:16], _hmac(second, b"Content-Encoding: nonce\0\1")[:12]
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\2")
        return json.loads(plain[:-1])


@dataclass
class PushService:
    """RFC 8030 and 8292 as far as a box needs them."""

    port: int = 0
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    pushed: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def endpoint(self, name: str) -> str:
        return f"https://localhost:{self.port}/push/{name}"

    def opened(self, name: str, browser: Browser) -> list[Any]:
        """What the browser with this endpoint has been told."""
        return [browser.opens(body) for path, _, body in self.pushed if path == f"/push/{name}"]


@contextmanager
def running(service: PushService, certificate: Path) -> Iterator[PushService]:
    """The service on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known = {name.lower(): value for name, value in self.headers.items()}
            status = service.status if _is_signed(known, service.port) else 403
            if status == 201:
                service.pushed.append((self.path, known, body))
            self.send_response(status)
            for name, value in service.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        http.socket = context.wrap_socket(http.socket, server_side=True)
        service.port = http.server_address[1]
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        yield service
        http.shutdown()


def _is_signed(headers: dict[str, str], port: int) -> bool:
    """As a push service does: the token is for this origin, in date, and signed by the key that stands beside it."""
    scheme, _, rest = headers["authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    raw = unb64(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(parts["k"]))
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    said = json.loads(unb64(claims))
    is_ours = said["aud"] == f"https://localhost:{port}" and said["sub"].startswith(("mailto:", "https:"))
    return scheme == "vapid" and is_ours and headers["content-encoding"] == "aes128gcm"


def _hmac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()
