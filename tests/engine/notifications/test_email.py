"""E-mail is queued with what caused it, sent once, tried again, and says why it failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.notifications.mail_servers import MailServer, Resend, make_certificate, running, running_resend
from wablast_box.engine.notifications.email import deliver, resend
from wablast_box.engine.notifications.email.account import change_account
from wablast_box.engine.notifications.email.models import Email, EmailState
from wablast_box.engine.notifications.email.queue import prune_emails, queue_email, queue_test, retry_email
from wablast_box.engine.notifications.models import Alarm
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.lib import clock, outbound, worker
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


@pytest.fixture
def server(asha: Actor, certificate: Path) -> Iterator[MailServer]:
    """A mail server with a user, and a box that is set up for it."""
    with running(MailServer(certificate=certificate, users={"shop": "5ecret-of-the-shop"})) as started:
        use_server(started)
        yield started


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bells that nobody hears: tests call the verbs themselves."""
    monkeypatch.setattr(worker.huey, "immediate", False)


def use_server(server: MailServer, **changes: object) -> None:
    given = {
        "provider": "smtp", "from_name": "Asha’s Fabrics", "from_address": "shop@example.com", "host": "localhost",
        "port": server.port, "security": "starttls", "username": "shop", "password": "5ecret-of-the-shop",
    }  # fmt: skip
    change_account({**given, **changes}, by=SYSTEM)


def the_email() -> Email:
    return Email.select().get()


def test_a_letter_arrives_as_it_was_written(server: MailServer) -> None:
    queue_email("ravi@example.com", "स्वागत है, Ravi", "Come in: https://box.example.com/x\n", "<p>Come in</p>", kind="invitation")

    letter = server.received[0]
    assert (letter.sender, letter.recipients, letter.was_encrypted) == ("shop@example.com", ["ravi@example.com"], True)
    assert letter.message["Subject"] == "स्वागत है, Ravi"
    assert letter.message["From"].addresses[0].display_name == "Asha’s Fabrics"
    assert letter.message.get_body(("plain",)).get_content() == "Come in: https://box.example.com/x\r\n"
    assert "<p>Come in</p>" in letter.message.get_body(("html",)).get_content()
    assert (the_email().state, the_email().sealed_body) == (EmailState.SENT, None)


def test_a_letter_of_something_that_did_not_happen_is_not_sent(server: MailServer) -> None:
    with pytest.raises(RuntimeError), transaction():
        queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")
        raise RuntimeError("the invitation failed")

    assert (Email.select().count(), server.received) == (0, [])


def test_what_a_letter_says_is_sealed_while_it_waits(server: MailServer, silent: None, box: Path) -> None:
    queue_email("ravi@example.com", "Welcome", "https://box.example.com/password?token=canary", kind="invitation")

    assert the_email().sealed_body
    assert b"canary" not in bytes(the_email().sealed_body)


@pytest.mark.parametrize(
    "to",
    [
        "ravi@example.com\r\nBcc: all@example.com",
        "ravi@example.com\nX: y",
        "ravi@example.com, meera@example.com",
        "Ravi <ravi@example.com>",
        "ravi@exa mple.com",
        "ravi@",
        "@example.com",
        "ra\x00vi@example.com",
        "ravi@example.com>\r\nRCPT TO:<x@example.com",
        "",
    ],
)
def test_an_address_that_holds_more_than_an_address_is_refused(server: MailServer, to: str) -> None:
    with pytest.raises(Invalid):
        queue_email(to, "Welcome", "Come in", kind="invitation")

    assert server.commands == []


@pytest.mark.parametrize("text", ["Hi\r\nBcc: all@example.com", "Hi\nX-Evil: 1", "Hi\u2028Bcc: x@example.com", "Hi\x0b\x85Bcc: x@y.example", "Hi\r\n\r\n<script>"])
def test_no_subject_begins_another_header(server: MailServer, text: str) -> None:
    use_server(server, from_name=text)
    queue_email("ravi@example.com", text, "Come in\r\n.\r\nMAIL FROM:<x@example.com>\r\n", kind="invitation")

    letter = server.received[0].message
    assert set(letter.keys()) == {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert server.received[0].recipients == ["ravi@example.com"]
    assert "MAIL FROM:<x@example.com>" in letter.get_content(), "a lone dot ends nothing"


def test_a_server_without_encryption_gets_neither_letter_nor_password(asha: Actor) -> None:
    with running(MailServer(users={"shop": "5ecret-of-the-shop"})) as plain:
        use_server(plain)
        queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")

        assert plain.received == [] and "AUTH" not in plain.commands
        assert "no encryption" in the_email().error


def test_a_server_that_cannot_prove_its_name_gets_nothing(asha: Actor, tmp_path: Path) -> None:
    with running(MailServer(certificate=make_certificate(tmp_path, "evil.example"), users={"shop": "5ecret-of-the-shop"})) as other:
        use_server(other)
        queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")

        assert other.received == [] and "AUTH" not in other.commands
        assert "cannot prove who it is" in the_email().error


def test_encryption_from_the_first_byte_works_too(asha: Actor, certificate: Path) -> None:
    with running(MailServer(certificate=certificate, is_tls_from_the_start=True, users={"shop": "5ecret-of-the-shop"})) as server:
        use_server(server, security="tls")
        queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")

        assert server.received[0].was_encrypted


def test_only_a_server_on_this_machine_may_do_without_encryption(asha: Actor) -> None:
    with pytest.raises(Invalid, match="anybody on the way"):
        change_account({"provider": "smtp", "from_address": "shop@example.com", "host": "mail.example.com", "security": "none"}, by=asha)


def test_a_letter_that_is_refused_for_now_is_tried_again_with_growing_gaps(server: MailServer, silent: None) -> None:
    server.refusals["RCPT"] = "451 4.3.0 later, please"
    queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")
    gaps = []
    for _ in range(3):
        with clock.frozen_at(the_email().next_attempt_at + timedelta(seconds=1) if gaps else now()):
            deliver.send_due()
            gaps.append(round((the_email().next_attempt_at - now()).total_seconds()))

    assert gaps == [30, 120, 600]
    assert (the_email().state, the_email().error) == (EmailState.QUEUED, "The mail server refused the address (451 4.3.0 later, please).")
    server.refusals.clear()
    with clock.frozen_at(now() + timedelta(hours=1)):
        deliver.send_due()
    assert [letter.recipients for letter in server.received] == [["ravi@example.com"]]


def test_a_letter_that_nobody_will_ever_take_fails_with_the_servers_words(server: MailServer) -> None:
    server.refusals["RCPT"] = "550 5.1.1 no such person here"
    queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")

    assert (the_email().state, the_email().error) == (EmailState.FAILED, "The mail server refused the address (550 5.1.1 no such person here).")


def test_a_wrong_password_raises_an_alarm_that_ends_with_the_next_letter(server: MailServer, silent: None) -> None:
    use_server(server, password="wrong-password-0000")
    queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")
    deliver.send_due()
    alarm = Alarm.get(Alarm.key == "mail")

    assert "user name or the password (535" in alarm.advice and alarm.cleared_at is None
    use_server(server)
    with clock.frozen_at(now() + timedelta(minutes=1)):
        deliver.send_due()
    assert Alarm.get(Alarm.key == "mail").cleared_at is not None
    assert len(server.received) == 1


def test_a_letter_too_old_to_be_of_use_is_not_sent(server: MailServer, silent: None) -> None:
    queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")

    with clock.frozen_at(now() + timedelta(days=3)):
        deliver.send_due()

    assert (the_email().state, server.received) == (EmailState.FAILED, [])


def test_a_failed_letter_can_be_sent_again_by_hand(server: MailServer) -> None:
    server.refusals["RCPT"] = "550 full"
    queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")
    server.refusals.clear()

    retry_email(the_email().id)

    assert the_email().state == EmailState.SENT
    assert len(server.received) == 1


def test_a_worker_that_died_on_the_way_repeats_the_letter_under_the_same_id(server: MailServer, silent: None) -> None:
    queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")
    deliver.send_due()
    sealed = secrets.seal_text('{"text": "Come in", "html": null}', place=deliver.body_place(the_email().id))
    Email.update(state=EmailState.SENDING, claimed_at=now(), sealed_body=sealed).execute()

    assert deliver.send_due() == 0, "it may still be at work"
    with clock.frozen_at(now() + timedelta(minutes=16)):
        deliver.send_due()

    assert len({letter.message["Message-ID"] for letter in server.received}) == 1
    assert len(server.received) == 2


def test_without_an_account_a_letter_fails_and_says_so(asha: Actor) -> None:
    queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")

    assert (the_email().state, the_email().error) == (EmailState.FAILED, "E-mail is not set up.")


def test_a_password_is_not_carried_to_another_server(server: MailServer, asha: Actor) -> None:
    change_account({"host": "mail.evil.example"}, by=asha)

    assert secrets.read_secret("smtp_password") is None


def test_a_test_goes_to_whoever_asks(server: MailServer, asha: Actor) -> None:
    queue_test(asha)

    assert server.received[0].recipients == ["asha@example.com"]


def test_what_was_sent_is_forgotten_after_a_month(server: MailServer) -> None:
    queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")

    with clock.frozen_at(now() + timedelta(days=31)):
        prune_emails()

    assert Email.select().count() == 0


@pytest.fixture
def resend_service(asha: Actor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Resend]:
    with running_resend(Resend()) as started:
        monkeypatch.setattr(resend, "URL", f"http://127.0.0.1:{started.port}/emails")
        outbound.allow_addresses([f"127.0.0.1:{started.port}"])
        change_account({"provider": "resend", "from_name": "Asha’s Fabrics", "from_address": "shop@example.com", "resend_key": "re_right"}, by=SYSTEM)
        yield started
        outbound.allow_addresses([])


def test_resend_takes_a_letter_once_however_often_it_is_tried(resend_service: Resend, silent: None) -> None:
    queue_email("ravi@example.com", "Welcome", "Come in", "<p>Come in</p>", kind="invitation")
    deliver.send_due()
    sealed = secrets.seal_text('{"text": "Come in", "html": "<p>Come in</p>"}', place=deliver.body_place(the_email().id))
    Email.update(state=EmailState.QUEUED, sealed_body=sealed).execute()
    deliver.send_due()

    assert (resend_service.calls, len(resend_service.taken)) == (2, 1)
    body = next(iter(resend_service.taken.values()))
    assert (body["to"], body["subject"], body["text"], body["html"]) == (["ravi@example.com"], "Welcome", "Come in", "<p>Come in</p>")
    assert body["from"].endswith("<shop@example.com>")


@pytest.mark.parametrize(
    ("answer", "state", "says"),
    [
        ((401, {"message": "API key is invalid"}), EmailState.QUEUED, "401 API key is invalid"),
        ((422, {"message": "Invalid `to` field"}), EmailState.FAILED, "422 Invalid `to` field"),
        ((429, {"message": "Too many requests"}), EmailState.QUEUED, "429 Too many requests"),
        ((500, {}), EmailState.QUEUED, "500"),
    ],
)
def test_what_resend_refuses_is_kept_with_its_reason(resend_service: Resend, answer: tuple[int, dict[str, str]], state: str, says: str) -> None:
    resend_service.answer = answer
    queue_email("ravi@example.com", "Welcome", "Come in", kind="invitation")

    assert the_email().state == state
    assert says in the_email().error
