"""Another site cannot act for the person whose browser it runs in."""

from __future__ import annotations

import pytest

from tests.people import PASSWORD, email_of
from tests.web.browser import Browser, code_of
from wablast_box.engine.team.models import LoginSession
from wablast_box.engine.team.roles import Role

ASHA = email_of(Role.OWNER)
SESSION, ME = "/api/v1/session", "/api/v1/me/sessions"


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


def _csrf(browser: Browser) -> list[tuple[bytes, bytes]]:
    return [(b"X-CSRF-Token", browser.csrf.encode())] if browser.csrf else []
