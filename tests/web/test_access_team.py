"""Invitations, roles, sessions and owners, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.browser import Browser, code_of
from tests.web.test_permissions import address, junk, outcome
from wablast_box.engine.notifications.email.models import Email
from wablast_box.engine.settings import store
from wablast_box.engine.team import custom_roles, users
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.custom_roles import RoleDraft
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import GRANTABLE, Role, Scope
from wablast_box.web.app import Edge
from wablast_box.web.auth import PUBLIC, route_table

Client = Callable[[Role | None], Browser]
API = "/api/v1"
NEW = "tamarind under the bridge"


@pytest.mark.feature("TM-03")
def test_an_invitation_by_link_over_http(bela: Browser, nobody: Browser) -> None:
    made = bela.post(f"{API}/invitations", {"name": "Sunil", "email": "Sunil@example.com", "role": "AGENT"})
    token = made.json()["url"].partition("token=")[2]
    assert made.status_code == 201 and made.json()["url"].startswith("http") and "/invitation?token=" in made.json()["url"]

    card = nobody.post(f"{API}/invitation/look", {"token": token}).json()
    assert (card["name"], card["email"], card["role"], card["invited_by"]) == ("Sunil", "sunil@example.com", "AGENT", "Bela")
    came = nobody.post(f"{API}/invitation/accept", {"token": token, "password": NEW})

    assert came.json()["user"]["role"] == "AGENT"
    assert nobody.post(f"{API}/invitation/look", {"token": token}).status_code == 404
    assert token not in bela.get(f"{API}/invitations").text


@pytest.mark.feature("TM-03")
def test_an_invitation_by_letter_is_sealed_until_it_is_sent(bela: Browser) -> None:
    new = {"name": "Sunil", "email": "sunil@example.com", "role": "AGENT", "by_mail": True}
    assert bela.post(f"{API}/invitations", new).json()["error"]["field"] == "by_mail"
    assert bela.get(f"{API}/invitations").json() == {"items": [], "next_cursor": None, "can_mail": False}

    for name, value in (("smtp_host", "127.0.0.1"), ("smtp_port", 9), ("mail_from_address", "box@example.com"), ("mail_provider", "smtp")):
        store.put(name, value)
    made = bela.post(f"{API}/invitations", new).json()

    letter = Email.get()
    assert (letter.to_address, letter.kind) == ("sunil@example.com", "invitation")
    assert made["mailed"] is True and made["invitation"]["mailed_at"] is not None
    assert made["url"].partition("token=")[2].encode() not in bytes(letter.sealed_body)


def test_who_guesses_invitations_is_slowed(nobody: Browser) -> None:
    statuses = [nobody.post(f"{API}/invitation/look", {"token": f"guess-{i}"}).status_code for i in range(25)]

    assert statuses.count(404) <= 20 and statuses[-1] == 429


@pytest.mark.feature("TM-05", "TM-06")
@pytest.mark.parametrize("base", [Role.ADMIN, Role.AGENT, Role.ANALYST])
def test_a_custom_role_gets_in_exactly_where_its_permissions_say(edge: Edge, client: Client, team: dict[Role, User], base: Role) -> None:
    permissions = frozenset(sorted(GRANTABLE[base])[::2]) | {"account.own"}
    role = custom_roles.create_role(RoleDraft("Every other", base, permissions, Scope.OWN_AND_FREE, hides_numbers=True), by=SYSTEM)
    users.change_user(team[Role.AGENT].id, by=SYSTEM, role=base, custom=role)
    user = User.get_by_id(team[Role.AGENT].id)
    browser, wrong = client(None).is_given_session(user), []
    for route in route_table(edge.app):
        if route.method not in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            continue
        answer = browser.ask(route.method, address(route.rule), **junk(route.method))
        expected = "in" if route.needs == PUBLIC or route.needs in permissions else "out"
        if outcome(answer.status_code, code_of(answer)) != expected:
            wrong.append((route.method, route.rule, expected, answer.status_code, code_of(answer)))
        if (route.method, route.rule) == ("DELETE", f"{API}/session"):
            browser = client(None).is_given_session(user)

    assert wrong == []


@pytest.mark.feature("TM-05")
def test_the_owner_makes_gives_changes_and_deletes_a_role(asha: Browser, ravi: Browser, client: Client, team: dict[Role, User]) -> None:
    body = {"name": "Night desk", "base": "AGENT", "permissions": ["inbox.read"], "scope": "all", "hides_numbers": True}
    made = asha.post(f"{API}/roles", body).json()
    changed = asha.patch(f"{API}/users/{team[Role.AGENT].id}", {"role_id": made["id"]}).json()
    assert (changed["role"], changed["role_name"]) == ("AGENT", "Night desk")
    assert ravi.get(f"{API}/conversations").status_code == 401, "a new role signs out"
    again = client(Role.AGENT).is_given_session(User.get_by_id(team[Role.AGENT].id))
    assert again.get(f"{API}/session").json()["user"] | {
        "role_name": "Night desk", "permissions": ["account.own", "inbox.read"], "scope": "all", "hides_numbers": True,
    } == again.get(f"{API}/session").json()["user"]  # fmt: skip

    asha.put(f"{API}/roles/{made['id']}", {**body, "permissions": ["inbox.read", "contacts.read"]})
    assert again.get(f"{API}/contacts").status_code == 200, "at once, without signing in again"
    assert code_of(asha.delete(f"{API}/roles/{made['id']}")) == "conflict"
    asha.patch(f"{API}/users/{team[Role.AGENT].id}", {"role": "AGENT"})

    assert asha.delete(f"{API}/roles/{made['id']}").status_code == 204
    ours = asha.get(f"{API}/roles").json()["ours"]
    assert {row["role"] for row in ours} == set(Role) and next(row for row in ours if row["role"] == "OWNER")["grantable"] == []


def test_a_role_takes_no_more_than_the_base_may_hold(asha: Browser) -> None:
    for change, field in (({"base": "OWNER"}, "base"), ({"permissions": ["roles.write"]}, "permissions"), ({"scope": "none"}, "scope")):
        body = {"name": "X", "base": "ADMIN", "permissions": [], "scope": "all", "hides_numbers": False, **change}
        answer = asha.post(f"{API}/roles", body)
        assert answer.status_code == 422 and answer.json()["error"]["field"].startswith(field)


@pytest.mark.feature("TM-08")
def test_an_owner_sees_and_ends_where_somebody_is_signed_in(asha: Browser, bela: Browser, client: Client, team: dict[Role, User]) -> None:
    phone, desk = client(Role.AGENT), client(Role.AGENT)
    place = f"{API}/users/{team[Role.AGENT].id}/sessions"
    found = asha.get(place).json()["items"]
    assert len(found) == 2 and not any(one["current"] for one in found)

    assert asha.delete(f"{place}/{found[0]['id']}").status_code == 204
    assert sorted([phone.get(f"{API}/me/sessions").status_code, desk.get(f"{API}/me/sessions").status_code]) == [200, 401]
    assert bela.delete(place).status_code == 204
    assert phone.get(f"{API}/me/sessions").status_code == desk.get(f"{API}/me/sessions").status_code == 401

    theirs = f"{API}/users/{team[Role.OWNER].id}/sessions"
    assert [bela.get(theirs).status_code, bela.delete(theirs).status_code] == [403, 403]
    assert asha.delete(f"{place}/1").status_code == 404


@pytest.mark.feature("TM-14")
def test_the_box_is_handed_over_over_http(asha: Browser, bela: Browser, client: Client, team: dict[Role, User]) -> None:
    assert bela.post(f"{API}/users/{team[Role.ADMIN].id}/make-owner").status_code == 403

    handed = asha.post(f"{API}/users/{team[Role.ADMIN].id}/make-owner")

    assert handed.json()["role"] == "OWNER"
    assert asha.get(f"{API}/me/sessions").status_code == 401
    owner = client(None).is_given_session(User.get_by_id(team[Role.ADMIN].id))
    assert owner.get(f"{API}/session").json()["user"]["role"] == "OWNER"
    assert code_of(owner.patch(f"{API}/users/{team[Role.ADMIN].id}", {"role": "AGENT"})) == "last_owner"
