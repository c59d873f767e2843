"""Limits and headers: what holds for every answer of the edge."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.browser import HOME, Browser
from wablast_box.config import BootConfig
from wablast_box.web import guard
from wablast_box.web.auth import public
from wablast_box.web.guard import Guard

SESSION = "/api/v1/session"
Scope = dict[str, Any]


DRESS = ("content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy", "cache-control")  # fmt: skip


@pytest.mark.feature("CP-09")
def test_every_status_wears_the_security_headers(asha: Browser, nobody: Browser, ravi: Browser) -> None:
    asha._runner.run(_add_failing_view(asha))
    answers = {
        200: nobody.get(SESSION),
        204: asha.delete(SESSION),
        400: nobody.ask("POST", SESSION, content=b"{", headers={"Content-Type": "application/json"}),
        401: nobody.get("/api/v1/users"),
        403: ravi.get("/api/v1/users"),
        404: nobody.get("/api/v1/nothing"),
        405: nobody.ask("PUT", SESSION),
        413: nobody.ask("POST", SESSION, content=b"x" * (1024 * 1024 + 1), headers={"Content-Type": "application/json"}),
        414: nobody.get("/" + "x" * 9000),
        415: nobody.ask("POST", SESSION, content=b"x", headers={"Content-Type": "text/plain"}),
        421: nobody.get(SESSION, headers={"Host": "evil.example"}),
        422: nobody.post(SESSION, {}),
        431: nobody.get(SESSION, headers={"X-Large": "x" * 17_000}),
        500: nobody.get("/api/v1/fails"),
    }

    for status, answer in answers.items():
        assert answer.status_code == status
        assert not [name for name in DRESS if name not in answer.headers], status
        assert "server" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        if status >= 400:
            assert set(answer.json()["error"]) == {"code", "message", "help", "field", "reference"}
    assert "Traceback" not in answers[500].text and "boom" not in answers[500].text


@pytest.mark.feature("CP-09")
def test_the_policy_allows_no_inline_script_no_frame_and_no_other_site(nobody: Browser) -> None:
    policy = nobody.get("/").headers["content-security-policy"]

    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy and "frame-src 'none'" in policy and "base-uri 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy and "http:" not in policy
    assert nobody.get("/").headers["x-frame-options"] == "DENY"


def test_strict_transport_is_promised_over_https_only() -> None:
    config = BootConfig(Path(), public_url="https://box.example.com")

    assert "strict-transport-security" in headers_of(config, "box.example.com")
    assert "strict-transport-security" not in headers_of(config, "localhost")


def test_in_the_demo_the_pretend_phone_may_be_framed_by_the_box_alone() -> None:
    page = headers_of(BootConfig(Path()), "localhost", path="/inbox", is_demo=True)
    phone = headers_of(BootConfig(Path()), "localhost", path="/simulator/", is_demo=True)

    assert "frame-src 'self'" in page["content-security-policy"] and "frame-ancestors 'none'" in page["content-security-policy"]
    assert "frame-ancestors 'self'" in phone["content-security-policy"] and "x-frame-options" not in phone


@pytest.mark.parametrize(
    "origin",
    ["null", "https://evil.example", "http://localhost:8422.evil.example", "http://evillocalhost:8422", "http://localhost:8422", HOME],
)
def test_no_origin_is_ever_allowed_to_read_answers(asha: Browser, origin: str) -> None:
    for method in ("GET", "OPTIONS"):
        answer = asha.ask(method, SESSION, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_body_at_the_limit_passes_and_one_byte_more_does_not(nobody: Browser) -> None:
    limit = 1024 * 1024
    for size, status in ((limit, 422), (limit + 1, 413)):
        body = b'{"email":"' + b"x" * (size - 25) + b'","password":1}'
        assert len(body) == size
        answer = nobody.ask("POST", SESSION, content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == status


def test_a_body_without_a_declared_length_is_counted_as_it_comes() -> None:
    sent = []

    async def endless() -> Scope:
        sent.append(1)
        return {"type": "http.request", "body": b"x" * 65_536, "more_body": True}

    status = through_guard(endless, path="/api/v1/messages")

    assert status == 413
    assert len(sent) <= 18


def test_a_body_that_does_not_come_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_LIMITS", (("", guard.BodyLimit(1000, piece_s=0.05, whole_s=0.2)),))

    async def silence() -> Scope:
        await asyncio.sleep(3600)
        return {}

    async def drip() -> Scope:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    assert through_guard(silence) == 408
    assert through_guard(drip) == 408


@pytest.mark.parametrize("path", ["/api/v1/contacts?q=%00", "/%00", "/api/v1/contacts/%00"])
def test_an_address_with_a_nul_is_refused(asha: Browser, path: str) -> None:
    assert asha.get(path).status_code == 400


async def _add_failing_view(browser: Browser) -> None:
    app = browser.edge.app

    @public
    async def fails() -> str:
        raise RuntimeError("boom")

    app.add_url_rule("/api/v1/fails", "fails", fails)


def headers_of(config: BootConfig, host: str, *, path: str = "/", is_demo: bool = False) -> httpx.Headers:
    async def app(scope: Scope, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=Guard(app, config, is_demo=is_demo))
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
            return await client.get(path, headers={"Host": host})

    return asyncio.run(ask()).headers


def through_guard(receive: Callable[[], Awaitable[Scope]], *, path: str = "/") -> int:
    """The status that a client hears while an app reads its body."""
    statuses: list[int] = []

    async def app(scope: Scope, receive: Any, send: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    async def send(message: Scope) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": [(b"host", b"localhost")],
        "query_string": b"",
        "client": ("203.0.113.7", 1),
    }
    asyncio.run(Guard(app, BootConfig(Path()))(scope, receive, send))
    return statuses[0]
