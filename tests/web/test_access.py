"""Second factors, passkeys and Google, over HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from tests.authenticator import Authenticator
from tests.oidc import CLIENT_ID, CLIENT_SECRET, Google
from tests.people import PASSWORD, email_of
from tests.web.browser import Browser, code_of
from tests.web.test_permissions import junk
from wablast_box.config import BootConfig
from wablast_box.engine.team import users
from wablast_box.engine.team.models import LoginSession, User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import now
from wablast_box.web.app import Edge, create_edge

Client = Callable[[Role | None], Browser]
API = "/api/v1"
NEW = "tamarind under the bridge"


def add_app(browser: Browser) -> tuple[pyotp.TOTP, list[str]]:
    """An app confirmed with the code before the present one, so that the present one is still unused."""
    app = pyotp.TOTP(browser.post(f"{API}/me/totp").json()["secret"])
    within_one_step()
    added = browser.post(f"{API}/me/totp/confirm", {"code": app.at(now() - timedelta(seconds=30))})
    return app, added.json()["recovery_codes"]


def within_one_step() -> None:
    """Codes change every 30 seconds: what begins just before would be looked at just after."""
    left = 30 - now().timestamp() % 30
    if left < 3:
        time.sleep(left)


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
