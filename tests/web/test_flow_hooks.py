"""The address at which another system lets a flow go on: no cookie, no CSRF, and nothing to look at."""

from __future__ import annotations

import json

import pytest

from tests.engine.flows.running.test_call_back import PAYING, token
from tests.engine.flows.talk import Shop
from tests.people import actor_for
from tests.web.browser import Browser, code_of
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.web.hooks import flows as hook

pytestmark = pytest.mark.feature("FN-41")


@pytest.fixture(autouse=True)
def nobody_called() -> None:
    hook._calls.clear()


@pytest.fixture
def key(nobody: Browser, team: dict[Role, User]) -> str:
    """Of a flow that waits."""
    shop = Shop(actor_for(team[Role.OWNER]))
    shop.on(PAYING)
    shop.hears("hi")
    return token(shop)


def test_a_program_without_any_key_calls_it_once(key: str, nobody: Browser) -> None:
    first = nobody.post(f"/hooks/flows/{key}", {"amount": 5})
    second = nobody.post(f"/hooks/flows/{key}", {"amount": 6})

    assert (first.status_code, first.json()) == (202, {"accepted": True, "repeated": False})
    assert (second.status_code, second.json()) == (200, {"accepted": True, "repeated": True})


def test_nothing_at_all_is_an_empty_object(key: str, nobody: Browser) -> None:
    assert nobody.post(f"/hooks/flows/{key}").status_code == 202


def test_there_is_nothing_to_look_at_and_nothing_to_guess(key: str, nobody: Browser) -> None:
    looked, guessed = nobody.get(f"/hooks/flows/{key}"), nobody.post(f"/hooks/flows/{key[:-1]}", {})

    assert (looked.status_code, guessed.status_code) == (405, 404) or (looked.status_code, guessed.status_code) == (404, 404)
    assert key not in looked.text and "paid" not in looked.text
    assert nobody.post(f"/hooks/flows/{key}", {}).status_code == 202


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400), (b"amount=5", "application/x-www-form-urlencoded", 415), (b"[" * 5000, "application/json", 400),
        (b'{"a": "\\ud800"}', "application/json", 400), (b'{"a": "\\u0000"}', "application/json", 400), (b'{"a": NaN}', "application/json", 400),
        (json.dumps({"a": "x" * 70_000}).encode(), "application/json", 413), (b"\xff\xfe", "application/json", 400),
        (b'{"a": 1e999}', "application/json", 400), (json.dumps([[[[1] * 40] * 40] * 40]).encode(), "application/json", 413),
    ],
)  # fmt: skip
def test_what_is_no_json_or_too_much_is_refused_and_the_address_stays_good(
    key: str, nobody: Browser, content: bytes, kind: str, status: int
) -> None:
    answer = nobody.ask("POST", f"/hooks/flows/{key}", content=content, headers={"Content-Type": kind})

    assert answer.status_code == status, answer.text
    assert nobody.post(f"/hooks/flows/{key}", {"amount": 1}).status_code == 202


def test_a_page_of_another_site_cannot_call_it(key: str, nobody: Browser) -> None:
    answer = nobody.post(f"/hooks/flows/{key}", {}, headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})

    assert code_of(answer) == "foreign_origin"


def test_who_calls_without_end_is_asked_to_wait(key: str, nobody: Browser) -> None:
    told = {nobody.post("/hooks/flows/x", {}).status_code for _ in range(hook.MOST_A_MINUTE)}
    answer = nobody.post("/hooks/flows/x", {})

    assert (told, answer.status_code, code_of(answer)) == ({404}, 429, "throttled")
