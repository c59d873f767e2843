"""Every route of the edge × everybody: who gets in is written here by hand. A route without a row fails."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.people import add_person
from tests.web.browser import COOKIE_DOMAIN, Browser, code_of
from tests.web.route_table import TABLE
from wablast_box.engine.team.actors import person
from wablast_box.engine.team.api_keys import create_api_key
from wablast_box.engine.team.custom_roles import RoleDraft, change_role, create_role
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import GRANTABLE, PERMISSIONS, PERSON_ONLY, Role, Scope
from wablast_box.web.app import Edge
from wablast_box.web.auth import PUBLIC, allow, check_routes, register_auth, route_table

Client = Callable[[Role | None], Browser]
ROWS = {(words[0], words[1]): set(words[2:]) for words in map(str.split, TABLE.strip().splitlines())}
WHO = {Role.OWNER: "O", Role.ADMIN: "A", Role.AGENT: "G", Role.ANALYST: "N"}


@pytest.mark.feature("TM-06")
def test_every_route_has_a_row_and_every_row_a_route(edge: Edge) -> None:
    routes = {(route.method, route.rule) for route in route_table(edge.app)}

    assert routes == set(ROWS)


@pytest.mark.feature("TM-06")
@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_in_exactly_where_its_row_says(client: Client, team: dict[Role, User], role: Role) -> None:
    letter, browser = WHO[role], client(role)
    wrong = []
    for (method, rule), who in ROWS.items():
        answer = browser.ask(method, address(rule), **junk(method))
        expected = "in" if who & {letter, "*"} else "out"
        if outcome(answer.status_code, code_of(answer)) != expected:
            wrong.append((method, rule, expected, answer.status_code, code_of(answer)))
        if (method, rule) == ("DELETE", "/api/v1/session"):
            browser = client(role)

    assert wrong == []


@pytest.mark.feature("TM-06")
def test_a_key_gets_in_exactly_where_its_row_says(machine: Browser) -> None:
    wrong = [
        (method, rule, answer.status_code)
        for (method, rule), who in ROWS.items()
        for answer in [machine.ask(method, address(rule), **junk(method))]
        if outcome(answer.status_code, code_of(answer)) != ("in" if who & {"K", "*"} else "out")
    ]

    assert wrong == []


@pytest.mark.feature("TM-06", "AP-04")
@pytest.mark.parametrize("maker", [Role.OWNER, Role.ADMIN])
def test_a_key_with_a_role_of_the_shop_gets_in_exactly_where_both_that_and_its_maker_may(
    edge: Edge, machine: Browser, team: dict[Role, User], maker: Role
) -> None:
    granted = (
        GRANTABLE[Role.ADMIN] if maker is Role.ADMIN else frozenset({"contacts.read", "inbox.read", "replies.write_own", "tags.write"})
    )
    names = granted if maker is Role.OWNER else granted & PERMISSIONS[Role.ADMIN]
    role = create_role(RoleDraft("Till", Role.ADMIN, names, Scope.ALL, hides_numbers=False), by=person(team[Role.OWNER]))
    _, machine.key = create_api_key("till", Role.ADMIN, by=person(team[maker]), custom=role)
    # Widened afterwards: the maker's own rights stay the limit.
    change_role(role.id, RoleDraft("Till", Role.ADMIN, granted, Scope.ALL, hides_numbers=False), by=person(team[Role.OWNER]))
    may = (granted & PERMISSIONS[maker]) - PERSON_ONLY

    wrong = []
    for route in route_table(edge.app):
        answer = machine.ask(route.method, address(route.rule), **junk(route.method))
        # Some things only a person does, whatever the key may: those rows have no K.
        expected = route.needs == PUBLIC or (route.needs in may and "K" in ROWS[(route.method, route.rule)])
        if (outcome(answer.status_code, code_of(answer)) == "in") != expected:
            wrong.append((route.method, route.rule, answer.status_code))

    assert wrong == []


@pytest.mark.feature("TM-06")
@pytest.mark.parametrize(
    "kind", ["nobody", "broken cookie", "broken key", "ended session", "disabled", "a JWT that says it needs no signature"]
)
def test_without_a_live_sign_in_only_public_routes_answer(client: Client, team: dict[Role, User], kind: str) -> None:
    browser = outsider(client, team, kind)
    wrong = []
    for (method, rule), who in ROWS.items():
        answer = browser.ask(method, address(rule), **junk(method))
        let_in = (answer.status_code, code_of(answer)) != (401, "signed_out")
        if let_in != ("*" in who):
            wrong.append((method, rule, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/users/",
        "/api/v1//users",
        "//api/v1/users",
        "/api/v1/%75sers",
        "/API/v1/users",
        "/api/v1/./users",
        "/api/v1/x/../users",
        "/api/v1/users;x",
    ],
)
def test_no_spelling_of_a_path_opens_it(ravi: Browser, path: str) -> None:
    answer = ravi.get(path)

    # An unknown address of the interface is its one page; what matters is that it is not the list.
    assert answer.status_code in (301, 308, 403, 404, 503) or "html" in answer.headers["content-type"]
    assert "asha@example.com" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"X-HTTP-Method-Override": "GET"},
        {"X-Original-URL": "/api/v1/session"},
        {"X-Forwarded-User": "asha"},
        {"X-Remote-User": "asha"},
        {"X-Real-IP": "127.0.0.1"},
    ],
)
def test_no_header_of_a_proxy_is_believed(ravi: Browser, headers: dict[str, str]) -> None:
    assert ravi.get("/api/v1/users", headers=headers).status_code == 403
    assert ravi.post("/api/v1/users", {}, headers=headers).status_code == 403


def test_head_and_options_tell_no_more_than_get(ravi: Browser, nobody: Browser) -> None:
    for method in ("HEAD", "OPTIONS"):
        assert ravi.ask(method, "/api/v1/users").status_code == 403
        assert nobody.ask(method, "/api/v1/users").status_code == 401


def test_who_may_not_is_told_so_before_the_body_is_read(ravi: Browser) -> None:
    for body in (b"", b"{", b'{"unknown": 1}', b"[" * 5000):
        answer = ravi.ask("POST", "/api/v1/users", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, code_of(answer)) == (403, "denied")


@pytest.mark.feature("TM-04")
def test_an_admin_meets_the_limits_of_the_role_over_http_too(bela: Browser, team: dict[Role, User]) -> None:
    tara = add_person(Role.OWNER, name="Tara", email="tara@example.com")
    refused = [
        bela.post("/api/v1/users", {"name": "X", "email": "x@example.com", "role": "ADMIN"}),
        bela.patch(f"/api/v1/users/{tara.id}", {"disabled": True}),
        bela.patch(f"/api/v1/users/{team[Role.AGENT].id}", {"role": "OWNER"}),
        bela.post(f"/api/v1/users/{tara.id}/password-link"),
        bela.post("/api/v1/api-keys", {"name": "x", "role": "OWNER"}),
    ]

    assert [code_of(answer) for answer in refused] == ["denied"] * 5


def test_a_view_that_does_not_say_what_it_needs_stops_the_start(edge: Edge) -> None:
    edge.app._got_first_request = False
    edge.app.add_url_rule("/api/v1/forgotten", "forgotten", lambda: "", methods=["GET"])

    with pytest.raises(RuntimeError, match="forgotten"):
        check_routes(edge.app)
    with pytest.raises(RuntimeError, match="forgotten"):
        register_auth(edge.app)


def test_a_permission_that_does_not_exist_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="no permission called"):
        allow("inbox.rule")


def test_public_routes_are_few_and_known(edge: Edge) -> None:
    found = {(route.method, route.rule) for route in route_table(edge.app) if route.needs == PUBLIC}

    assert found == {key for key, who in ROWS.items() if who == {"*"}}


def address(rule: str) -> str:
    """A rule with something in place of its parameters that exists for nobody."""
    return re.sub(r"<[^>]+>", "1", rule)


def junk(method: str) -> dict[str, object]:
    """A body that no view accepts: getting as far as being told so is getting in."""
    return {} if method in ("GET", "DELETE") else {"json": {"no_such_field": True}}


def outcome(status: int, code: str | None) -> str:
    return "out" if status == 401 or (status == 403 and code == "denied") else "in"


def outsider(client: Client, team: dict[Role, User], kind: str) -> Browser:
    browser = client(Role.AGENT if kind in ("ended session", "disabled") else None)
    if kind == "broken cookie":
        browser.http.cookies.set("wbx_8422", "x" * 43, domain=COOKIE_DOMAIN)
    elif kind == "broken key":
        browser.key = "wbx_" + "x" * 43
    elif kind == "a JWT that says it needs no signature":
        browser.key = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIiwicm9sZSI6Ik9XTkVSIn0."
    elif kind == "ended session":
        browser.delete("/api/v1/session")
        browser.http.cookies.set("wbx_8422", client(Role.AGENT).http.cookies["wbx_8422"] + "x", domain=COOKIE_DOMAIN)
    elif kind == "disabled":
        User.update(disabled_at=1).where(User.id == team[Role.AGENT].id).execute()
    return browser
