"""Who is away gets a letter about what waits, once a period, and nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.engine.inbox.alerts.test_tell import kabir_writes
from tests.people import actor_for, add_person, hash_cheaply
from wablast_box.engine.inbox.alerts import digest
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.notifications.email.account import change_account
from wablast_box.engine.notifications.email.deliver import body_place
from wablast_box.engine.notifications.email.models import Email
from wablast_box.engine.notifications.presence import use_presence
from wablast_box.engine.notifications.push.models import Digest
from wablast_box.engine.notifications.push.preferences import change_preference
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib import clock, worker

MORNING = datetime.fromisoformat("2026-11-20T06:00:00+00:00")


@pytest.fixture
def ravi(box: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actor]:
    """An agent who wants a digest after half an hour, of a box that can send e-mail but whose letters stay here."""
    hash_cheaply(monkeypatch)
    monkeypatch.setattr(worker.huey, "immediate", False)
    with clock.frozen_at(MORNING):
        add_person(Role.OWNER)
        person = actor_for(add_person(Role.AGENT))
        change_account({"provider": "smtp", "from_address": "shop@example.com", "host": "mail.example.com"}, by=SYSTEM)
        change_preference(person, {"digest_after_min": 30})
        yield person
    use_presence(None)


def after(minutes: float) -> Any:
    return clock.frozen_at(MORNING + timedelta(minutes=minutes))


def letters() -> list[str]:
    found = Email.select().where(Email.kind == "digest").order_by(Email.id)
    return [orjson.loads(secrets.unseal_text(bytes(row.sealed_body), place=body_place(row.id)))["text"] for row in found]


def test_who_is_away_for_as_long_as_they_chose_gets_one_letter(ravi: Actor) -> None:
    with after(5):
        kabir_writes("the blue one, please")
    with after(29):
        digest.send_digests()
        assert letters() == []
    for minute in (31, 32, 60, 200):
        with after(minute):
            digest.send_digests()

    assert len(letters()) == 1
    assert Email.get(Email.kind == "digest").to_address == "ravi@example.com"
    assert "Kabir" in letters()[0] and "blue one" not in letters()[0]


def test_a_later_period_has_a_letter_of_its_own_when_there_is_something_new(ravi: Actor) -> None:
    with after(5):
        kabir_writes()
    with after(31):
        digest.send_digests()
    with after(31 + 4 * 60):
        digest.send_digests()
    assert len(letters()) == 1, "nothing new"
    with after(300):
        kabir_writes("hello?")
    for minute in (301, 302, 310):
        with after(minute):
            digest.send_digests()

    assert len(letters()) == 2


def test_who_has_a_window_open_gets_none(ravi: Actor) -> None:
    use_presence(lambda: [ravi.id or 0])
    with after(5):
        kabir_writes()
    for minute in range(30, 90, 10):
        with after(minute):
            digest.send_digests()
    use_presence(None)
    with after(100):
        digest.send_digests()
    assert letters() == [], "gone for ten minutes only"

    with after(105):
        kabir_writes("hello?")
    with after(125):
        digest.send_digests()
    assert len(letters()) == 1


def test_what_others_answer_is_not_in_the_letter(ravi: Actor) -> None:
    asha = User.get(User.role == Role.OWNER)
    with after(5):
        assign(kabir_writes(wa_id="919800000001", name="Dev").id, asha.id, actor="system")
        assign(kabir_writes(wa_id="919800000002", name="Kabir").id, ravi.id, actor="system")
        kabir_writes(wa_id="919800000003", name="Tara")
        read = kabir_writes(wa_id="919800000004", name="Noor")
        Conversation.update(read_up_to_id=read.last_message_id).where(Conversation.id == read.id).execute()
    with after(31):
        digest.send_digests()

    assert [name for name in ("Dev", "Kabir", "Tara", "Noor") if name in letters()[0]] == ["Kabir", "Tara"]
    assert Email.get(Email.kind == "digest").subject.startswith("2 customers wait")


def test_words_are_in_it_for_those_who_asked(ravi: Actor) -> None:
    change_preference(ravi, {"shows_text": True})
    with after(5):
        kabir_writes("the blue one, please")
    with after(31):
        digest.send_digests()

    assert "the blue one, please" in letters()[0]


def test_quiet_hours_hold_the_letter_back(ravi: Actor) -> None:
    # 12:00 to 13:00 in India; the shop's morning here begins at 11:30 there.
    change_preference(ravi, {"quiet_from_min": 12 * 60, "quiet_until_min": 13 * 60})
    with after(5):
        kabir_writes()
    with after(35):
        digest.send_digests()
        assert letters() == []
    with after(95):
        digest.send_digests()

    assert len(letters()) == 1


def test_a_stop_between_letter_and_mark_leaves_neither(ravi: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    with after(5):
        kabir_writes()

    def stops(*_: Any, **__: Any) -> None:
        raise SystemExit

    with after(31):
        with monkeypatch.context() as patch, pytest.raises(SystemExit):
            patch.setattr(Digest, "insert", stops)
            digest.send_digests()
        assert Email.select().where(Email.kind == "digest").count() == 0
        digest.send_digests()

    assert len(letters()) == 1


def test_without_e_mail_or_the_wish_there_is_none(ravi: Actor) -> None:
    change_preference(ravi, {"digest_after_min": None})
    with after(5):
        kabir_writes()
    with after(300):
        digest.send_digests()

    assert letters() == []
