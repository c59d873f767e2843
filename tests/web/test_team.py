"""People, links, keys and the first owner over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.people import PASSWORD, email_of
from tests.web.browser import Browser, code_of
from wablast_box.engine.team import setup_link
from wablast_box.engine.team.models import LoginSession, User
from wablast_box.engine.team.roles import Role
from wablast_box.web.app import Edge

ASHA = email_of(Role.OWNER)
NEW = "tamarind under the bridge"
SESSION, ME = "/api/v1/session", "/api/v1/me/sessions"
Client = Callable[[Role | None], Browser]


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
        "signed_in": False, "setup_needed": True, "seen_event_id": None, "second_factor": None, "google": False, "passkeys": True, "csrf_token": None, "user": None, "business": None, "number": None, "demo": None,
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
