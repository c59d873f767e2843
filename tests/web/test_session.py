"""The door over HTTP: cookie, CSRF, throttle, links, keys, first run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.people import PASSWORD, email_of
from tests.web.browser import COOKIE_DOMAIN, Browser, code_of
from wablast_box.config import BootConfig
from wablast_box.engine.team import links, passwords, setup_link
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.models import LoginSession, User
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


@pytest.mark.feature("CP-09")
@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X-CSRF-Token": ""}, "csrf"),
        ({"X-CSRF-Token": "0" * 64}, "csrf"),
        ({"X-CSRF-Token": "é"}, "csrf"),
        ({"Origin": "https://evil.example"}, "foreign_origin"),
        ({"Origin": "null"}, "foreign_origin"),
        ({"Origin": "http://localhost:8422.evil.example"}, "foreign_origin"),
        ({"Origin": "http://localhost:9999"}, "foreign_origin"),
        ({"Origin": "https://localhost:8422"}, "foreign_origin"),
        ({"Sec-Fetch-Site": "cross-site"}, "foreign_origin"),
        ({"Sec-Fetch-Site": "same-site"}, "foreign_origin"),
    ],
)
def test_another_site_cannot_act_for_asha(asha: Browser, headers: dict[str, str], code: str) -> None:
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    before = LoginSession.select().where(LoginSession.ended_at.is_null()).count()
    if "X-CSRF-Token" in headers:
        asha.csrf = None

    answer = asha._runner.run(asha.http.request("DELETE", SESSION, headers=[*encoded, *_csrf(asha)]))

    assert (answer.status_code, code_of(answer)) == (403, code)
    assert LoginSession.select().where(LoginSession.ended_at.is_null()).count() == before


def test_her_own_page_can(asha: Browser) -> None:
    own = {"Origin": "http://localhost:8422", "Sec-Fetch-Site": "same-origin"}

    assert asha.delete(SESSION, headers=own).status_code == 204


def test_the_csrf_token_of_one_session_is_worth_nothing_in_another(asha: Browser, ravi: Browser) -> None:
    answer = ravi.delete(SESSION, headers={"X-CSRF-Token": asha.csrf or ""})

    assert code_of(answer) == "csrf"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "text/json"])
def test_unsafe_requests_take_json_and_forms_with_files_only(asha: Browser, nobody: Browser, kind: str) -> None:
    body = b'{"email":"asha@example.com","password":"x"}'

    for browser, path in ((asha, "/api/v1/me/confirm"), (nobody, SESSION)):
        answer = browser.ask("POST", path, content=body, headers={"Content-Type": kind})
        assert (answer.status_code, code_of(answer)) == (415, "unsupported_type")


def test_another_site_cannot_sign_a_browser_in(nobody: Browser) -> None:
    answer = nobody.post(SESSION, {"email": ASHA, "password": PASSWORD}, headers={"Origin": "https://evil.example"})

    assert code_of(answer) == "foreign_origin"
    assert "set-cookie" not in answer.headers


@pytest.mark.feature("AP-04")
def test_a_key_works_for_a_program_and_never_in_a_page(machine: Browser) -> None:
    assert machine.get("/api/v1/conversations").status_code == 200

    in_a_page = machine.get("/api/v1/conversations", headers={"Origin": "http://localhost:8422"})
    assert in_a_page.status_code == 403


@pytest.mark.parametrize(
    "header", ["Bearer wbx_" + "x" * 43, "Bearer ", "Basic YXNoYTp4", "Bearer nonsense", "wbx_x", "Bearer eyJhbGciOiJub25lIn0.e30."]
)
def test_a_broken_key_is_told_so(nobody: Browser, header: str) -> None:
    answer = nobody.get("/api/v1/conversations", headers={"Authorization": header})

    assert (answer.status_code, code_of(answer)) == (401, "signed_out")


def test_tokens_work_only_in_their_own_place(asha: Browser, machine: Browser, client: Client) -> None:
    session = asha.http.cookies["wbx_8422"]
    as_key, as_cookie = client(None), client(None)
    as_cookie.http.cookies.set("wbx_8422", machine.key or "")

    assert as_key.get("/api/v1/conversations", headers={"Authorization": f"Bearer {session}"}).status_code == 401
    assert as_cookie.get("/api/v1/conversations").status_code == 401


def test_a_revoked_key_stops_at_once(asha: Browser, nobody: Browser) -> None:
    created = asha.post("/api/v1/api-keys", {"name": "till", "role": "AGENT"})
    nobody.key = created.json()["key"]
    assert nobody.get("/api/v1/conversations").status_code == 200

    assert asha.delete(f"/api/v1/api-keys/{created.json()['id']}").status_code == 204

    assert nobody.get("/api/v1/conversations").status_code == 401
    assert asha.get("/api/v1/api-keys").json() == {"items": [], "next_cursor": None}


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


def test_what_is_dangerous_wants_a_fresh_password(asha: Browser) -> None:
    LoginSession.update(confirmed_at=0).execute()
    new = {"name": "Sunil", "email": "sunil@example.com", "role": "AGENT"}

    stale = asha.post("/api/v1/users", new)
    confirmed = asha.post("/api/v1/me/confirm", {"password": PASSWORD})
    again = asha.post("/api/v1/users", new)

    assert (stale.status_code, code_of(stale)) == (403, "confirm_needed")
    assert (confirmed.status_code, again.status_code) == (204, 201)


@pytest.mark.feature("TM-01")
def test_a_new_colleague_comes_in_by_the_link(asha: Browser, nobody: Browser) -> None:
    added = asha.post("/api/v1/users", {"name": "Sunil", "email": "Sunil@example.com", "role": "AGENT"}).json()
    token = added["link"]["url"].partition("token=")[2]

    answer = nobody.post("/api/v1/password", {"token": token, "password": NEW})

    assert added["user"]["email"] == "sunil@example.com"
    assert answer.json()["user"]["role"] == "AGENT"
    assert nobody.get(SESSION).json()["user"]["name"] == "Sunil"
    assert nobody.post("/api/v1/password", {"token": token, "password": NEW}).status_code == 404


def test_links_carry_the_boxs_own_address_whatever_the_visitor_says(asha: Browser, team: dict[Role, User]) -> None:
    answer = asha.post(f"/api/v1/users/{team[Role.AGENT].id}/password-link", headers={"X-Forwarded-Host": "evil.example"})

    assert answer.status_code == 200
    assert "evil" not in answer.json()["url"]


def test_a_disabled_colleague_is_out_at_once(asha: Browser, ravi: Browser, team: dict[Role, User]) -> None:
    assert ravi.get("/api/v1/conversations").status_code == 200

    answer = asha.patch(f"/api/v1/users/{team[Role.AGENT].id}", {"disabled": True})

    assert answer.json()["disabled_at"] is not None
    assert ravi.get("/api/v1/conversations").status_code == 401


def test_the_last_owner_stays(asha: Browser, team: dict[Role, User]) -> None:
    answer = asha.patch(f"/api/v1/users/{team[Role.OWNER].id}", {"disabled": True})

    assert (answer.status_code, code_of(answer)) == (409, "last_owner")


@pytest.mark.parametrize("extra", [{"id": "1"}, {"password_hash": "x"}, {"email": "x@y.in"}, {"created_at": "2020-01-01T00:00:00Z"}])
def test_nothing_but_the_named_fields_of_a_user_can_be_written(asha: Browser, team: dict[Role, User], extra: dict[str, str]) -> None:
    answer = asha.patch(f"/api/v1/users/{team[Role.AGENT].id}", {"name": "Ravi K", **extra})

    assert (answer.status_code, code_of(answer)) == (422, "invalid")
    assert User.get_by_id(team[Role.AGENT].id).name == "Ravi"


def test_ravi_learns_the_names_he_works_with_and_nothing_else(ravi: Browser) -> None:
    items = ravi.get("/api/v1/team").json()["items"]

    assert {item["name"] for item in items} == {"Asha", "Bela", "Ravi"}
    assert all(set(item) == {"id", "name"} for item in items)


@pytest.mark.feature("OP-22")
def test_before_set_up_every_other_route_says_so(edge: Edge, runner: asyncio.Runner) -> None:
    stranger = Browser(edge, runner)

    assert stranger.get(SESSION).json() == {
        "signed_in": False, "setup_needed": True, "csrf_token": None, "user": None, "business": None, "number": None, "demo": None,
        "version": stranger.get(SESSION).json()["version"],
    }  # fmt: skip
    for method, path in (
        ("GET", "/api/v1/conversations"),
        ("POST", SESSION),
        ("POST", "/api/v1/password"),
        ("GET", "/api/v1/openapi.json"),
        ("GET", "/api/v1/nothing"),
    ):
        answer = stranger.ask(method, path)
        assert (answer.status_code, code_of(answer)) == (503, "setup_needed"), path


@pytest.mark.feature("OP-22")
def test_the_set_up_link_makes_the_owner_once(edge: Edge, runner: asyncio.Runner) -> None:
    token = setup_link.make_setup_token()
    asha, thief = Browser(edge, runner), Browser(edge, runner)
    owner = {"name": "Asha", "email": ASHA, "password": PASSWORD, "business_name": "Asha Stores", "time_zone": "Asia/Kolkata"}

    without = thief.post("/api/v1/setup/owner", {**owner, "token": "guess"})
    made = asha.post("/api/v1/setup/owner", {**owner, "token": token})
    again = thief.post("/api/v1/setup/owner", {**owner, "token": token})

    assert (without.status_code, made.status_code, again.status_code) == (404, 200, 409)
    assert made.json()["business"] == {"name": "Asha Stores", "time_zone": "Asia/Kolkata"}
    assert asha.get(SESSION).json()["user"]["role"] == "OWNER"
    assert thief.get(SESSION).json()["setup_needed"] is False


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


def _csrf(browser: Browser) -> list[tuple[bytes, bytes]]:
    return [(b"X-CSRF-Token", browser.csrf.encode())] if browser.csrf else []


async def _edge(config: BootConfig) -> Edge:
    return create_edge(config, on_webhook_stored=lambda: None)
