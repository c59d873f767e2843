"""Passkeys: for one name, for one challenge, from one device."""

from __future__ import annotations

import pytest

from tests.authenticator import Authenticator
from tests.engine.team.test_second_factor import HERE, half_way, signed_in, with_passkey
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.team.arrival import second
from wablast_box.engine.team.arrival.second import Proof
from wablast_box.engine.team.login import Visitor
from wablast_box.engine.team.mfa import own
from wablast_box.engine.team.mfa.models import Passkey
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.errors import Denied, Invalid


@pytest.mark.feature("TM-07")
def test_a_passkey_is_a_second_factor(team: dict[Role, User], home: Visitor) -> None:
    ravi = team[Role.AGENT]
    device = with_passkey(ravi)
    door = half_way(ravi, home)
    answer = device.get(second.passkey_options(door.token, HERE))

    _, actor = second.finish(door.token, Proof(passkey=answer), visitor=home, site=HERE)

    assert actor.id == ravi.id


@pytest.mark.feature("TM-07")
def test_a_passkey_alone_opens_when_the_device_was_unlocked(team: dict[Role, User], home: Visitor) -> None:
    device = with_passkey(team[Role.AGENT])
    token, options = second.begin_passkey_entry(HERE)
    device.verifies = False
    with pytest.raises(Denied):
        second.enter_by_passkey(token, device.get(options), visitor=home, site=HERE)

    token, options = second.begin_passkey_entry(HERE)
    device.verifies = True
    answer = device.get(options)
    _, actor = second.enter_by_passkey(token, answer, visitor=home, site=HERE)

    assert actor.id == team[Role.AGENT].id
    with pytest.raises(Denied):
        second.enter_by_passkey(token, answer, visitor=home, site=HERE)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost:8422", "evil.example"),
        ("https://evil.example", "localhost"),
        ("http://localhost:9999", "localhost"),
        ("null", "localhost"),
    ],
)
def test_a_passkey_of_another_place_opens_nothing(team: dict[Role, User], home: Visitor, origin: str, host: str) -> None:
    device = with_passkey(team[Role.AGENT])
    device.origin, device.host = origin, host
    token, options = second.begin_passkey_entry(HERE)

    with pytest.raises(Denied):
        second.enter_by_passkey(token, device.get(options), visitor=home, site=HERE)


def test_neither_an_old_challenge_nor_a_forged_signature_nor_rubbish_opens(team: dict[Role, User], home: Visitor) -> None:
    device = with_passkey(team[Role.AGENT])
    stale = device.get(second.begin_passkey_entry(HERE)[1])
    thief = Authenticator(credential_id=device.credential_id)
    for answer in (stale, {}, {"id": stale["id"]}, {"id": stale["id"], "response": []}):
        token, _ = second.begin_passkey_entry(HERE)
        with pytest.raises(Denied):
            second.enter_by_passkey(token, answer, visitor=home, site=HERE)
    token, options = second.begin_passkey_entry(HERE)
    with pytest.raises(Denied):
        second.enter_by_passkey(token, thief.get(options), visitor=home, site=HERE)


@pytest.mark.feature("TM-07")
def test_a_copied_passkey_is_noticed_by_its_counter(team: dict[Role, User], home: Visitor) -> None:
    device = with_passkey(team[Role.AGENT])
    for _ in range(3):
        token, options = second.begin_passkey_entry(HERE)
        second.enter_by_passkey(token, device.get(options), visitor=home, site=HERE)
    device.count = 1
    token, options = second.begin_passkey_entry(HERE)

    with pytest.raises(Denied):
        second.enter_by_passkey(token, device.get(options), visitor=home, site=HERE)

    assert AuditEntry.select().where(AuditEntry.action == "mfa.passkey_cloned", AuditEntry.result == "refused").count() == 1


def test_a_passkey_that_does_not_count_keeps_working(team: dict[Role, User], home: Visitor) -> None:
    actor, device = signed_in(team[Role.AGENT]), Authenticator(counts=False)
    own.add_passkey(actor, "Cloud", device.create(own.begin_passkey(actor, HERE)), site=HERE)
    for _ in range(3):
        token, options = second.begin_passkey_entry(HERE)
        assert second.enter_by_passkey(token, device.get(options), visitor=home, site=HERE)[1].id == actor.id


def test_a_passkey_is_added_only_for_the_challenge_of_this_window(team: dict[Role, User]) -> None:
    ravi, bela = signed_in(team[Role.AGENT]), signed_in(team[Role.ADMIN])
    device = Authenticator()
    hers = own.begin_passkey(bela, HERE)
    own.begin_passkey(ravi, HERE)

    with pytest.raises(Invalid):
        own.add_passkey(ravi, "Phone", device.create(hers), site=HERE)

    assert Passkey.select().count() == 0
