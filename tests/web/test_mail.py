"""How e-mail is set up over HTTP: credentials go in and never come out."""

from __future__ import annotations

from wablast_box.engine.notifications.email.queue import queue_email

from .browser import Browser, code_of

GIVEN = {
    "provider": "smtp", "from_name": "Asha", "from_address": "shop@example.com", "host": "mail.example.com", "port": 587,
    "security": "starttls", "username": "shop", "password": "a-canary-password-0815",
}  # fmt: skip


def test_the_account_is_stored_and_its_password_is_never_shown(asha: Browser) -> None:
    answer = asha.put("/api/v1/mail", GIVEN)

    assert answer.status_code == 200
    shown = asha.get("/api/v1/mail").json()
    assert {name: shown[name] for name in GIVEN if name != "password"} == {name: GIVEN[name] for name in GIVEN if name != "password"}
    assert (shown["password"]["set"], shown["password"]["last4"], shown["is_set_up"]) == (True, None, True)
    assert "canary" not in answer.text and "0815" not in answer.text


def test_what_is_wrong_is_named_by_its_field(asha: Browser) -> None:
    wrong = {"from_address": "shop", "host": "mail example com", "security": "none", "port": 70000, "provider": "pigeon"}
    answers = {name: asha.put("/api/v1/mail", {**GIVEN, name: value}) for name, value in wrong.items()}

    assert {name: code_of(answer) for name, answer in answers.items()} == dict.fromkeys(wrong, "invalid")
    assert asha.get("/api/v1/mail").json()["provider"] == "off"


def test_an_admin_may_look_and_test_but_not_change(bela: Browser) -> None:
    assert bela.get("/api/v1/mail").status_code == 200
    assert code_of(bela.put("/api/v1/mail", GIVEN)) == "denied"


def test_a_letter_that_failed_is_listed_with_its_reason_and_can_be_sent_again(asha: Browser) -> None:
    number = queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")

    listed = asha.get("/api/v1/emails").json()["items"]
    assert [(one["id"], one["to"], one["state"], one["error"]) for one in listed] == [
        (str(number), "ravi@example.com", "failed", "E-mail is not set up.")
    ]
    assert asha.post(f"/api/v1/emails/{number}/retry").status_code == 200
    assert code_of(asha.post("/api/v1/emails/17/retry")) == "not_found"


def test_a_test_letter_goes_to_whoever_asks(asha: Browser) -> None:
    answer = asha.post("/api/v1/mail/test")

    assert (answer.status_code, answer.json()["to"], answer.json()["kind"]) == (201, "asha@example.com", "test")
