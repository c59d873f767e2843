"""From nothing to a number that has sent and received."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.ops.conftest import RIGHT
from tests.people import add_person
from tests.process.conftest import inbound
from wablast_box.engine.inbox.statuses import apply_statuses
from wablast_box.engine.meta.arrivals import Arrival
from wablast_box.engine.meta.payloads.items import StatusUpdate
from wablast_box.engine.notifications.alarms import open_alarms
from wablast_box.engine.notifications.token_alarm import raise_token_alarm
from wablast_box.engine.ops import setup
from wablast_box.engine.ops.number import number, refresh_number
from wablast_box.engine.ops.number_checks import Credentials
from wablast_box.engine.ops.owner import set_owner
from wablast_box.engine.ops.proof import send_proof
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.settings.models import Secret
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.process import process_due
from wablast_box.lib.clock import frozen_at, now, now_ms
from wablast_box.lib.db import database, is_postgres
from wablast_box.lib.errors import Conflict, Invalid, Upstream
from wablast_box.simulator.meta import FakeMeta


def open_keys() -> set[str]:
    return {alarm.key for alarm in open_alarms(limit=50)}


@pytest.mark.feature("CN-01")
def test_right_credentials_are_stored_checked_and_the_number_is_known(meta: FakeMeta) -> None:
    setup.store_number(RIGHT)

    state = setup.setup_state()
    checked = {check.name: check.ok for check in state.checks}
    assert {checked[name] for name in ("access_token", "phone_number_id", "waba_id", "app_secret")} == {True}
    assert number().display_phone_number == "+91 80 4718 2200"
    assert state.secrets["access_token"].is_set and state.finished_at is None


@pytest.mark.feature("CN-01")
@pytest.mark.parametrize(
    ("field", "wrong"),
    [("access_token", "EAAwrong123"), ("phone_number_id", "999"), ("waba_id", "888"), ("phone_number_id", "+91 98450"), ("app_secret", "tab\tinside")],
)
def test_a_wrong_credential_is_named_with_its_fix_and_nothing_is_stored(meta: FakeMeta, field: str, wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        setup.store_number(replace(RIGHT, **{field: wrong}))

    assert refused.value.field == field
    assert refused.value.help
    assert secrets.read_secret("access_token") is None
    assert store.get("phone_number_id") == ""


@pytest.mark.feature("CN-01")
@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"phone_number_id": "999", "app_secret": "not-the-secret"}, ["phone_number_id", "app_secret"]),
        ({"phone_number_id": "999", "waba_id": "888"}, ["phone_number_id", "waba_id"]),
        ({"phone_number_id": "+91 98450", "app_secret": "tab\tinside"}, ["phone_number_id", "app_secret"]),
        ({"phone_number_id": "999"}, ["phone_number_id"]),
        ({"access_token": "EAAwrong123", "app_secret": "not-the-secret"}, ["access_token"]),
    ],
)
def test_every_wrong_credential_is_named_and_none_that_could_be_right(meta: FakeMeta, wrong: dict[str, str], named: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        setup.store_number(replace(RIGHT, **wrong))

    assert [one.field for one in refused.value.fields] == named
    assert all(one.help for one in refused.value.fields)
    assert all(one.message in refused.value.message for one in refused.value.fields)
    assert secrets.read_secret("access_token") is None


def test_a_second_run_changes_what_is_given_and_keeps_the_rest(meta: FakeMeta) -> None:
    setup.store_number(RIGHT)

    setup.store_number(Credentials(verify_token="another-verify-token"))

    assert secrets.read_secret("verify_token") == "another-verify-token"
    assert secrets.read_secret("access_token") == RIGHT.access_token
    assert store.get("waba_id") == RIGHT.waba_id


def test_without_a_way_to_meta_credentials_are_kept_and_shown_as_not_checked(meta: FakeMeta) -> None:
    meta.faults.add("cut_before", times=None)

    setup.store_number(RIGHT)

    unsure = {check.name: check for check in setup.setup_state().checks}["access_token"]
    assert unsure.ok is None
    assert secrets.read_secret("access_token") == RIGHT.access_token


def test_what_was_stored_unchecked_is_never_called_checked(meta: FakeMeta) -> None:
    setup.store_number(replace(RIGHT, access_token="EAAnobodyasked"), checking=False)

    assert all(check.ok is None for check in setup.setup_state().checks)


def test_what_meta_last_said_and_when_is_known_after_a_restart(meta: FakeMeta, box: Path) -> None:
    setup.store_number(RIGHT)
    before = setup.setup_state()

    secrets.use_key(box / "secrets.key")
    store.forget_cached()
    with frozen_at(now() + timedelta(hours=3)):
        again = setup.setup_state()

    assert {check.ok for check in before.checks if check.name != "subscription"} == {True}
    assert again.checks == before.checks
    assert again.checked_at == before.checked_at is not None


def test_what_was_said_of_other_credentials_or_another_address_is_not_shown(meta: FakeMeta) -> None:
    setup.store_number(RIGHT, public_url="https://box.example.com")
    setup.subscribe_number()
    store.put("public_url", "https://elsewhere.example.com")
    moved = {check.name: check.ok for check in setup.setup_state().checks}

    secrets.put_secret("access_token", "EAAanotherone")
    changed = setup.setup_state()

    assert (moved["access_token"], moved["subscription"]) == (True, None)
    assert {check.ok for check in changed.checks} == {None}
    assert changed.checked_at is None


def test_a_refused_change_leaves_what_is_known_of_the_stored_credentials(meta: FakeMeta) -> None:
    setup.store_number(RIGHT)
    before = setup.setup_state()

    with pytest.raises(Invalid):
        setup.store_number(Credentials(app_secret="not-the-secret"))

    assert setup.setup_state().checks == before.checks


@pytest.mark.feature("CP-01")
def test_credentials_are_sealed_in_the_database_and_never_shown_again(meta: FakeMeta, box: Path) -> None:
    if is_postgres():
        pytest.skip("looks into SQLite's file")
    setup.store_number(RIGHT)
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    raw = (box / "box.db").read_bytes()

    for canary in (RIGHT.access_token, RIGHT.app_secret, RIGHT.verify_token):
        assert canary.encode() not in raw
        assert canary not in repr(setup.setup_state())
    assert Secret.select().count() == 3


@pytest.mark.feature("CN-06")
def test_subscribing_sends_metas_news_here_and_the_state_shows_it(meta: FakeMeta, verified: list[str]) -> None:
    setup.store_number(RIGHT, public_url="https://box.example.com/")

    setup.subscribe_number()

    assert verified == [f"https://box.example.com/hooks/meta {RIGHT.verify_token}"]
    assert {check.name: check.ok for check in setup.setup_state().checks}["subscription"] is True
    assert number().is_subscribed is True


@pytest.mark.parametrize("missing", ["public_url", "app_secret", "waba_id"])
def test_subscribing_without_what_it_needs_says_what_is_missing(meta: FakeMeta, missing: str) -> None:
    given = replace(RIGHT, **({} if missing == "public_url" else {missing: ""}))
    setup.store_number(given, public_url=None if missing == "public_url" else "https://box.example.com", checking=False)

    with pytest.raises(Invalid) as refused:
        setup.subscribe_number()

    assert refused.value.field == missing


@pytest.mark.parametrize("address", ["box.example.com", "ftp://box", "http://box.example.com", "https://box.example.com/path", "https://" + "x" * 300])
def test_an_address_that_meta_cannot_use_is_refused(meta: FakeMeta, address: str) -> None:
    with pytest.raises(Invalid) as refused:
        setup.store_number(Credentials(), public_url=address)

    assert refused.value.field == "public_url"


@pytest.mark.feature("CN-07")
def test_the_set_up_is_finished_only_when_one_message_came_in_and_an_answer_was_confirmed(meta: FakeMeta) -> None:
    setup.store_number(RIGHT)
    with pytest.raises(Conflict, match="Nobody has written"):
        send_proof(SYSTEM)

    accept([knock("meta", inbound("hello"))])
    process_due()
    after_inbound = setup.setup_state()
    sent = send_proof(SYSTEM)
    after_answer = setup.setup_state()
    database.execute_sql("UPDATE message SET wamid = 'wamid.answer', state = 'sent', sent_at = ? WHERE direction = 'out'".replace("?", str(now_ms())))
    still_unconfirmed = setup.setup_state()
    apply_statuses([Arrival(StatusUpdate(wamid="wamid.answer", field="messages", status="delivered", at=now(), recipient="919845012345"), now_ms())])
    proven = setup.setup_state()

    assert after_inbound.proof.received_at is not None and after_inbound.proof.sent_at is None
    assert str(after_answer.proof.message_id) == sent["id"]
    assert [after_inbound.finished_at, after_answer.finished_at, still_unconfirmed.finished_at] == [None, None, None]
    assert proven.finished_at is not None and proven.proof.sent_at is not None


@pytest.mark.feature("CN-29")
def test_a_dead_token_raises_an_alarm_and_a_new_one_ends_it(meta: FakeMeta) -> None:
    setup.store_number(RIGHT)
    meta.state.account = replace(meta.state.account, access_token="EAAnewtoken")
    with pytest.raises(Upstream):
        refresh_number()
    assert "token_expired" in open_keys()

    setup.store_number(Credentials(access_token="EAAnewtoken"))

    assert "token_expired" not in open_keys()


def test_a_token_stored_without_asking_meta_ends_no_alarm(meta: FakeMeta) -> None:
    raise_token_alarm("It expired.")

    setup.store_number(RIGHT, checking=False)

    assert "token_expired" in open_keys()


@pytest.mark.feature("CN-27")
def test_the_numbers_quality_limit_and_name_are_fetched_and_a_low_quality_is_an_alarm(meta: FakeMeta) -> None:
    setup.store_number(RIGHT)
    meta.state.number.quality_rating = "RED"

    found = refresh_number()

    assert found.quality_rating == "RED" and found.messaging_limit and found.name_status
    assert found.checked_at is not None and now() - found.checked_at < timedelta(minutes=1)
    assert "number_quality" in open_keys()
    meta.state.number.quality_rating = "GREEN"
    refresh_number()
    assert "number_quality" not in open_keys()


def test_a_subscription_that_disappears_is_an_alarm(meta: FakeMeta) -> None:
    setup.store_number(RIGHT)
    meta.state.number.subscribed = False

    refresh_number()

    assert "not_subscribed" in open_keys()


def test_the_owner_is_made_once_and_then_changed(box: Path) -> None:
    set_owner(email="asha@example.com", password="marigold on the 7th stair")

    set_owner(email="asha@shop.example", password=None, name="Asha Rao")

    people = [(user.email, user.name, user.role) for user in User.select()]
    assert people == [("asha@shop.example", "Asha Rao", Role.OWNER)]


@pytest.mark.parametrize(("email", "password", "field"), [(None, "marigold on the 7th stair", "owner-email"), ("asha@example.com", None, "owner-password")])
def test_the_first_owner_needs_both_an_email_and_a_password(box: Path, email: str | None, password: str | None, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_owner(email=email, password=password)

    assert refused.value.field == field


def test_with_two_owners_nobody_guesses_who_is_meant(box: Path) -> None:
    add_person(Role.OWNER)
    add_person(Role.OWNER, name="Bela", email="bela@example.com")

    with pytest.raises(Conflict):
        set_owner(email="new@example.com", password=None)
