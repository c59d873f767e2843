"""Signing in, being refused, being slowed down, being forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.people import PASSWORD, email_of
from wablast_box.engine.events.models import Event
from wablast_box.engine.team import login, passwords, sessions, throttle
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.login import Visitor, sign_in
from wablast_box.engine.team.models import LoginSession, Throttle, User
from wablast_box.engine.team.recognise import recognise, refresh, remembered
from wablast_box.engine.team.roles import Role
from wablast_box.engine.team.users import change_own_password, change_user
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import BoxError, Denied, NotFound, Unavailable

MORNING = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
ASHA, RAVI = email_of(Role.OWNER), email_of(Role.AGENT)


def fails(email: str, password: str, visitor: Visitor) -> BoxError:
    with pytest.raises(BoxError) as refused:
        sign_in(email, password, visitor=visitor)
    return refused.value


@pytest.mark.feature("TM-01")
def test_the_right_password_opens_a_session(team: dict[Role, User], home: Visitor) -> None:
    token, actor = sign_in(" Asha@Example.com ", PASSWORD, visitor=home)

    assert recognise(token) == actor
    assert (actor.name, actor.role) == ("Asha", Role.OWNER)


def test_only_the_hash_of_a_session_is_kept(team: dict[Role, User], home: Visitor) -> None:
    token, _ = sign_in(ASHA, PASSWORD, visitor=home)

    row = LoginSession.get()
    assert token not in str(row.__data__)
    assert len(token) >= 43


def test_known_and_unknown_accounts_are_refused_with_the_same_words_and_the_same_work(
    team: dict[Role, User], home: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[bool] = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda stored, password: checked.append(stored is None) or real(stored, password))

    known, unknown = fails(ASHA, "not the password", home), fails("kabir@example.com", "not the password", home)

    assert (known.message, known.code, known.help) == (unknown.message, unknown.code, unknown.help)
    assert checked == [False, True]


def test_a_disabled_user_and_one_without_a_password_cannot_sign_in(team: dict[Role, User], home: Visitor) -> None:
    change_user(team[Role.AGENT].id, by=SYSTEM, disabled=True)
    User.update(password_hash=None).where(User.id == team[Role.ANALYST].id).execute()

    assert fails(RAVI, PASSWORD, home).code == "wrong_sign_in"
    assert fails(email_of(Role.ANALYST), PASSWORD, home).code == "wrong_sign_in"


@pytest.mark.feature("CP-09")
def test_after_five_wrong_passwords_an_account_waits_and_the_wait_doubles(team: dict[Role, User]) -> None:
    waits = []
    moment = MORNING
    for attempt in range(12):
        with frozen_at(moment):
            fails(ASHA, "not the password", Visitor(address=f"203.0.113.{attempt}"))
            blocked = Throttle.get(Throttle.key.startswith("account:")).blocked_until
        if blocked is not None:
            waits.append((blocked - moment).total_seconds())
            moment = blocked + timedelta(milliseconds=1)

    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_the_right_password_waits_too_and_then_clears_the_count(team: dict[Role, User]) -> None:
    with frozen_at(MORNING):
        for attempt in range(5):
            fails(ASHA, "not the password", Visitor(address=f"203.0.113.{attempt}"))
        refused = fails(ASHA, PASSWORD, Visitor(address="198.51.100.1"))
    with frozen_at(MORNING + timedelta(seconds=31)):
        sign_in(ASHA, PASSWORD, visitor=Visitor(address="198.51.100.1"))

    assert isinstance(refused, Unavailable)
    assert (refused.code, refused.retry_after_s) == ("throttled", 30)
    assert not Throttle.select().where(Throttle.key.startswith("account:")).exists()


def test_an_account_that_does_not_exist_is_throttled_like_one_that_does(team: dict[Role, User]) -> None:
    with frozen_at(MORNING):
        codes = [fails("kabir@example.com", "not the password", Visitor(address=f"203.0.113.{i}")).code for i in range(6)]

    assert codes == ["wrong_sign_in"] * 5 + ["throttled"]


def test_an_address_gets_twenty_tries_in_ten_minutes_whatever_it_tries(team: dict[Role, User], home: Visitor) -> None:
    with frozen_at(MORNING):
        codes = [fails(f"kabir{i}@example.com", "not the password", home).code for i in range(21)]
    with frozen_at(MORNING + timedelta(minutes=10)):
        token, _ = sign_in(ASHA, PASSWORD, visitor=home)

    assert codes == ["wrong_sign_in"] * 20 + ["throttled"]
    assert recognise(token) is None or token


def test_neighbours_in_one_ipv6_network_share_a_budget(team: dict[Role, User]) -> None:
    with frozen_at(MORNING):
        codes = [fails(f"k{i}@example.com", "x", Visitor(address=f"2001:db8:1:2::{i:x}")).code for i in range(1, 22)]

    assert codes[-1] == "throttled"


def test_the_whole_box_is_slowed_after_two_hundred_wrong_tries(team: dict[Role, User]) -> None:
    with frozen_at(MORNING):
        before = throttle.slowed_by_s()
        for i in range(201):
            throttle.begin_guess(address=f"198.51.{i // 200}.{i % 200}")
        during = throttle.slowed_by_s()
    with frozen_at(MORNING + timedelta(minutes=11)):
        after = throttle.slowed_by_s()

    assert (before, during, after) == (0.0, 1.0, 0.0)


def test_a_right_password_is_not_counted_against_its_address(team: dict[Role, User], home: Visitor) -> None:
    for _ in range(30):
        sign_in(ASHA, PASSWORD, visitor=home)

    assert all(row.failures == 0 for row in Throttle.select())


def test_an_old_hash_is_renewed_at_the_next_sign_in(team: dict[Role, User], home: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import PasswordHasher

    before = User.get_by_id(team[Role.OWNER].id).password_hash
    dearer = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: dearer)
    sign_in(ASHA, PASSWORD, visitor=home)

    after = User.get_by_id(team[Role.OWNER].id).password_hash
    assert before != after and "t=2" in after


@pytest.mark.feature("TM-01")
def test_a_session_ends_after_twelve_idle_hours_and_after_thirty_days_at_the_latest(team: dict[Role, User], home: Visitor) -> None:
    with frozen_at(MORNING):
        idle, _ = sign_in(ASHA, PASSWORD, visitor=home)
        busy, _ = sign_in(RAVI, PASSWORD, visitor=home)
    for hours in range(6, 30 * 24, 6):
        with frozen_at(MORNING + timedelta(hours=hours)):
            assert recognise(busy) is not None, hours
            if hours > 12:
                assert recognise(idle) is None
    with frozen_at(MORNING + timedelta(days=30)):
        assert recognise(busy) is None


def test_being_seen_is_written_at_most_once_a_minute(team: dict[Role, User], home: Visitor) -> None:
    with frozen_at(MORNING):
        token, _ = sign_in(ASHA, PASSWORD, visitor=home)
    seen = set()
    for seconds in range(0, 200, 5):
        with frozen_at(MORNING + timedelta(seconds=seconds)):
            recognise(token)
            seen.add(LoginSession.get().last_seen_at)

    assert len(seen) == 4


def test_signing_out_forgets_the_session_at_once(team: dict[Role, User], home: Visitor) -> None:
    token, actor = sign_in(ASHA, PASSWORD, visitor=home)
    recognise(token)
    assert remembered(token) == actor, "it should be remembered first"

    login.sign_out(actor)

    assert remembered(token) is None
    assert recognise(token) is None
    assert refresh([actor]) == {}


def test_what_is_remembered_is_asked_again_after_a_second(team: dict[Role, User], home: Visitor) -> None:
    with frozen_at(MORNING):
        token, actor = sign_in(ASHA, PASSWORD, visitor=home)
        recognise(token)
        assert remembered(token) == actor
    with frozen_at(MORNING + timedelta(seconds=1)):
        assert remembered(token) is None
    with frozen_at(MORNING - timedelta(hours=1)):
        assert remembered(token) is None


def test_a_new_role_and_a_disabled_account_end_every_session(team: dict[Role, User], home: Visitor) -> None:
    ravi, _ = sign_in(RAVI, PASSWORD, visitor=home)
    meera, _ = sign_in(email_of(Role.ANALYST), PASSWORD, visitor=home)

    change_user(team[Role.AGENT].id, by=SYSTEM, role=Role.ANALYST)
    change_user(team[Role.ANALYST].id, by=SYSTEM, disabled=True)

    assert recognise(ravi) is None
    assert recognise(meera) is None


def test_a_new_password_ends_every_other_session(team: dict[Role, User], home: Visitor) -> None:
    here, actor = sign_in(ASHA, PASSWORD, visitor=home)
    there, _ = sign_in(ASHA, PASSWORD, visitor=home)

    change_own_password(actor, PASSWORD, "tamarind under the bridge", visitor=home)

    assert recognise(here) == actor
    assert recognise(there) is None
    assert fails(ASHA, PASSWORD, home).code == "wrong_sign_in"


def test_the_own_password_is_guessed_on_the_same_budget(team: dict[Role, User], home: Visitor) -> None:
    _, actor = sign_in(ASHA, PASSWORD, visitor=home)
    codes = []
    for _ in range(6):
        with pytest.raises(BoxError) as refused:
            change_own_password(actor, "not the password", "tamarind under the bridge", visitor=home)
        codes.append(refused.value.code)

    assert codes == ["wrong_password"] * 5 + ["throttled"]
    assert fails(ASHA, PASSWORD, home).code == "throttled"


def test_a_typed_password_is_fresh_for_ten_minutes(team: dict[Role, User], home: Visitor) -> None:
    with frozen_at(MORNING):
        _, actor = sign_in(ASHA, PASSWORD, visitor=home)
        sessions.require_fresh(actor)
    with frozen_at(MORNING + timedelta(minutes=11)):
        with pytest.raises(Denied) as stale:
            sessions.require_fresh(actor)
        login.confirm(actor, PASSWORD, visitor=home)
        sessions.require_fresh(actor)

    assert stale.value.code == "confirm_needed"


def test_people_end_their_own_sessions_and_nobody_elses(team: dict[Role, User], home: Visitor) -> None:
    _, asha = sign_in(ASHA, PASSWORD, visitor=home)
    token, ravi = sign_in(RAVI, PASSWORD, visitor=home)
    assert asha.session_id is not None and ravi.session_id is not None

    with pytest.raises(NotFound):
        sessions.end_session(ravi.session_id, by=asha)
    assert recognise(token) == ravi

    sessions.end_session(ravi.session_id, by=ravi)
    assert recognise(token) is None
    assert sessions.list_sessions(ravi) == []


def test_signing_in_and_being_refused_leave_a_trace(team: dict[Role, User], home: Visitor) -> None:
    sign_in(ASHA, PASSWORD, visitor=home)
    fails(ASHA, "not the password", home)

    names = [row.name for row in Event.select().where(Event.at >= now() - timedelta(minutes=1)).order_by(Event.id)]
    assert names[-2:] == ["user.signed_in", "user.refused"]
    assert not any("not the password" in str(row.detail_json) for row in Event.select())
