"""The one door to Google: a code for a token, and the keys that sign tokens. Fixed addresses, limits in time and size."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx
import orjson

from wablast_box.engine.team.google.config import addresses
from wablast_box.lib.db import in_transaction
from wablast_box.lib.errors import Upstream

_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_MOST_BYTES = 256 * 1024
_KEYS_FOR_S = 3600.0
_kept: dict[str, tuple[float, dict[str, Any]]] = {}
_lock = threading.Lock()


def exchange(code: str, *, verifier: str, redirect_uri: str, client_id: str, client_secret: str) -> str:
    """The id token behind an authorisation code."""
    form = {
        "grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": redirect_uri,
        "client_id": client_id, "client_secret": client_secret,
    }  # fmt: skip
    token = _call("POST", addresses().token, form).get("id_token")
    if not isinstance(token, str):
        raise _failed("no id token in the answer")
    return token


def signing_key(kid: str) -> dict[str, Any] | None:
    """Google's public key of this id. It changes its keys every few days: one that is not known yet is asked for once."""
    with _lock:
        at, keys = _kept.get(addresses().keys, (0.0, {}))
        # A minute's rest between questions: a token with an invented key must not make us call each time.
        if (kid not in keys and time.monotonic() - at > 60) or time.monotonic() - at > _KEYS_FOR_S:
            found = _call("GET", addresses().keys).get("keys")
            keys = {str(key.get("kid")): key for key in found if isinstance(key, dict)} if isinstance(found, list) else {}
            _kept[addresses().keys] = (time.monotonic(), keys)
    return keys.get(kid)


def forget_keys() -> None:
    """Ask again: for tests, whose Google has other keys."""
    _kept.clear()


def _call(method: str, url: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    if in_transaction():
        raise RuntimeError("no network inside a transaction")
    try:
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=_TIMEOUT) as http,
            http.stream(method, url, data=form, headers={"Accept": "application/json", "Accept-Encoding": "identity"}) as answer,
        ):
            body = b""
            for piece in answer.iter_raw():
                body += piece
                if len(body) > _MOST_BYTES:
                    raise _failed("the answer is too large")
            status = answer.status_code
    except httpx.HTTPError as lost:
        raise _failed(type(lost).__name__) from None
    if status != 200:
        raise _failed(f"status {status}")
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _failed("not JSON") from None
    if not isinstance(found, dict):
        raise _failed("not an object")
    return found


def _failed(why: str) -> Upstream:
    return Upstream(f"Google could not be asked ({why}).", code="google_failed", help="Try again, or sign in with your password.")
