"""A second factor: asked for at the door, good once, counted when wrong, lost and replaced, and needed by role."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tests.authenticator import Authenticator
from tests.people import PASSWORD, actor_for, email_of
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.settings import store
from wablast_box.engine.team import links, owners
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.arrival import second
from wablast_box.engine.team.arrival.second import Proof
from wablast_box.engine.team.entry import steps
from wablast_box.engine.team.login import HalfWay, Visitor, sign_in, welcome
from wablast_box.engine.team.mfa import due, factors, own, recovery, totp
from wablast_box.engine.team.mfa.models import Totp
from wablast_box.engine.team.mfa.passkeys import Site
from wablast_box.engine.team.models import LoginSession, User
from wablast_box.engine.team.recognise import recognise
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Conflict, Denied, Unavailable

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
HERE = Site("localhost", ("http://localhost:8422",))


def signed_in(user: User) -> Actor:
    return welcome(user, visitor=Visitor())[1]


def with_app(user: User) -> tuple[pyotp.TOTP, list[str]]:
    """The user's authenticator app and recovery codes. Its first code is of the step before."""
    actor = signed_in(user)
    app = pyotp.TOTP(totp.begin_totp(actor).secret)
    codes = own.confirm_totp(actor, app.at(now() - timedelta(seconds=30)), address=None)
    assert codes is not None
    return app, codes


def with_passkey(user: User) -> Authenticator:
    actor, device = signed_in(user), Authenticator()
    own.add_passkey(actor, "Phone", device.create(own.begin_passkey(actor, HERE)), site=HERE)
    return device


def half_way(user: User, home: Visitor) -> HalfWay:
    found = sign_in(user.email, PASSWORD, visitor=home)
    assert isinstance(found, HalfWay)
    return found


@pytest.mark.feature("TM-07")
def test_with_an_authenticator_app_the_password_is_half_of_it(team: dict[Role, User], home: Visitor) -> None:
    ravi = team[Role.AGENT]
    app, _ = with_app(ravi)
    door = half_way(ravi, home)

    token, actor = second.finish(door.token, Proof(code=app.at(now())), visitor=home, site=None)

    assert set(door.methods) == {"totp", "recovery"}
    assert actor.id == ravi.id and recognise(token) == actor
    assert LoginSession.get_by_id(actor.session_id).second_factor_at is not None


@pytest.mark.feature("TM-07")
def test_a_code_works_once_and_only_around_its_time(team: dict[Role, User], home: Visitor) -> None:
    ravi = team[Role.AGENT]
    app, _ = with_app(ravi)
    with frozen_at(now() + timedelta(days=400)):
        moment = now()
        assert [totp.is_right(ravi.id, app.at(moment + timedelta(seconds=s))) for s in (-60, 60, 300)] == [False] * 3
        assert totp.is_right(ravi.id, app.at(moment))
        assert not totp.is_right(ravi.id, app.at(moment))
        assert not totp.is_right(ravi.id, app.at(moment - timedelta(seconds=30))), "a step before a used one is used too"
        assert totp.is_right(ravi.id, f" {app.at(moment + timedelta(seconds=30))[:3]} {app.at(moment + timedelta(seconds=30))[3:]} ")


def test_the_seed_is_sealed_and_the_code_of_another_opens_nothing(team: dict[Role, User]) -> None:
    app, _ = with_app(team[Role.AGENT])
    other, _ = with_app(team[Role.ADMIN])

    assert app.secret.encode() not in b"".join(bytes(row.sealed) for row in Totp.select())
    assert not totp.is_right(team[Role.AGENT].id, other.at(now()))
    # Moved to another row, a sealed seed cannot be opened.
    Totp.update(sealed=Totp.get_by_id(team[Role.ADMIN].id).sealed).where(Totp.user == team[Role.AGENT].id).execute()
    with pytest.raises(Unavailable):
        totp.is_right(team[Role.AGENT].id, other.at(now()))


@pytest.mark.feature("TM-07")
def test_five_wrong_codes_end_the_step_and_hold_the_account(team: dict[Role, User], home: Visitor) -> None:
    ravi = team[Role.AGENT]
    app, _ = with_app(ravi)
    door = half_way(ravi, home)
    codes = []
    for _ in range(5):
        with pytest.raises((Denied, Unavailable)) as refused:
            second.finish(door.token, Proof(code="000000"), visitor=home, site=None)
        codes.append(refused.value.code)

    with pytest.raises((Denied, Unavailable)) as refused:
        second.finish(door.token, Proof(code=app.at(now())), visitor=home, site=None)

    assert codes[:4] == ["wrong_code"] * 4
    assert refused.value.code in ("throttled", "start_again")


def test_knowing_the_password_wins_no_new_tries_at_the_code(team: dict[Role, User], home: Visitor) -> None:
    ravi = team[Role.AGENT]
    with_app(ravi)
    refusals = []
    for _ in range(8):
        try:
            door = half_way(ravi, home)
            second.finish(door.token, Proof(code="000000"), visitor=home, site=None)
        except (Denied, Unavailable) as refused:
            refusals.append(refused.code)

    assert refusals.count("wrong_code") <= 3
    assert refusals[-1] == "throttled"


@pytest.mark.feature("TM-07")
def test_a_recovery_code_opens_once(team: dict[Role, User], home: Visitor) -> None:
    ravi = team[Role.AGENT]
    _, codes = with_app(ravi)
    assert len(set(codes)) == 10

    second.finish(half_way(ravi, home).token, Proof(recovery_code=codes[0].upper().replace("-", " ")), visitor=home, site=None)
    with pytest.raises(Denied):
        second.finish(half_way(ravi, home).token, Proof(recovery_code=codes[0]), visitor=home, site=None)

    assert recovery.codes_left(ravi.id) == 9
    assert not recovery.use_code(team[Role.ADMIN], codes[1]), "they are Ravi's"


@pytest.mark.feature("TM-07")
def test_a_new_password_by_link_takes_no_second_factor_away(team: dict[Role, User], actors: dict[Role, Actor], home: Visitor) -> None:
    ravi = team[Role.AGENT]
    with_app(ravi)
    link = links.make_password_link(ravi.id, by=actors[Role.OWNER])

    found = links.use_password_link(link.token, "tamarind under the bridge", visitor=home)

    assert isinstance(found, HalfWay)


@pytest.mark.feature("TM-07")
def test_only_another_owner_takes_a_second_factor_away(team: dict[Role, User], actors: dict[Role, Actor], home: Visitor) -> None:
    with_app(team[Role.AGENT])
    with_app(team[Role.OWNER])
    ravi = signed_in(team[Role.AGENT])

    for by, whose in ((actors[Role.ADMIN], Role.AGENT), (actors[Role.ADMIN], Role.OWNER), (actors[Role.OWNER], Role.OWNER)):
        with pytest.raises(Denied):
            owners.reset_second_factor(team[whose].id, by=by)
    owners.reset_second_factor(team[Role.AGENT].id, by=actors[Role.OWNER])

    assert factors.methods_of(team[Role.AGENT].id) == ()
    assert LoginSession.get_by_id(ravi.session_id).ended_at is not None
    assert not isinstance(sign_in(email_of(Role.AGENT), PASSWORD, visitor=home), HalfWay)
    assert AuditEntry.select().where(AuditEntry.action == "mfa.reset").get().subject == f"user:{team[Role.AGENT].id}"


@pytest.mark.feature("TM-07")
def test_who_needs_one_has_seven_days_and_then_only_their_account(team: dict[Role, User]) -> None:
    asha = team[Role.OWNER]
    with frozen_at(NOON):
        token, _ = welcome(asha, visitor=Visitor())
    with frozen_at(NOON + timedelta(hours=11)):
        before = recognise(token)
    with frozen_at(NOON + timedelta(days=7, minutes=1)):
        late, actor = welcome(asha, visitor=Visitor())
        after = recognise(late)
        own_app = pyotp.TOTP(totp.begin_totp(actor).secret)
        own.confirm_totp(actor, own_app.at(now()), address=None)
        freed = recognise(late)

    assert before is not None and before.may("settings.write")
    assert after is not None and after.permissions == {"account.own"}
    assert freed is not None and freed.may("settings.write")


def test_an_agent_needs_none_until_everybody_does(team: dict[Role, User]) -> None:
    ravi = team[Role.AGENT]
    User.update(last_seen_at=now()).execute()
    assert due.look_at(ravi) is None

    store.put("second_factor_for", "everybody")
    due.look_at_everybody()
    assert User.get_by_id(ravi.id).second_factor_due_at is not None

    store.put("second_factor_for", "nobody")
    due.look_at_everybody()
    assert User.select().where(User.second_factor_due_at.is_null(False)).count() == 0


def test_the_last_factor_stays_where_one_is_needed(team: dict[Role, User]) -> None:
    asha, ravi = signed_in(team[Role.OWNER]), signed_in(team[Role.AGENT])
    with_app(team[Role.OWNER])
    with_app(team[Role.AGENT])

    with pytest.raises(Conflict):
        own.remove_totp(asha)
    own.remove_totp(ravi)

    assert factors.has_factor(asha.id or 0) and not factors.has_factor(ravi.id or 0)
    assert recovery.codes_left(ravi.id or 0) == 0


def test_a_step_belongs_to_one_end_and_dies_after_ten_minutes(team: dict[Role, User], home: Visitor) -> None:
    with_app(team[Role.AGENT])
    with frozen_at(NOON):
        door = half_way(team[Role.AGENT], home)
    fresh = half_way(team[Role.AGENT], home)

    assert second.methods_for(door.token) == ()
    assert second.methods_for(fresh.token) != () and second.methods_for("x") == () and second.methods_for(None) == ()
    with pytest.raises(Denied):
        steps.find(fresh.token, steps.GOOGLE)


def test_the_console_may_take_a_factor_away_too(team: dict[Role, User]) -> None:
    with_app(team[Role.OWNER])

    assert factors.take_away(team[Role.OWNER], by=SYSTEM) is True
    assert factors.take_away(actor_user(team[Role.OWNER]), by=SYSTEM) is False


def actor_user(user: User) -> User:
    return User.get_by_id(actor_for(user).id)
