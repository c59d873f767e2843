"""Second factors, passkeys, Google, invitations, roles, sessions and the log, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from tests.authenticator import Authenticator
from tests.oidc import CLIENT_ID, CLIENT_SECRET, Google, google
from tests.people import PASSWORD, email_of
from tests.web.browser import Browser, code_of
from tests.web.test_permissions import address, junk, outcome
from wablast_box.config import BootConfig
from wablast_box.engine.audit import refusals
from wablast_box.engine.notifications.email.models import Email
from wablast_box.engine.settings import store
from wablast_box.engine.team import custom_roles, users
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.custom_roles import RoleDraft
from wablast_box.engine.team.google import client as google_client
from wablast_box.engine.team.google import config as google_config
from wablast_box.engine.team.models import LoginSession, User
from wablast_box.engine.team.roles import GRANTABLE, Role, Scope
from wablast_box.lib.clock import now
from wablast_box.web.app import Edge, create_edge
from wablast_box.web.auth import PUBLIC, route_table

Client = Callable[[Role | None], Browser]
API = "/api/v1"
NEW = "tamarind under the bridge"


@pytest.fixture
def pretend() -> Iterator[Google]:
    with google() as running:
        google_config.use_google_url(running.url)
        google_client.forget_keys()
        yield running
    google_config.use_google_url(google_config.GOOGLE_URL)


def add_app(browser: Browser) -> tuple[pyotp.TOTP, list[str]]:
    app = pyotp.TOTP(browser.post(f"{API}/me/totp").json()["secret"])
    added = browser.post(f"{API}/me/totp/confirm", {"code": app.at(now() - timedelta(seconds=30))})
    return app, added.json()["recovery_codes"]


# ---- second factor


@pytest.mark.feature("TM-07")
def test_ravi_adds_an_app_and_signs_in_with_it(ravi: Browser, nobody: Browser) -> None:
    app, codes = add_app(ravi)

    half = nobody.signs_in(email_of(Role.AGENT), PASSWORD)
    assert half.status_code == 200
    assert half.json() | {"signed_in": False, "user": None, "csrf_token": None, "number": None, "business": None} == half.json()
    assert set(half.json()["second_factor"]["methods"]) == {"totp", "recovery"}
    assert nobody.get(f"{API}/conversations").status_code == 401
    assert nobody.get(f"{API}/session").json()["second_factor"] is not None, "a reload goes on where it was"

    wrong = nobody.post(f"{API}/session/second-factor", {"code": "000000"})
    right = nobody.post(f"{API}/session/second-factor", {"code": app.at(now())})

    assert code_of(wrong) == "wrong_code"
    assert right.json()["signed_in"] is True and right.json()["user"]["name"] == "Ravi"
    assert nobody.get(f"{API}/conversations").status_code == 200
    assert len(codes) == 10
    assert [one for one in nobody.http.cookies.jar if one.name.endswith("_step")] == []


@pytest.mark.feature("TM-07")
def test_the_half_way_cookie_opens_nothing_and_is_like_the_other(ravi: Browser, nobody: Browser, client: Client) -> None:
    add_app(ravi)
    dress = nobody.signs_in(email_of(Role.AGENT), PASSWORD).headers["set-cookie"]
    step = nobody.http.cookies["wbx_8422_step"]
    thief = client(None)
    thief.http.cookies.set("wbx_8422", step, domain="localhost.local")

    assert "HttpOnly" in dress and "SameSite=Lax" in dress and "Path=/" in dress
    assert thief.get(f"{API}/conversations").status_code == 401
    assert code_of(thief.post(f"{API}/session/second-factor", {"code": "123456"})) == "start_again"


def test_an_answer_is_one_of_the_three(nobody: Browser) -> None:
    for body in ({}, {"code": "1", "recovery_code": "2"}, {"code": None}):
        assert nobody.post(f"{API}/session/second-factor", body).status_code == 422


@pytest.mark.feature("TM-07")
def test_a_seed_is_shown_once_and_in_no_other_answer(ravi: Browser, client: Client) -> None:
    shown = ravi.post(f"{API}/me/totp").json()
    seed = shown["secret"]
    ravi.post(f"{API}/me/totp/confirm", {"code": pyotp.TOTP(seed).at(now())})

    assert shown["uri"].startswith("otpauth://totp/") and "issuer=" in shown["uri"]
    assert seed not in ravi.get(f"{API}/me/security").text + ravi.get(f"{API}/session").text
    assert code_of(ravi.post(f"{API}/me/totp")) == "conflict"


@pytest.mark.feature("TM-07")
def test_ravi_signs_in_with_a_passkey_alone(ravi: Browser, nobody: Browser) -> None:
    device = Authenticator()
    options = ravi.post(f"{API}/me/passkeys/options").json()["options"]
    added = ravi.post(f"{API}/me/passkeys", {"name": "Ravi's phone", "credential": device.create(options)})
    assert added.status_code == 201 and len(added.json()["recovery_codes"]) == 10

    options = nobody.post(f"{API}/session/passkey-options").json()["options"]
    came = nobody.post(f"{API}/session/passkey", {"credential": device.get(options)})

    assert came.json()["user"]["name"] == "Ravi"
    assert ravi.get(f"{API}/me/security").json()["passkeys"][0]["last_used_at"] is not None


@pytest.mark.feature("TM-07")
@pytest.mark.parametrize("base", ["http://127.0.0.1:8422", "http://192.0.2.10:8422"])
def test_on_a_bare_address_the_box_says_why_passkeys_do_not_work(
    box: object, runner: asyncio.Runner, team: dict[Role, User], base: str
) -> None:
    async def build() -> Edge:
        return create_edge(BootConfig(data_dir=box, bind="0.0.0.0:8422"), on_webhook_stored=lambda: None)  # type: ignore[arg-type]

    browser = Browser(runner.run(build()), runner, base=base)
    browser.signs_in(email_of(Role.AGENT), PASSWORD)

    refused = browser.post(f"{API}/me/passkeys/options")

    assert (refused.status_code, code_of(refused)) == (503, "no_passkeys")
    assert "bare address" in refused.json()["error"]["help"] and "authenticator app" in refused.json()["error"]["help"]
    assert browser.get(f"{API}/session").json()["passkeys"] is False
    assert browser.get(f"{API}/me/security").json()["passkeys_work_here"] is False


@pytest.mark.feature("TM-07")
def test_a_passkey_is_as_good_as_the_password_typed_again(asha: Browser) -> None:
    device = Authenticator()
    options = asha.post(f"{API}/me/passkeys/options").json()["options"]
    asha.post(f"{API}/me/passkeys", {"name": "Key", "credential": device.create(options)})
    LoginSession.update(confirmed_at=0).execute()
    new = {"name": "Sunil", "email": "sunil@example.com", "role": "AGENT"}

    stale = asha.post(f"{API}/invitations", new)
    options = asha.post(f"{API}/me/confirm/passkey-options").json()["options"]
    confirmed = asha.post(f"{API}/me/confirm/passkey", {"credential": device.get(options)})

    assert code_of(stale) == "confirm_needed" and confirmed.status_code == 204
    assert asha.post(f"{API}/invitations", new).status_code == 201


def test_what_changes_how_one_signs_in_wants_a_fresh_password(asha: Browser) -> None:
    LoginSession.update(confirmed_at=0).execute()
    wanted = [
        ("POST", "/me/totp"), ("DELETE", "/me/totp"), ("POST", "/me/passkeys/options"), ("POST", "/me/passkeys"), ("DELETE", "/me/passkeys/1"),
        ("POST", "/me/recovery-codes"), ("POST", "/me/google"), ("DELETE", "/me/google"), ("POST", "/roles"), ("PUT", "/roles/1"),
        ("DELETE", "/roles/1"), ("POST", "/invitations"), ("POST", "/invitations/1/resend"), ("DELETE", "/invitations/1"),
        ("DELETE", "/users/1/sessions"), ("DELETE", "/users/1/sessions/1"), ("POST", "/users/1/reset-second-factor"),
        ("POST", "/users/1/make-owner"), ("PUT", "/security/google"), ("DELETE", "/security/google"),
    ]  # fmt: skip

    assert {path: code_of(asha.ask(method, API + path, **junk(method))) for method, path in wanted} == {
        path: "confirm_needed" for _, path in wanted
    }
    for name, value in (("agent_scope", "all"), ("second_factor_for", "nobody"), ("agents_see_masked_numbers", True)):
        assert code_of(asha.patch(f"{API}/settings", {name: value})) == "confirm_needed"


@pytest.mark.feature("TM-07")
def test_past_the_day_only_the_own_account_opens_until_a_factor_is_there(asha: Browser) -> None:
    User.update(second_factor_due_at=now() - timedelta(minutes=1)).where(User.email == email_of(Role.OWNER)).execute()
    users.forget_remembered()

    assert asha.get(f"{API}/session").json()["user"]["permissions"] == ["account.own"]
    assert asha.get(f"{API}/settings").status_code == 403
    add_app(asha)

    assert asha.get(f"{API}/settings").status_code == 200


# ---- Google


def set_up_google(asha: Browser) -> None:
    asha.put(f"{API}/security/google", {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET})


@pytest.mark.feature("TM-02")
def test_google_over_http_from_the_console_to_the_inbox(asha: Browser, ravi: Browser, nobody: Browser, pretend: Google) -> None:
    assert nobody.get(f"{API}/session").json()["google"] is False
    set_up_google(asha)
    shown = asha.get(f"{API}/security/google")
    assert CLIENT_SECRET not in shown.text and shown.json()["client_secret"]["last4"] == CLIENT_SECRET[-4:]
    assert shown.json()["redirect_uri"].endswith("/api/v1/session/google/callback")

    url = ravi.post(f"{API}/me/google").json()["url"]
    linked = ravi.get(f"{API}/session/google/callback", params=pretend.choose(url))
    assert (linked.status_code, linked.headers["location"]) == (303, "/settings/account")
    assert ravi.get(f"{API}/me/security").json()["google_email"] == "ravi@example.com"

    assert nobody.get(f"{API}/session").json()["google"] is True
    url = nobody.post(f"{API}/session/google", {"next": "/inbox?chat=3"}).json()["url"]
    came = nobody.get(f"{API}/session/google/callback", params=pretend.choose(url))

    assert (came.status_code, came.headers["location"]) == (303, "/inbox?chat=3")
    assert nobody.get(f"{API}/session").json()["user"]["name"] == "Ravi"
    assert "code=" not in came.headers["location"] and came.headers["referrer-policy"] == "no-referrer"


@pytest.mark.feature("TM-02")
def test_what_goes_wrong_at_google_is_said_at_the_sign_in(asha: Browser, nobody: Browser, client: Client, pretend: Google) -> None:
    set_up_google(asha)
    pretend.account = {"sub": "9", "email": "stranger@example.com", "email_verified": True}

    def problem(browser: Browser, params: dict[str, str]) -> str:
        answer = browser.get(f"{API}/session/google/callback", params=params)
        assert answer.status_code == 303
        place = urlsplit(answer.headers["location"])
        assert place.path == "/signin" and not place.netloc
        return parse_qs(place.query)["problem"][0]

    url = nobody.post(f"{API}/session/google", {"next": "//evil.example"}).json()["url"]
    assert problem(client(None), pretend.choose(url)) == "start_again", "another browser"
    assert problem(nobody, {**pretend.choose(url), "state": "x"}) == "google_refused"
    assert problem(nobody, {"error": "access_denied", "state": "x"}) == "google_refused"
    url = nobody.post(f"{API}/session/google", {}).json()["url"]
    assert problem(nobody, pretend.choose(url)) == "google_unknown"
    assert nobody.get(f"{API}/session").json()["signed_in"] is False


# ---- invitations


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


# ---- roles


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


# ---- sessions and owners


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


# ---- the log


@pytest.mark.feature("TM-09")
def test_the_log_tells_who_did_what_and_from_where(asha: Browser, nobody: Browser, team: dict[Role, User]) -> None:
    nobody.signs_in(email_of(Role.AGENT), "not the password")
    nobody.signs_in("nobody@example.com", "not the password")
    nobody.signs_in(email_of(Role.AGENT), PASSWORD)
    asha.patch(f"{API}/users/{team[Role.ANALYST].id}", {"name": "Meera K"})
    asha.patch(f"{API}/settings", {"business_name": "Asha Textiles"})

    entries = asha.get(f"{API}/audit").json()["items"]

    assert [(entry["action"], entry["actor_name"]) for entry in entries[:5]] == [
        ("settings.changed", "Asha"), ("user.changed", "Asha"), ("session.started", "Ravi"), ("session.refused", ""), ("session.refused", ""),
    ]  # fmt: skip
    assert entries[0]["fields"] == ["business_name"] and "Asha Textiles" not in str(entries)
    assert entries[1]["subject_name"] == "Meera" and entries[1]["fields"] == ["name"]
    assert {entry["address"] for entry in entries[:5]} == {"203.0.113.7"}
    assert entries[4]["subject"] == f"user:{team[Role.AGENT].id}" and entries[3]["subject"] is None
    assert asha.get(f"{API}/audit/check").json()["broken_at"] is None
    assert [entry["action"] for entry in asha.get(f"{API}/audit?kind=session&result=refused&limit=5").json()["items"]] == [
        "session.refused"
    ] * 2


@pytest.mark.feature("TM-09")
def test_an_admin_reads_the_log_without_the_owners_comings_and_goings(asha: Browser, bela: Browser, nobody: Browser) -> None:
    nobody.signs_in(email_of(Role.OWNER), "not the password")
    nobody.signs_in(email_of(Role.OWNER), PASSWORD)

    hers = asha.get(f"{API}/audit?kind=session").json()["items"]
    his = bela.get(f"{API}/audit?kind=session").json()["items"]

    assert any(entry["actor_name"] == "Asha" for entry in hers) and any(entry["result"] == "refused" for entry in hers)
    assert not any("Asha" in str(entry) or entry["role"] == "OWNER" for entry in his)


@pytest.mark.feature("TM-09")
def test_a_refusal_is_written_down_once_a_minute(asha: Browser, ravi: Browser) -> None:
    refusals.forget_noted()
    for _ in range(5):
        ravi.get(f"{API}/users")
    ravi.get(f"{API}/audit")

    found = asha.get(f"{API}/audit?kind=access").json()["items"]

    assert [(entry["subject"], entry["detail"], entry["result"]) for entry in found] == [
        ("GET /api/v1/audit", {"needs": "audit.read"}, "refused"),
        ("GET /api/v1/users", {"needs": "users.read"}, "refused"),
    ]


@pytest.mark.parametrize("query", ["since=yesterday", "until=2026-11-22", "since=2026-11-22T10:00:00", "result=maybe"])
def test_a_wrong_filter_of_the_log_is_refused(asha: Browser, query: str) -> None:
    assert asha.get(f"{API}/audit?{query}").status_code == 422


@pytest.mark.feature("TM-09")
def test_no_secret_stands_in_the_log(asha: Browser, ravi: Browser, pretend: Google) -> None:
    set_up_google(asha)
    app, codes = add_app(ravi)
    link = (
        asha.post(f"{API}/invitations", {"name": "Sunil", "email": "sunil@example.com", "role": "AGENT"})
        .json()["url"]
        .partition("token=")[2]
    )
    key = asha.post(f"{API}/api-keys", {"name": "till", "role": "AGENT"}).json()["key"]

    told = asha.get(f"{API}/audit?limit=200").text

    assert not [secret for secret in (CLIENT_SECRET, app.secret, codes[0], link, key, PASSWORD) if secret in told]
