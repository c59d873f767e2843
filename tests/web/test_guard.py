"""Names, addresses, limits and headers: what holds for every answer of the edge."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.browser import HOME, Browser, code_of
from wablast_box.config import BootConfig
from wablast_box.engine.settings import store
from wablast_box.lib.errors import Invalid
from wablast_box.web import guard
from wablast_box.web.app import Edge
from wablast_box.web.auth import current_visit, public
from wablast_box.web.guard import Guard
from wablast_box.web.strict_json import read_json
from wablast_box.web.visits import Visit, visit_of

SESSION = "/api/v1/session"
Scope = dict[str, Any]


@pytest.mark.feature("CP-09")
@pytest.mark.parametrize("host", ["localhost", "localhost:8422", "LOCALHOST:8422", "127.0.0.1", "127.0.0.1:1", "[::1]:8422", "[::1]"])
def test_the_box_answers_to_its_own_names(nobody: Browser, host: str) -> None:
    assert nobody.get(SESSION, headers={"Host": host}).status_code == 200


@pytest.mark.feature("CP-09")
@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "evil.example:8422", "localhost@evil.example", "localhost:x",
     "", "localhost/evil", "localhost.", "0.0.0.0", "192.168.1.5", "[::1", "xn--lcalhost-54a", "localhost\\@evil.example", "[::ffff:127.0.0.1]"],
)  # fmt: skip
def test_the_box_answers_to_no_other_name(nobody: Browser, host: str) -> None:
    for path in (SESSION, "/", "/healthz", "/socket.io/?EIO=4&transport=polling"):
        answer = nobody.get(path, headers={"Host": host})
        assert (answer.status_code, code_of(answer)) == (421, "wrong_host")


def test_two_host_headers_are_one_too_many(nobody: Browser, runner: asyncio.Runner) -> None:
    answer = runner.run(nobody.http.get(SESSION, headers=[("Host", "localhost"), ("Host", "evil.example")]))

    assert answer.status_code == 421


def test_no_header_of_a_stranger_changes_the_name(nobody: Browser) -> None:
    for name in ("X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-Host"):
        assert nobody.get(SESSION, headers={"Host": "evil.example", name: "localhost"}).status_code == 421


def test_the_public_address_is_answered_as_soon_as_it_is_set(nobody: Browser) -> None:
    before = nobody.get(SESSION, headers={"Host": "box.example.com"}).status_code
    store.put("public_url", "https://box.example.com")
    store.forget_cached()
    guard_of(nobody)._visits._asked_at = 0.0

    assert before == 421
    assert nobody.get(SESSION, headers={"Host": "box.example.com"}).status_code == 200
    assert nobody.get(SESSION, headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(("bind", "host", "status"), [("0.0.0.0:80", "192.168.1.5", 200), ("0.0.0.0:80", "shop.lan", 421), ("192.168.1.5:80", "192.168.1.5", 200), ("192.168.1.5:80", "192.168.1.6", 421), ("shop.lan:80", "shop.lan:80", 200)])  # fmt: skip
def test_listening_everywhere_means_every_address_but_no_other_name(bind: str, host: str, status: int) -> None:
    assert knock(BootConfig(Path(), bind=bind), {"host": host})[0] == status


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_a_client_address_is_counted_from_the_right_through_known_proxies(peer: str, forwarded: str, expected: str) -> None:
    config = BootConfig(Path(), trusted_proxies=("10.0.0.0/24",))
    _, visit = knock(config, {"host": "localhost", "x-forwarded-for": forwarded}, peer=peer)

    assert visit is not None and visit.address == expected


def test_https_is_believed_from_known_proxies_and_from_the_public_address_only() -> None:
    config = BootConfig(Path(), trusted_proxies=("10.0.0.1",), public_url="https://box.example.com")
    said = {"host": "localhost", "x-forwarded-proto": "https"}

    assert knock(config, said, peer="10.0.0.1")[1].is_secure  # type: ignore[union-attr]
    assert not knock(config, said, peer="10.0.0.2")[1].is_secure  # type: ignore[union-attr]
    assert knock(config, {"host": "box.example.com"})[1].is_secure  # type: ignore[union-attr]


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


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"nonsense", b"NaN", b'{"a": NaN}', b'{"a": Infinity}', b"\xff\xfe{\x00}\x00", b'{"email": "\xff"}', b'{"email": "\\ud800"}',
        b'{"email": "a\\u0000b"}', b'{"a\\u0000": 1}', b"[" * 65 + b"]" * 65, b"[" * 5_000 + b"]" * 5_000, b"[" * 100_000, b'{"a":' * 100_000,
        b"[" + b"1," * 100_001 + b"1]", b"1" * 5_000, b'{"a": 01}', b"{'a': 1}", b'\xef\xbb\xbf{"a": 1}',
    ],
)  # fmt: skip
def test_json_that_nobody_should_send_is_a_400_and_never_a_500(nobody: Browser, body: bytes) -> None:
    answer = nobody.ask("POST", SESSION, content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in (400, 422)
    assert code_of(answer) in ("unreadable", "invalid")


def test_json_at_the_limits_is_read() -> None:
    deep: Any = "x"
    for _ in range(63):
        deep = [deep]

    assert read_json(json.dumps(deep).encode()) == deep
    assert read_json("“नमस्ते” 🦜".join(['"', '"']).encode()) == "“नमस्ते” 🦜"
    with pytest.raises(Invalid):
        read_json(json.dumps([[deep]]).encode())


def test_a_form_instead_of_json_is_refused(nobody: Browser) -> None:
    answer = nobody.ask("POST", SESSION, files={"email": ("x", b"x")})

    assert answer.status_code in (400, 415)


def test_a_view_learns_who_visits(edge: Edge, nobody: Browser) -> None:
    seen: list[Visit] = []

    @public
    async def look() -> str:
        seen.append(current_visit())
        return ""

    edge.app.add_url_rule("/api/v1/look", "look", look)
    nobody.get("/api/v1/look")

    assert (seen[0].address, seen[0].origin) == ("203.0.113.7", HOME)


async def _add_failing_view(browser: Browser) -> None:
    app = browser.edge.app

    @public
    async def fails() -> str:
        raise RuntimeError("boom")

    app.add_url_rule("/api/v1/fails", "fails", fails)


def guard_of(browser: Browser) -> Guard:
    found = [cell.cell_contents for cell in browser.edge.asgi.__closure__ or () if isinstance(cell.cell_contents, Guard)]  # type: ignore[attr-defined]
    return found[0]


def knock(config: BootConfig, headers: dict[str, str], *, peer: str = "203.0.113.7") -> tuple[int, Visit | None]:
    """The status, and the visit that the app behind the guard sees."""
    seen: list[Visit | None] = []

    async def app(scope: Scope, receive: Any, send: Any) -> None:
        seen.append(visit_of(scope))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def ask() -> httpx.Response:
        guarded = Guard(app, config)
        guarded._visits._asked_at = float("inf")  # no settings here
        transport = httpx.ASGITransport(app=guarded, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
            return await client.get("/", headers=headers)

    status = asyncio.run(ask()).status_code
    return status, seen[0] if seen else None


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
