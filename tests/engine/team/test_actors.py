"""What each role may do, checked against the matrix of the threat model."""

from __future__ import annotations

import pytest

from wablast_box.engine.team.actors import SYSTEM, Actor, authorize
from wablast_box.engine.team.roles import PERMISSIONS, PERSON_ONLY, Role, includes, manages
from wablast_box.lib.errors import Denied

OWNER, A, G, N = Role.OWNER, Role.ADMIN, Role.AGENT, Role.ANALYST
MATRIX = {
    "account.own": set(Role),
    "api_keys.write": {OWNER, A},
    "audit.read": {OWNER, A},
    "contacts.merge": {OWNER, A},
    "contacts.opt_in": {OWNER, A},
    "contacts.read": set(Role),
    "contacts.write": {OWNER, A, G},
    "desk.write": {OWNER, A},
    "flows.read": {OWNER, A, G},
    "flows.write": {OWNER, A},
    "inbox.assign": {OWNER, A},
    "inbox.assign_self": {OWNER, A, G},
    "inbox.close": {OWNER, A, G},
    "inbox.export": {OWNER, A},
    "inbox.read": {OWNER, A, G},
    "inbox.reply": {OWNER, A, G},
    "integrations.test": {OWNER, A},
    "integrations.write": {OWNER},
    "media.read": {OWNER, A, G},
    "number.read": set(Role),
    "number.write": {OWNER},
    "replies.write_own": {OWNER, A, G},
    "replies.write_shared": {OWNER, A},
    "roles.write": {OWNER},
    "security.write": {OWNER},
    "settings.read": {OWNER, A},
    "settings.write": {OWNER, A},
    "status.read": {OWNER, A},
    "tags.write": {OWNER, A},
    "templates.read": set(Role),
    "templates.write": {OWNER, A},
    "users.names": {OWNER, A, G},
    "users.read": {OWNER, A},
    "users.write": {OWNER, A},
    "webhooks.read": {OWNER, A},
    "webhooks.replay": {OWNER, A},
}


@pytest.mark.feature("TM-04")
@pytest.mark.parametrize("role", list(Role))
def test_a_role_has_exactly_the_permissions_of_the_matrix(role: Role) -> None:
    assert PERMISSIONS[role] == {name for name, roles in MATRIX.items() if role in roles}


def test_a_machine_never_has_what_needs_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    key = Actor("api_key", 7, "till", Role.OWNER)

    assert key.permissions == PERMISSIONS[Role.OWNER] - PERSON_ONLY
    assert not any(key.may(permission) for permission in PERSON_ONLY)
    with pytest.raises(Denied, match="No key may do this"):
        authorize(key, "integrations.write")


def test_an_agent_sees_their_own_and_unassigned_conversations_only() -> None:
    ravi = Actor("user", 3, "Ravi", Role.AGENT)

    assert ravi.may_see_conversation(None)
    assert ravi.may_see_conversation(3)
    assert not ravi.may_see_conversation(4)


def test_a_key_of_an_agent_is_nobodys_assignee() -> None:
    assert not Actor("api_key", 3, "till", Role.AGENT).may_see_conversation(3)


def test_an_analyst_sees_no_conversation_and_no_personal_data() -> None:
    meera = Actor("user", 4, "Meera", Role.ANALYST)

    assert not meera.may_see_conversation(None)
    assert not meera.sees_personal_data


def test_owner_and_admin_see_every_conversation() -> None:
    assert all(Actor("user", 1, "Asha", role).may_see_conversation(9) for role in (OWNER, A))


def test_nobody_is_signed_out_and_the_wrong_role_is_denied() -> None:
    with pytest.raises(Denied) as nobody:
        authorize(None, "inbox.read")
    with pytest.raises(Denied) as meera:
        authorize(Actor("user", 4, "Meera", N), "inbox.read")

    assert (nobody.value.code, meera.value.code) == ("signed_out", "denied")


def test_an_admin_manages_agents_and_analysts_only() -> None:
    assert {role for role in Role if manages(A, role)} == {G, N}
    assert {role for role in Role if manages(OWNER, role)} == set(Role)
    assert not any(manages(role, other) for role in (G, N) for other in Role)


def test_nobody_gives_away_more_than_they_have() -> None:
    assert {role for role in Role if includes(A, role)} == {A, G, N}
    assert {role for role in Role if includes(G, role)} == {G, N}


@pytest.mark.parametrize(
    ("actor", "ref"), [(SYSTEM, "system"), (Actor("user", 5, "x", G), "user:5"), (Actor("api_key", 6, "x", G), "api_key:6")]
)
def test_an_actor_is_named_the_same_everywhere(actor: Actor, ref: str) -> None:
    assert actor.ref == ref
