"""The one door to Graph: authorisation, limits in time and size, one mapping of answers to errors.

Synchronous and shared by threads. Refuses to work inside a database transaction, follows no redirect, and never
lets a token reach a log or an error text.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, urlsplit

import httpx
import orjson

from wablast_box.engine.meta.errors import GraphError, RateLimited, Rejected, Retry, TemporarilyDown, Unclear, graph_error
from wablast_box.lib.db import in_transaction
from wablast_box.lib.errors import Invalid, Upstream

GRAPH_URL = "https://graph.facebook.com"
GRAPH_VERSION = "v24.0"
CONNECT_S, TOTAL_S, TRANSFER_S = 5.0, 30.0, 300.0
MAX_JSON_BYTES = 5 * 1024 * 1024
MEDIA_HOSTS = ("fbsbx.com", "facebook.com", "whatsapp.net")

# These two write every address at INFO, and Graph wants some secrets in the address.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Downloaded:
    size: int
    mime_type: str | None
    digest: bytes


class GraphClient:
    """`base_url` and `version` are settings; `token` belongs to that origin and goes nowhere else but Meta's media hosts."""

    def __init__(
        self,
        base_url: str,
        version: str,
        token: str,
        *,
        app_secret: str | None = None,
        transport: httpx.BaseTransport | None = None,
    ):
        self._origin = base_url.rstrip("/")
        self._root = f"{self._origin}/{version}"
        self._token = token
        self._proof = {"appsecret_proof": appsecret_proof(app_secret, token)} if app_secret else {}
        self._http = httpx.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(TOTAL_S, connect=CONNECT_S),
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=16),
        )

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **params: str) -> dict[str, Any]:
        return self._call("GET", path, params=params)

    def post(self, path: str, body: Mapping[str, Any] | None = None, **params: str) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        return self._call("POST", path, params=params, content=orjson.dumps(body or {}), headers=headers)

    def delete(self, path: str, body: Mapping[str, Any] | None = None, **params: str) -> dict[str, Any]:
        if body is None:
            return self._call("DELETE", path, params=params)
        return self._call("DELETE", path, params=params, content=orjson.dumps(body), headers={"Content-Type": "application/json"})

    def upload(self, path: str, *, file: BinaryIO, filename: str, mime_type: str, **fields: str) -> dict[str, Any]:
        """A multipart form with the file, read as it is sent."""
        parts = {"file": (filename, file, mime_type)}
        return self._call("POST", path, data=fields, files=parts, total_s=TRANSFER_S)

    def resumable(self, method: str, session: str, content: bytes = b"", *, offset: int = 0) -> dict[str, Any]:
        """Ask how far an upload is (GET), or send what is left of it (POST). `session` is the address that Meta named for it."""
        path, _, query = session.partition("?")
        headers = {"Authorization": f"OAuth {self._token}"} | ({"file_offset": str(offset)} if method == "POST" else {})
        return self._call(method, path, params=dict(parse_qsl(query)), content=content[offset:], headers=headers, total_s=TRANSFER_S)

    def inspect_token(self) -> dict[str, Any]:
        """What Meta knows about our own token: validity, permissions, expiry."""
        return self._call("GET", "debug_token", params={"input_token": self._token})

    def download(self, url: str, into: BinaryIO, *, max_bytes: int) -> Downloaded:
        """Write what `url` holds to `into`; only from Meta's media hosts, because the token goes along."""
        self._check_host(url)
        try:
            with self._answer("GET", url, headers={"Accept-Encoding": "identity"}) as answer:
                return self._store(answer, into, max_bytes)
        except Unclear as lost:
            raise harmless(lost) from None

    def _store(self, answer: httpx.Response, into: BinaryIO, max_bytes: int) -> Downloaded:
        deadline, size, digest = time.monotonic() + TRANSFER_S, 0, hashlib.sha256()
        if answer.status_code != 200:
            interpret(answer.status_code, answer.headers, read_capped(answer, deadline, MAX_JSON_BYTES))
            raise Unclear("no file in the answer", http_status=answer.status_code)
        if answer.headers.get("content-encoding", "identity") != "identity":
            # We asked for none: unpacked in one piece it could fill the memory.
            raise Unclear("the file came compressed", http_status=answer.status_code)
        for chunk in chunks(answer, deadline):
            size += len(chunk)
            if size > max_bytes:
                raise Invalid(
                    f"The file is larger than {max_bytes / (1024 * 1024):g} MB.",
                    code="too_large",
                    help="Ask the customer to send a smaller file, or raise the limit in the settings.",
                )
            digest.update(chunk)
            into.write(chunk)
        kind = answer.headers.get("content-type")
        return Downloaded(size, kind.split(";")[0].strip().lower() if kind else None, digest.digest())

    def _call(self, method: str, path: str, *, total_s: float = TOTAL_S, **request: Any) -> dict[str, Any]:
        deadline = time.monotonic() + total_s
        request["params"] = self._proof | request.get("params", {})
        try:
            with self._answer(method, f"{self._root}/{path.lstrip('/')}", **request) as answer:
                body = read_capped(answer, deadline, MAX_JSON_BYTES)
            return interpret(answer.status_code, answer.headers, body)
        except Unclear as lost:
            if method == "GET":
                raise harmless(lost) from None
            raise

    @contextmanager
    def _answer(self, method: str, url: str, **request: Any) -> Iterator[httpx.Response]:
        if in_transaction():
            raise RuntimeError("Graph was called inside a database transaction.")
        headers = {"Authorization": f"Bearer {self._token}"} | request.pop("headers", {})
        try:
            with self._http.stream(method, url, headers=headers, **request) as answer:
                yield answer
        except (httpx.HTTPError, httpx.InvalidURL) as failed:
            raise interpret_failure(failed) from None

    def _check_host(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            host, port, parts = "", None, urlsplit("")
        ours = urlsplit(self._origin)
        same = (parts.scheme, host, port) == (ours.scheme, (ours.hostname or "").lower(), ours.port)
        theirs = any(host == name or host.endswith(f".{name}") for name in MEDIA_HOSTS)
        if parts.username is not None or not (same or (parts.scheme == "https" and port in (None, 443) and theirs)):
            raise Upstream(
                "Meta named an address for this file that is not Meta's.",
                permanent=True,
                code="foreign_address",
                help="The file was not fetched. If you use a test server, set its address as the Graph address.",
            )


def interpret(status: int, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """Graph's answer as an object, or the error that it means. Pure: every sender maps answers alike."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        answer = None
    error = answer.get("error") if isinstance(answer, dict) else None
    if isinstance(error, dict):
        refused = graph_error(error, status, retry_after_s=regain_s(headers))
        refused.answer = answer
        raise refused
    if 200 <= status < 300 and isinstance(answer, dict) and error is None:
        return answer
    if status == 429:
        raise RateLimited(None, title="Meta limits the speed", http_status=status, retry=Retry.BACKOFF, retry_after_s=regain_s(headers))
    raise Unclear(f"HTTP {status} without an answer of Graph's", http_status=status)


def interpret_failure(error: Exception) -> GraphError:
    """The error that a failed exchange means: not sent at all, or perhaps carried out."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.UnsupportedProtocol | httpx.InvalidURL):
        return TemporarilyDown(
            None,
            title="Meta cannot be reached",
            details=type(error).__name__,
            retry=Retry.BACKOFF,
            help="Check this machine's internet connection and name service. The box tries again by itself.",
        )
    return Unclear(type(error).__name__)


def harmless(lost: Unclear) -> GraphError:
    """A question that got no clear answer may be asked again: it changes nothing at Meta."""
    gone = lost.http_status is not None and 400 <= lost.http_status < 500
    return (Rejected if gone else TemporarilyDown)(
        None,
        title="Meta does not offer this" if gone else "Meta did not answer",
        details=lost.details,
        http_status=lost.http_status,
        retry=Retry.FIX if gone else Retry.BACKOFF,
        help="Check the Graph address in the settings." if gone else "Try again in a while.",
    )


def regain_s(headers: Mapping[str, str]) -> float | None:
    """When Meta says we may go on: Retry-After, or the longest wait of the usage header (minutes)."""
    found = {name.lower(): value for name, value in headers.items()}
    after = found.get("retry-after", "")
    if after.isascii() and after.isdigit():
        return float(after[:6])
    try:
        usage = orjson.loads(found.get("x-business-use-case-usage", ""))
        minutes = [entry.get("estimated_time_to_regain_access", 0) for kinds in usage.values() for entry in kinds]
        return max(float(m) for m in minutes) * 60 or None
    except (orjson.JSONDecodeError, AttributeError, TypeError, ValueError):
        return None


def read_capped(answer: httpx.Response, deadline: float, max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks(answer, deadline):
        body += chunk
        if len(body) > max_bytes:
            raise Unclear(f"an answer of more than {max_bytes} bytes", http_status=answer.status_code)
    return bytes(body)


def chunks(answer: httpx.Response, deadline: float) -> Iterator[bytes]:
    """httpx times each read; together they may not take longer than the deadline either.

    As they arrive, not gathered to a size: an answer that trickles would never fill one, and never be given up.
    """
    for chunk in answer.iter_bytes():
        if time.monotonic() > deadline:
            raise Unclear("the answer took too long", http_status=answer.status_code)
        yield chunk


def appsecret_proof(app_secret: str, token: str) -> str:
    """Shows Graph that the caller also knows the app secret."""
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
