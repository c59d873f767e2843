"""A Google of our own: account chooser, codes that work once, PKCE checked, RS256 tokens. It can also misbehave."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

CLIENT_ID, CLIENT_SECRET = "box.apps.googleusercontent.com", "GOCSPX-a-secret-of-the-console"


@dataclass
class Google:
    """`account` is who sits at the account chooser; `claims` and `header` are changed to lie."""

    url: str = ""
    account: dict[str, Any] = field(
        default_factory=lambda: {"sub": "1001", "email": "ravi@example.com", "email_verified": True, "name": "Ravi"}
    )
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    key: RSAPrivateKey = field(default_factory=lambda: generate_private_key(65537, 2048))
    signs_with: RSAPrivateKey | None = None
    broken: str | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def choose(self, url: str) -> dict[str, str]:
        """The person picks the account: the query that Google sends the browser back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["client_id"] == CLIENT_ID and asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split() and len(asked["state"]) >= 43 and len(asked["nonce"]) >= 43
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return {"state": asked["state"], "code": code}

    def token(self, asked: dict[str, str]) -> str:
        moment = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT_ID, "azp": CLIENT_ID, "iat": moment, "exp": moment + 3600, "nonce": asked["nonce"],
            **self.account, **self.claims,
        }  # fmt: skip
        head = _b64(json.dumps({"alg": "RS256", "kid": "key-1", "typ": "JWT", **self.header}).encode())
        body = _b64(json.dumps({name: value for name, value in claims.items() if value is not None}).encode())
        signature = (self.signs_with or self.key).sign(f"{head}.{body}".encode(), PKCS1v15(), SHA256())
        return f"{head}.{body}.{_b64(signature)}"

    def keys(self) -> dict[str, Any]:
        public = self.key.public_key().public_numbers()
        numbers = {"n": _b64(public.n.to_bytes(256, "big")), "e": _b64(public.e.to_bytes(3, "big"))}
        return {"keys": [{"kty": "RSA", "kid": "key-1", "use": "sig", "alg": "RS256", **numbers}]}

    def exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"] or form.get("grant_type") != "authorization_code":
            return 400, {"error": "invalid_grant"}
        if _b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest()) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant", "error_description": "PKCE"}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        return 200, {"access_token": "ya29.x", "expires_in": 3599, "token_type": "Bearer", "id_token": self.token(asked)}


class Handler(BaseHTTPRequestHandler):
    """What Google's servers do, for the Google that `serve` names."""

    pretend: Google

    def do_GET(self) -> None:
        self.pretend.asked.append(self.path)
        parts = urlsplit(self.path)
        if parts.path == "/o/oauth2/v2/auth":
            asked = parse_qs(parts.query)
            self._send(302, b"", {"Location": f"{asked['redirect_uri'][0]}?{urlencode(self.pretend.choose(self.path))}"})
        else:
            self._json(200, self.pretend.keys() if parts.path == "/oauth2/v3/certs" else {})

    def do_POST(self) -> None:
        self.pretend.asked.append(self.path)
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.pretend.broken == "html":
            self._send(200, b"<html>sorry</html>", {"Content-Type": "text/html"})
        elif self.pretend.broken == "large":
            self._send(200, b" " * 300_000, {})
        elif self.pretend.broken == "redirect":
            self._send(302, b"", {"Location": "http://127.0.0.1:9/"})
        elif self.pretend.broken:
            self._json(500, {"error": self.pretend.broken})
        else:
            self._json(*self.pretend.exchange({name: values[0] for name, values in form.items()}))

    def _json(self, status: int, body: dict[str, Any]) -> None:
        self._send(status, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def google() -> Iterator[Google]:
    """Running on a port of this machine."""
    pretend = Google()

    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Serving", (Handler,), {"pretend": pretend}))
    pretend.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield pretend
    finally:
        server.shutdown()
        server.server_close()


def _b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
