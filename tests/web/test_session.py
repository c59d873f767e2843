"""The door over HTTP: cookie, throttle, the own password and sign-ins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.people import PASSWORD, email_of
from tests.web.browser import COOKIE_DOMAIN, Browser, code_of
from wablast_box.config import BootConfig
from wablast_box.engine.team import links, passwords
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import PERMISSIONS, Role
from wablast_box.web.app import Edge, create_edge

ASHA = email_of(Role.OWNER)
NEW = "tamarind under the bridge"
SESSION, ME = "/api/v1/session", "/api/v1/me/sessions"
Client = Callable[[Role | None], Browser]


@pytest.mark.feature("TM-01")
def test_asha_signs_in_is_described_and_signs_out(nobody: Browser) -> None:
    answer = nobody.signs_in(ASHA, PASSWORD)

    assert answer.status_code == 200
    assert answer.json()["user"]["name"] == "Asha"
    assert set(answer.json()["user"]["permissions"]) == PERMISSIONS[Role.OWNER]
    assert nobody.get(SESSION).json()["signed_in"] is True

    assert nobody.delete(SESSION).status_code == 204
    assert nobody.get(SESSION).json()["signed_in"] is False
    assert nobody.get(ME).status_code == 401


@pytest.mark.feature("CP-09")
def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(edge: Edge, nobody: Browser, runner: asyncio.Runner) -> None:
    plain = nobody.signs_in(ASHA, PASSWORD).headers["set-cookie"]
    config = BootConfig(data_dir=edge.app.config["BOX"].data_dir, public_url="https://box.example.com")
    behind_tls = Browser(runner.run(_edge(config)), runner, base="https://box.example.com")
    secure = behind_tls.signs_in(ASHA, PASSWORD).headers["set-cookie"]

    assert plain.startswith("wbx_8422=") and "Secure" not in plain
    assert secure.startswith("__Host-wbx=") and "Secure" in secure and "Domain" not in secure
    for cookie in (plain, secure):
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert behind_tls.get(SESSION).json()["signed_in"] is True


def test_two_boxes_on_one_computer_keep_their_own_cookies(nobody: Browser, edge: Edge, runner: asyncio.Runner) -> None:
    neighbour = Browser(edge, runner, base="http://localhost:8423")

    assert nobody.signs_in(ASHA, PASSWORD).headers["set-cookie"].split("=")[0] == "wbx_8422"
    assert neighbour.signs_in(ASHA, PASSWORD).headers["set-cookie"].split("=")[0] == "wbx_8423"


def test_a_sign_in_never_takes_over_the_token_a_browser_came_with(nobody: Browser) -> None:
    nobody.http.cookies.set("wbx_8422", "chosen-by-somebody-else", domain=COOKIE_DOMAIN)
    nobody.signs_in(ASHA, PASSWORD)
    first = nobody.http.cookies["wbx_8422"]
    nobody.signs_in(ASHA, PASSWORD)

    assert first not in ("chosen-by-somebody-else", nobody.http.cookies["wbx_8422"])


def test_known_and_unknown_people_are_refused_alike(nobody: Browser) -> None:
    known = nobody.signs_in(ASHA, "not the password")
    unknown = nobody.signs_in("kabir@example.com", "not the password")

    assert known.status_code == unknown.status_code
    assert known.content == unknown.content
    assert {name: value for name, value in known.headers.items()} == dict(unknown.headers.items())


@pytest.mark.feature("CP-09")
def test_too_many_wrong_passwords_are_told_how_long_to_wait(nobody: Browser) -> None:
    codes = [code_of(nobody.signs_in(ASHA, "not the password")) for _ in range(5)]
    answer = nobody.signs_in(ASHA, PASSWORD)

    assert codes == ["wrong_sign_in"] * 5
    assert (answer.status_code, code_of(answer)) == (429, "throttled")
    assert 25 <= int(answer.headers["retry-after"]) <= 30


def test_an_invented_forwarding_header_gives_no_new_budget(nobody: Browser) -> None:
    statuses = [
        nobody.post(SESSION, {"email": f"k{i}@example.com", "password": "x"}, headers={"X-Forwarded-For": f"198.51.100.{i}"}).status_code
        for i in range(25)
    ]

    assert statuses.count(429) == 5


def test_while_many_wait_at_the_door_others_are_served(
    edge: Edge, client: Client, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy: list[int] = []
    most = [0]
    real = passwords.matches

    def watched(stored: str | None, password: str) -> bool:
        busy.append(1)
        most[0] = max(most[0], len(busy))
        try:
            return real(stored, password)
        finally:
            busy.pop()

    monkeypatch.setattr(passwords, "matches", watched)
    crowd = [Browser(edge, runner, address=f"198.51.100.{i}") for i in range(60)]

    async def storm() -> list[int]:
        tries = [b.http.post(SESSION, json={"email": f"k{i}@example.com", "password": "x" * 12}) for i, b in enumerate(crowd)]
        return [answer.status_code for answer in await asyncio.gather(*tries)]

    statuses = runner.run(storm())

    assert most[0] <= 2
    assert set(statuses) <= {401, 429} and 429 in statuses
    assert client(Role.OWNER).get(SESSION).status_code == 200


def test_a_new_password_keeps_this_browser_and_ends_the_others(nobody: Browser, client: Client) -> None:
    other = client(Role.OWNER)
    nobody.signs_in(ASHA, PASSWORD)

    assert nobody.put("/api/v1/me/password", {"current": PASSWORD, "new": NEW}).status_code == 204

    assert nobody.get(ME).status_code == 200
    assert other.get(ME).status_code == 401


def test_asha_sees_where_she_is_signed_in_and_ends_it(asha: Browser, client: Client) -> None:
    other = client(Role.OWNER)
    found = asha.get(ME).json()["items"]
    elsewhere = next(item for item in found if not item["current"])

    assert len(found) == 2
    assert asha.delete(f"{ME}/{elsewhere['id']}").status_code == 204
    assert other.get(ME).status_code == 401


def test_nobody_ends_the_session_of_somebody_else(ravi: Browser, asha: Browser) -> None:
    hers = asha.get(ME).json()["items"][0]["id"]

    assert ravi.delete(f"{ME}/{hers}").status_code == 404
    assert asha.get(ME).status_code == 200


@pytest.mark.feature("IN-04")
def test_a_socket_ticket_is_for_signed_in_browsers_with_their_csrf_token(asha: Browser, machine: Browser) -> None:
    assert len(asha.post("/api/v1/socket-ticket").json()["ticket"]) >= 43
    assert code_of(asha.post("/api/v1/socket-ticket", headers={"X-CSRF-Token": "x"})) == "csrf"
    assert machine.post("/api/v1/socket-ticket").status_code == 403


@pytest.mark.feature("CP-07")
def test_secrets_reach_neither_the_log_nor_an_answer(nobody: Browser, team: dict[Role, User], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    canary = "canary-in-the-coal-mine-77"
    link = links.make_password_link(team[Role.AGENT].id, by=SYSTEM).token

    answers = [
        nobody.signs_in(ASHA, canary),
        nobody.post("/api/v1/password", {"token": link, "password": canary}),
        nobody.signs_in(email_of(Role.AGENT), canary),
    ]
    session = nobody.http.cookies["wbx_8422"]

    written = caplog.text + "".join(answer.text for answer in answers)
    assert [answer.status_code for answer in answers][1:] == [200, 200]
    assert not any(secret in written for secret in (canary, link, session))


async def _edge(config: BootConfig) -> Edge:
    return create_edge(config, on_webhook_stored=lambda: None)
