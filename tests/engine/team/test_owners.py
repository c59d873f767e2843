"""Handing the box over, and never losing the last owner: not by hand, not by command, not by two at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.people import actor_for, add_person
from tests.threads import side_by_side
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.team import owners, users
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.entry.models import ExternalIdentity
from wablast_box.engine.team.login import Visitor, welcome
from wablast_box.engine.team.models import LoginSession, User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import now
from wablast_box.lib.errors import BoxError, Conflict, Denied, NotFound


def owners_left() -> int:
    return User.select().where(User.role == Role.OWNER, User.disabled_at.is_null()).count()


@pytest.mark.feature("TM-14")
def test_the_box_is_handed_over_in_one_step(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    for user in team.values():
        welcome(user, visitor=Visitor())

    heir = owners.transfer_ownership(team[Role.ADMIN].id, by=actors[Role.OWNER])

    assert heir.role == Role.OWNER
    assert User.get_by_id(team[Role.OWNER].id).role == Role.ADMIN
    signed_out = {row.user.id for row in LoginSession.select().where(LoginSession.ended_at.is_null(False))}
    assert signed_out == {team[Role.OWNER].id, team[Role.ADMIN].id}
    assert AuditEntry.select().where(AuditEntry.action == "owner.transferred").get().subject == f"user:{heir.id}"


@pytest.mark.feature("TM-14")
def test_it_is_handed_only_by_an_owner_and_only_to_somebody_who_can_come_in(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    invited = add_person(Role.AGENT, name="Sunil", email="sunil@example.com", password=None)
    gone = add_person(Role.AGENT, name="Tara", email="tara@example.com")
    users.change_user(gone.id, by=SYSTEM, disabled=True)

    for by in (actors[Role.ADMIN], actors[Role.AGENT], SYSTEM):
        with pytest.raises((Denied, User.DoesNotExist)):
            owners.transfer_ownership(team[Role.ADMIN].id, by=by)
    for nobody in (invited.id, gone.id):
        with pytest.raises(Conflict):
            owners.transfer_ownership(nobody, by=actors[Role.OWNER])
    for wrong in (team[Role.OWNER].id, 1):
        with pytest.raises(NotFound):
            owners.transfer_ownership(wrong, by=actors[Role.OWNER])
    assert owners_left() == 1 and User.get_by_id(team[Role.OWNER].id).role == Role.OWNER


def test_somebody_who_comes_in_by_google_counts_as_an_owner_who_can(team: dict[Role, User]) -> None:
    tara = add_person(Role.OWNER, name="Tara", email="tara@example.com", password=None)
    with pytest.raises(Conflict):
        users.change_user(team[Role.OWNER].id, by=SYSTEM, disabled=True)

    ExternalIdentity.create(id=1, user=tara.id, issuer="https://accounts.google.com", subject="1", email=tara.email, created_at=now())
    users.change_user(team[Role.OWNER].id, by=SYSTEM, disabled=True)

    assert owners_left() == 1


@pytest.mark.feature("TM-14")
@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_at_once_one_owner_who_can_come_in_is_left(team: dict[Role, User], actors: dict[Role, Actor], seed: int) -> None:
    tara = actor_for(add_person(Role.OWNER, name="Tara", email="tara@example.com"))
    asha, bela = actors[Role.OWNER], actors[Role.ADMIN]
    deeds: list[Callable[[], object]] = [
        lambda: users.change_user(tara.id or 0, by=asha, role=Role.AGENT),
        lambda: users.change_user(asha.id or 0, by=tara, disabled=True),
        lambda: owners.transfer_ownership(bela.id or 0, by=asha),
        lambda: owners.transfer_ownership(asha.id or 0, by=tara),
        lambda: users.change_user(asha.id or 0, by=SYSTEM, role=Role.ADMIN),
        lambda: users.change_user(tara.id or 0, by=SYSTEM, disabled=True),
    ]

    outcomes = side_by_side(deeds[seed:] + deeds[:seed])

    assert not [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, BoxError)]
    assert any(users.can_come_in(user) for user in User.select().where(User.role == Role.OWNER))
