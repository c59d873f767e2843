"""Names, addresses and https: who calls, and under which name."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.browser import HOME, Browser, code_of
from wablast_box.config import BootConfig
from wablast_box.engine.settings import store
from wablast_box.lib.errors import Invalid
from wablast_box.web.app import Edge
from wablast_box.web.auth import current_visit, public
from wablast_box.web.guard import Guard
from wablast_box.web.visits import Visit, Visits, visit_of

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


def test_a_view_learns_who_visits(edge: Edge, nobody: Browser) -> None:
    seen: list[Visit] = []

    @public
    async def look() -> str:
        seen.append(current_visit())
        return ""

    edge.app.add_url_rule("/api/v1/look", "look", look)
    nobody.get("/api/v1/look")

    assert (seen[0].address, seen[0].origin) == ("203.0.113.7", HOME)


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


def test_a_proxy_that_is_no_address_is_named_at_the_start() -> None:
    with pytest.raises(Invalid) as refused:
        Visits(BootConfig(Path(), trusted_proxies=("proxy.lan",)))

    assert refused.value.field == "trusted_proxies" and "proxy.lan" in refused.value.message
