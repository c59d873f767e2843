"""Adding, changing and disabling people; the last owner stays."""

from __future__ import annotations

import pytest

from tests.people import actor_for, add_person
from tests.threads import side_by_side
from wablast_box.engine.team import links, users
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.errors import Conflict, Denied, Invalid


@pytest.mark.feature("TM-04")
def test_an_admin_adds_agents_and_analysts_but_no_admin_and_no_owner(actors: dict[Role, Actor]) -> None:
    bela = actors[Role.ADMIN]
    users.add_user(name="Sunil", email="sunil@example.com", role=Role.AGENT, by=bela)

    for role in (Role.ADMIN, Role.OWNER):
        with pytest.raises(Denied):
            users.add_user(name="Tara", email="tara@example.com", role=role, by=bela)
    assert users.find_by_email("TARA@example.com") is None


def test_an_admin_cannot_touch_an_owner_or_make_one(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    bela = actors[Role.ADMIN]
    for change in ({"name": "X"}, {"disabled": True}, {"role": Role.AGENT}):
        with pytest.raises(Denied):
            users.change_user(team[Role.OWNER].id, by=bela, **change)
    with pytest.raises(Denied):
        users.change_user(team[Role.AGENT].id, by=bela, role=Role.ADMIN)
    with pytest.raises(Denied):
        links.make_password_link(team[Role.OWNER].id, by=bela)


def test_an_email_is_in_the_team_once(actors: dict[Role, Actor]) -> None:
    with pytest.raises(Conflict) as refused:
        users.add_user(name="Ravi Two", email=" RAVI@example.com", role=Role.AGENT, by=actors[Role.OWNER])

    assert refused.value.field == "email"


@pytest.mark.parametrize(
    "email", ["", "asha", "asha@", "@x", "a b@x.in", "a@b@c", "a\n@x.in", "a@x.in\x00", '"<a>"@x.in', "a" * 65 + "@x.in"]
)
def test_what_is_no_email_is_refused(actors: dict[Role, Actor], email: str) -> None:
    with pytest.raises(Invalid) as refused:
        users.add_user(name="Tara", email=email, role=Role.AGENT, by=actors[Role.OWNER])

    assert refused.value.field == "email"


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\x00b", "a\u202eb"])
def test_a_name_that_cannot_be_seen_is_refused(actors: dict[Role, Actor], name: str) -> None:
    with pytest.raises(Invalid) as refused:
        users.add_user(name=name, email="tara@example.com", role=Role.AGENT, by=actors[Role.OWNER])

    assert refused.value.field == "name"


@pytest.mark.feature("TM-04")
def test_the_last_owner_can_neither_leave_nor_be_demoted(team: dict[Role, User]) -> None:
    for change in ({"role": Role.ADMIN}, {"disabled": True}):
        with pytest.raises(Conflict) as refused:
            users.change_user(team[Role.OWNER].id, by=SYSTEM, **change)
        assert refused.value.code == "last_owner"


def test_an_invited_owner_who_never_came_does_not_count_as_another_owner(team: dict[Role, User]) -> None:
    add_person(Role.OWNER, name="Tara", email="tara@example.com", password=None)

    with pytest.raises(Conflict):
        users.change_user(team[Role.OWNER].id, by=SYSTEM, disabled=True)


def test_with_a_second_owner_the_first_may_go_but_not_by_her_own_hand(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    tara = actor_for(add_person(Role.OWNER, name="Tara", email="tara@example.com"))

    with pytest.raises(Denied):
        users.change_user(team[Role.OWNER].id, by=actors[Role.OWNER], role=Role.ADMIN)
    changed = users.change_user(team[Role.OWNER].id, by=tara, role=Role.ADMIN)

    assert changed.role == Role.ADMIN


def test_two_owners_who_demote_each_other_at_once_leave_one_owner(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    tara = actor_for(add_person(Role.OWNER, name="Tara", email="tara@example.com"))

    side_by_side(
        [
            lambda: users.change_user(tara.id or 0, by=actors[Role.OWNER], role=Role.ADMIN),
            lambda: users.change_user(team[Role.OWNER].id, by=tara, role=Role.ADMIN),
        ]
    )

    assert User.select().where(User.role == Role.OWNER).count() >= 1
