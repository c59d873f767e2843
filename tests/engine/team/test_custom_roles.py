"""Roles of the shop's own making: what they give, what they never give, and that a change holds at once."""

from __future__ import annotations

import pytest

from tests.people import actor_for, add_person
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.settings import store
from wablast_box.engine.team import api_keys, custom_roles, links, users
from wablast_box.engine.team.actors import SYSTEM, Actor, machine, person
from wablast_box.engine.team.custom_roles import RoleDraft
from wablast_box.engine.team.login import Visitor, welcome
from wablast_box.engine.team.models import ApiKey, CustomRole, LoginSession, User
from wablast_box.engine.team.recognise import recognise, remembered
from wablast_box.engine.team.roles import GRANTABLE, PERMISSIONS, Role, Scope
from wablast_box.lib.errors import Conflict, Denied, Invalid, NotFound

READER = frozenset({"contacts.read", "inbox.read"})


def draft(name: str = "Reader", base: Role = Role.AGENT, permissions: frozenset[str] = READER, **more: object) -> RoleDraft:
    return RoleDraft(name, base, permissions, Scope(str(more.get("scope", "own_and_free"))), bool(more.get("hides_numbers", False)))


def with_role(user: User, role: CustomRole) -> Actor:
    users.change_user(user.id, by=SYSTEM, custom=role, role=Role(role.base))
    return person(User.get_by_id(user.id))


@pytest.mark.feature("TM-05")
def test_a_role_gives_exactly_what_it_says(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    role = custom_roles.create_role(draft(), by=actors[Role.OWNER])

    ravi = with_role(team[Role.AGENT], role)

    assert ravi.permissions == READER | {"account.own"}
    assert ravi.role is Role.AGENT and ravi.grants is not None and ravi.grants.name == "Reader"


@pytest.mark.feature("TM-05")
@pytest.mark.parametrize("base", [Role.ADMIN, Role.AGENT, Role.ANALYST])
def test_no_role_gives_what_is_an_owners(actors: dict[Role, Actor], base: Role) -> None:
    for permission in sorted(PERMISSIONS[Role.OWNER] - GRANTABLE[base]):
        with pytest.raises(Invalid) as refused:
            custom_roles.create_role(draft(base=base, permissions=frozenset({permission})), by=actors[Role.OWNER])
        assert refused.value.field == "permissions"
    with pytest.raises(Invalid):
        custom_roles.create_role(draft(permissions=frozenset({"inbox.rule"})), by=actors[Role.OWNER])
    assert not GRANTABLE[base] & {"roles.write", "security.write"}


def test_a_role_is_not_based_on_owner_and_not_called_like_one(actors: dict[Role, Actor]) -> None:
    with pytest.raises(Invalid):
        custom_roles.create_role(draft(base=Role.OWNER), by=actors[Role.OWNER])
    for name in ("owner", " Admin ", "", "x" * 61, "a\u202eb"):
        with pytest.raises((Invalid, Conflict)) as refused:
            custom_roles.create_role(draft(name), by=actors[Role.OWNER])
        assert refused.value.field == "name"
    custom_roles.create_role(draft("Night shift"), by=actors[Role.OWNER])
    with pytest.raises(Conflict):
        custom_roles.create_role(draft("NIGHT  shift"), by=actors[Role.OWNER])


def test_what_a_row_holds_too_much_is_not_given(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    role = custom_roles.create_role(draft(), by=actors[Role.OWNER])
    ravi = with_role(team[Role.AGENT], role)
    CustomRole.update(permissions_json=["security.write", "inbox.read"]).execute()

    assert person(User.get_by_id(ravi.id)).permissions == {"inbox.read", "account.own"}


@pytest.mark.feature("TM-05")
def test_a_change_of_the_role_holds_at_once_and_signs_nobody_out(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    role = custom_roles.create_role(draft(), by=actors[Role.OWNER])
    with_role(team[Role.AGENT], role)
    token, _ = welcome(User.get_by_id(team[Role.AGENT].id), visitor=Visitor())
    before = recognise(token)

    custom_roles.change_role(role.id, draft(permissions=frozenset({"contacts.read"}), hides_numbers=True), by=actors[Role.OWNER])

    assert remembered(token) is None
    after = recognise(token)
    assert before is not None and before.may("inbox.read") and not before.hides_numbers
    assert after is not None and not after.may("inbox.read") and after.hides_numbers
    entry = AuditEntry.select().where(AuditEntry.action == "role.changed").get()
    assert entry.fields_json == ["hides_numbers", "permissions"]


def test_a_new_base_takes_its_people_along(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    role = custom_roles.create_role(draft(), by=actors[Role.OWNER])
    with_role(team[Role.AGENT], role)

    custom_roles.change_role(role.id, draft(base=Role.ADMIN), by=actors[Role.OWNER])

    assert User.get_by_id(team[Role.AGENT].id).role == Role.ADMIN


def test_getting_another_role_ends_every_sign_in(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    role = custom_roles.create_role(draft(), by=actors[Role.OWNER])
    welcome(team[Role.AGENT], visitor=Visitor())

    with_role(team[Role.AGENT], role)
    assert LoginSession.select().where(LoginSession.ended_at.is_null()).count() == 0

    welcome(User.get_by_id(team[Role.AGENT].id), visitor=Visitor())
    users.change_user(team[Role.AGENT].id, by=SYSTEM, role=Role.AGENT)
    assert User.get_by_id(team[Role.AGENT].id).custom_role is None
    assert LoginSession.select().where(LoginSession.ended_at.is_null()).count() == 0


def test_a_role_that_somebody_has_is_not_deleted(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    role = custom_roles.create_role(draft(), by=actors[Role.OWNER])
    with_role(team[Role.AGENT], role)
    assert [(row.name, people) for row, people in custom_roles.list_roles()] == [("Reader", 1)]

    with pytest.raises(Conflict):
        custom_roles.delete_role(role.id, by=actors[Role.OWNER])
    users.change_user(team[Role.AGENT].id, by=SYSTEM, role=Role.AGENT)
    custom_roles.delete_role(role.id, by=actors[Role.OWNER])

    assert custom_roles.list_roles() == []
    with pytest.raises(NotFound):
        custom_roles.get_role(role.id)


@pytest.mark.feature("TM-05")
def test_nobody_gives_away_more_than_they_have(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    """An admin who sees no numbers and only the team cannot make an account, a link or a key that shows more."""
    clerk = custom_roles.create_role(
        draft("People clerk", Role.ADMIN, frozenset({"users.read", "users.write", "api_keys.write", "contacts.read"}), hides_numbers=True),
        by=actors[Role.OWNER],
    )
    bela = with_role(team[Role.ADMIN], clerk)

    with pytest.raises(Denied):
        users.add_user(name="Me", email="me@example.com", role=Role.AGENT, by=bela)
    with pytest.raises(Denied):
        links.make_password_link(team[Role.AGENT].id, by=bela)
    with pytest.raises(Denied):
        users.change_user(team[Role.AGENT].id, by=bela, disabled=True)
    for role in (Role.ADMIN, Role.AGENT, Role.ANALYST):
        with pytest.raises(Denied):
            api_keys.create_api_key("till", role, by=bela)


@pytest.mark.feature("IN-34")
def test_agents_see_what_the_settings_say_unless_their_role_says_otherwise(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    def sees() -> tuple[bool, bool, bool]:
        ravi = person(User.get_by_id(team[Role.AGENT].id))
        return ravi.may_see_conversation(ravi.id), ravi.may_see_conversation(None), ravi.may_see_conversation(team[Role.OWNER].id)

    assert sees() == (True, True, False)
    store.put("agent_scope", "own")
    assert sees() == (True, False, False)
    store.put("agent_scope", "all")
    assert sees() == (True, True, True)

    role = custom_roles.create_role(draft(scope="own"), by=actors[Role.OWNER])
    with_role(team[Role.AGENT], role)
    assert sees() == (True, False, False)
    assert person(team[Role.OWNER]).sees_all_conversations and person(team[Role.ADMIN]).sees_all_conversations


@pytest.mark.feature("IN-35")
def test_numbers_are_hidden_by_role_or_by_setting(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    assert not person(team[Role.AGENT]).hides_numbers
    assert person(team[Role.ANALYST]).hides_numbers

    store.put("agents_see_masked_numbers", True)

    assert person(team[Role.AGENT]).hides_numbers
    assert not person(team[Role.ADMIN]).hides_numbers and not person(team[Role.OWNER]).hides_numbers
    api_keys.create_api_key("till", Role.AGENT, by=actors[Role.OWNER])
    assert machine(ApiKey.get()).hides_numbers


def test_who_cannot_reply_is_not_offered_for_assignment(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    role = custom_roles.create_role(draft(), by=actors[Role.OWNER])
    with_role(team[Role.AGENT], role)
    sunil = add_person(Role.AGENT, name="Sunil", email="sunil@example.com")

    names = {row["name"] for row in users.list_assignable()}

    assert names == {"Asha", "Bela", "Sunil"}
    assert users.can_answer(sunil) and not users.can_answer(User.get_by_id(team[Role.AGENT].id))
    assert actor_for(sunil).may("inbox.reply")


@pytest.mark.feature("AP-04", "TM-05")
def test_a_key_with_a_role_of_the_shop_may_do_what_that_says_and_follows_it(actors: dict[Role, Actor]) -> None:
    role = custom_roles.create_role(draft(scope="all", hides_numbers=True), by=actors[Role.OWNER])
    key, text = api_keys.create_api_key("till", Role.AGENT, by=actors[Role.OWNER], custom=role)

    made = recognise(text)
    custom_roles.change_role(role.id, draft(permissions=frozenset({"contacts.read"})), by=actors[Role.OWNER])
    changed = recognise(text)

    assert made is not None and changed is not None
    # A machine has no account of its own.
    assert (made.permissions, made.scope, made.hides_numbers) == (READER, Scope.ALL, True)
    assert (changed.permissions, changed.hides_numbers) == ({"contacts.read"}, False)
    assert AuditEntry.get(AuditEntry.subject == f"api_key:{key.id}").detail_json == {"role": "Reader"}


@pytest.mark.feature("AP-04")
def test_nobody_makes_a_key_with_a_role_that_may_or_shows_more_than_they(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    rights = {"api_keys.write", "inbox.read", "users.read"}
    bela = with_role(team[Role.ADMIN], custom_roles.create_role(draft("Keys", Role.ADMIN, frozenset(rights)), by=actors[Role.OWNER]))
    more = custom_roles.create_role(draft("More", permissions=READER), by=actors[Role.OWNER])
    wider = custom_roles.create_role(draft("Wider", permissions=frozenset({"inbox.read"}), scope="all"), by=actors[Role.OWNER])
    fits = custom_roles.create_role(draft("Fits", permissions=frozenset({"inbox.read"})), by=actors[Role.OWNER])

    for role in (more, wider):
        with pytest.raises(Denied):
            api_keys.create_api_key("till", Role.AGENT, by=bela, custom=role)
    api_keys.create_api_key("till", Role.AGENT, by=bela, custom=fits)

    assert [key.custom_role.name for key in ApiKey.select()] == ["Fits"]


@pytest.mark.feature("AP-04")
def test_a_key_never_does_more_than_its_maker_may_today(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    role = custom_roles.create_role(draft(scope="all"), by=actors[Role.OWNER])
    _, plain = api_keys.create_api_key("shop", Role.ADMIN, by=actors[Role.ADMIN])
    _, own = api_keys.create_api_key("till", Role.AGENT, by=actors[Role.ADMIN], custom=role)
    custom_roles.change_role(role.id, draft(permissions=READER | {"contacts.write"}, scope="all"), by=actors[Role.OWNER])

    with_role(team[Role.ADMIN], custom_roles.create_role(draft("Less", permissions=frozenset({"inbox.read"})), by=actors[Role.OWNER]))

    for text in (plain, own):
        key = recognise(text)
        assert key is not None
        assert (key.permissions, key.scope) == ({"inbox.read"}, Scope.OWN_AND_FREE)


def test_a_role_that_a_working_key_has_is_not_deleted(actors: dict[Role, Actor]) -> None:
    role = custom_roles.create_role(draft(), by=actors[Role.OWNER])
    key, _ = api_keys.create_api_key("till", Role.AGENT, by=actors[Role.OWNER], custom=role)
    with pytest.raises(Conflict, match="key"):
        custom_roles.delete_role(role.id, by=actors[Role.OWNER])

    api_keys.revoke_api_key(key.id, by=actors[Role.OWNER])
    custom_roles.delete_role(role.id, by=actors[Role.OWNER])

    assert CustomRole.select().count() == 0
