"""Invitations: a link good once for three days, sent again, taken back, accepted; and never more than the inviter may give."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.people import actor_for, add_person
from tests.threads import side_by_side
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.team import custom_roles, users
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.custom_roles import RoleDraft
from wablast_box.engine.team.invites import invitations
from wablast_box.engine.team.invites.models import Invitation
from wablast_box.engine.team.login import Visitor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role, Scope
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import BoxError, Conflict, Denied, Invalid, NotFound

NEW = "tamarind under the bridge"


def invited(by: Actor, email: str = "sunil@example.com", role: Role = Role.AGENT) -> invitations.NewInvitation:
    return invitations.invite(name="Sunil", email=email, role=role, by=by)


@pytest.mark.feature("TM-03")
def test_who_is_invited_joins_with_the_link_once(actors: dict[Role, Actor], home: Visitor) -> None:
    made = invited(actors[Role.ADMIN], " Sunil@Example.com")
    assert invitations.look(made.token, visitor=home).email == "sunil@example.com"
    assert User.get_or_none(User.email == "sunil@example.com") is None

    _, actor = invitations.accept(made.token, NEW, visitor=home)

    assert (actor.name, actor.role) == ("Sunil", Role.AGENT)
    with pytest.raises(NotFound):
        invitations.accept(made.token, NEW, visitor=home)
    assert invitations.list_open(by=actors[Role.ADMIN]) == []
    assert [row.action for row in AuditEntry.select().where(AuditEntry.action.startswith("invitation")).order_by(AuditEntry.id)] == [
        "invitation.made", "invitation.accepted",
    ]  # fmt: skip


@pytest.mark.feature("TM-03")
def test_a_link_lives_72_hours_and_only_its_hash_is_kept(actors: dict[Role, Actor], home: Visitor) -> None:
    made = invited(actors[Role.OWNER])
    assert made.token not in str(Invitation.get().__data__)

    with frozen_at(now() + timedelta(hours=71, minutes=59)):
        invitations.look(made.token, visitor=home)
    with frozen_at(now() + timedelta(hours=72, minutes=1)), pytest.raises(NotFound):
        invitations.look(made.token, visitor=home)


@pytest.mark.feature("TM-03")
def test_sent_again_the_former_link_is_dead_and_taken_back_every_one(actors: dict[Role, Actor], home: Visitor) -> None:
    first = invited(actors[Role.OWNER])
    second = invitations.resend(first.row.id, by=actors[Role.ADMIN])
    third = invited(actors[Role.OWNER])
    with pytest.raises(NotFound):
        invitations.look(first.token, visitor=home)
    with pytest.raises(NotFound):
        invitations.look(second.token, visitor=home)
    assert [row.id for row in invitations.list_open(by=actors[Role.OWNER])] == [third.row.id]

    invitations.revoke(third.row.id, by=actors[Role.OWNER])

    with pytest.raises(NotFound):
        invitations.accept(third.token, NEW, visitor=home)
    with pytest.raises(NotFound):
        invitations.resend(third.row.id, by=actors[Role.OWNER])


def test_a_lapsed_invitation_can_be_sent_again(actors: dict[Role, Actor], home: Visitor) -> None:
    with frozen_at(datetime(2026, 1, 1, tzinfo=UTC)):
        old = invited(actors[Role.OWNER])

    again = invitations.resend(old.row.id, by=actors[Role.OWNER])

    assert invitations.look(again.token, visitor=home).id == old.row.id


def test_nobody_invites_above_themselves(actors: dict[Role, Actor]) -> None:
    for role in (Role.ADMIN, Role.OWNER):
        with pytest.raises(Denied):
            invited(actors[Role.ADMIN], role=role)
    hers = invited(actors[Role.OWNER], role=Role.ADMIN)
    for act in (invitations.resend, invitations.revoke):
        with pytest.raises(Denied):
            act(hers.row.id, by=actors[Role.ADMIN])
    assert invitations.list_open(by=actors[Role.ADMIN]) == []


def test_who_is_here_already_is_not_invited(actors: dict[Role, Actor]) -> None:
    with pytest.raises(Conflict) as refused:
        invited(actors[Role.OWNER], "RAVI@example.com")
    assert refused.value.field == "email"


@pytest.mark.feature("TM-03")
def test_the_invitations_of_somebody_dismissed_let_nobody_in(actors: dict[Role, Actor], team: dict[Role, User], home: Visitor) -> None:
    made = invited(actors[Role.ADMIN])
    other = invited(actors[Role.ADMIN], "tara@example.com")
    users.change_user(team[Role.ADMIN].id, by=SYSTEM, disabled=True)
    with pytest.raises(NotFound):
        invitations.accept(made.token, NEW, visitor=home)

    users.change_user(team[Role.ADMIN].id, by=SYSTEM, disabled=False)
    users.change_user(team[Role.ADMIN].id, by=SYSTEM, role=Role.AGENT)
    with pytest.raises(NotFound):
        invitations.accept(other.token, NEW, visitor=home)

    assert User.select().count() == 4


def test_a_bad_password_leaves_the_link_usable(actors: dict[Role, Actor], home: Visitor) -> None:
    made = invited(actors[Role.OWNER])
    with pytest.raises(Invalid):
        invitations.accept(made.token, "short", visitor=home)

    assert invitations.accept(made.token, NEW, visitor=home, name="Sunil K")[1].name == "Sunil K"


def test_of_two_who_accept_at_once_one_joins(actors: dict[Role, Actor], home: Visitor) -> None:
    made = invited(actors[Role.OWNER])

    outcomes = side_by_side([lambda: invitations.accept(made.token, NEW, visitor=home)] * 2)

    assert [isinstance(one, BoxError) for one in outcomes].count(False) == 1
    assert User.select().where(User.email == "sunil@example.com").count() == 1


def test_an_invitation_may_name_a_role_of_the_shop(actors: dict[Role, Actor], home: Visitor) -> None:
    role = custom_roles.create_role(RoleDraft("Reader", Role.AGENT, frozenset({"inbox.read"}), Scope.ALL, True), by=actors[Role.OWNER])
    made = invitations.invite(name="Sunil", email="sunil@example.com", role=Role.AGENT, custom=role, by=actors[Role.ADMIN])

    _, actor = invitations.accept(made.token, NEW, visitor=home)

    assert actor.permissions == {"inbox.read", "account.own"} and actor.hides_numbers
    with pytest.raises(Conflict):
        custom_roles.delete_role(role.id, by=actors[Role.OWNER])


def test_an_email_that_joined_another_way_ends_the_invitation(actors: dict[Role, Actor], home: Visitor) -> None:
    made = invited(actors[Role.OWNER])
    sunil = add_person(Role.AGENT, name="Sunil", email="sunil@example.com")

    with pytest.raises(NotFound):
        invitations.accept(made.token, NEW, visitor=home)
    assert actor_for(sunil).role is Role.AGENT
