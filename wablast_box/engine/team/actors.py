"""Who acts: a person, a machine with a key, or the box itself. Every verb that needs a right asks here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from wablast_box.engine.settings import store
from wablast_box.engine.team.models import ApiKey, CustomRole, User
from wablast_box.engine.team.roles import ALWAYS, GRANTABLE, PERMISSIONS, PERSON_ONLY, Role, Scope
from wablast_box.lib.errors import Denied

Kind = Literal["user", "api_key", "flow", "system"]


@dataclass(frozen=True, slots=True)
class Grants:
    """What an actor may do where that is not simply their role: a custom role, a setting, a second factor that is missing."""

    name: str
    permissions: frozenset[str]
    scope: Scope
    hides_numbers: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """`session_id` is the signed-in browser of a person; machines and the box have none. Without `grants` the role decides."""

    kind: Kind
    id: int | None
    name: str
    role: Role
    session_id: int | None = None
    grants: Grants | None = None

    @property
    def ref(self) -> str:
        """How events and messages name this actor: user:ID, api_key:ID, flow:ID or system."""
        return self.kind if self.id is None else f"{self.kind}:{self.id}"

    @property
    def permissions(self) -> frozenset[str]:
        """Everything this actor may do."""
        granted = self.grants.permissions if self.grants else PERMISSIONS[self.role]
        return granted - PERSON_ONLY if self.kind == "api_key" else granted

    def may(self, permission: str) -> bool:
        """Does the role of this actor grant `permission`?"""
        return permission in self.permissions

    @property
    def scope(self) -> Scope:
        """Which conversations this actor sees."""
        if self.grants is not None:
            return self.grants.scope
        return Scope.ALL if self.role in (Role.OWNER, Role.ADMIN) else Scope.OWN_AND_FREE

    @property
    def sees_all_conversations(self) -> bool:
        """Every conversation, whoever it is assigned to."""
        return self.scope is Scope.ALL

    @property
    def sees_personal_data(self) -> bool:
        """Names and numbers of customers in clear; an ANALYST gets them masked."""
        return self.role is not Role.ANALYST

    @property
    def hides_numbers(self) -> bool:
        """Are customers' numbers masked in everything this actor is told?"""
        return self.role is Role.ANALYST or (self.grants is not None and self.grants.hides_numbers)

    def may_see_conversation(self, assignee_id: int | None) -> bool:
        """Is a conversation assigned to `assignee_id` (None: to nobody) one that this actor may open and answer?"""
        if not self.may("inbox.read"):
            return False
        is_theirs = self.kind == "user" and assignee_id is not None and assignee_id == self.id
        return self.sees_all_conversations or is_theirs or (assignee_id is None and self.scope is not Scope.OWN)


_WIDTH = {Scope.OWN: 0, Scope.OWN_AND_FREE: 1, Scope.ALL: 2}
SYSTEM = Actor("system", None, "wablast-box", Role.OWNER)


def person(user: User, session_id: int | None = None) -> Actor:
    """A user as an actor, with everything their role of today gives them."""
    return Actor("user", user.id, user.name, Role(user.role), session_id, grants_of(Role(user.role), user.custom_role))


def machine(key: ApiKey) -> Actor:
    """A program with a key as an actor. Whoever made it may do less today than then: so may the key."""
    role = Role(key.role)
    plain = Actor("api_key", key.id, key.name, role, grants=grants_of(role, key.custom_role))
    maker = None if key.created_by_id is None else User.get_or_none(User.id == key.created_by_id)
    return plain if maker is None else _within(plain, person(maker))


def _within(key: Actor, maker: Actor) -> Actor:
    if maker.role is Role.OWNER and maker.grants is None:
        return key
    permissions = key.permissions & maker.permissions
    scope = min(key.scope, maker.scope, key=_WIDTH.__getitem__)
    hides = key.hides_numbers or maker.hides_numbers
    if (permissions, scope, hides) == (key.permissions, key.scope, key.hides_numbers):
        return key
    return replace(key, grants=Grants(key.grants.name if key.grants else "", permissions, scope, hides))


def grants_of(ours: Role, role: CustomRole | None = None) -> Grants | None:
    """What a custom role gives: never more than may be granted, whatever stands in its row. Else what the settings say."""
    if role is None:
        return _of_agents() if ours is Role.AGENT else None
    permissions = (frozenset(role.permissions_json) & GRANTABLE[Role(role.base)]) | ALWAYS
    return Grants(role.name, permissions, Scope(role.scope), role.hides_numbers)


def _of_agents() -> Grants | None:
    scope, hides = Scope(store.get("agent_scope")), bool(store.get("agents_see_masked_numbers"))
    return None if scope is Scope.OWN_AND_FREE and not hides else Grants("", PERMISSIONS[Role.AGENT], scope, hides)


def may_give(by: Actor, role: Role, custom: CustomRole | None = None) -> bool:
    """May `by` let somebody else have this role? Only what they may themselves, nothing that is hidden from them."""
    if by.kind == "system" or (by.role is Role.OWNER and by.grants is None):
        return True
    other = Actor("user", 0, "", role, grants=grants_of(role, custom))
    rights = other.permissions <= by.permissions
    return rights and (other.hides_numbers or not by.hides_numbers) and _WIDTH[other.scope] <= _WIDTH[by.scope]


def authorize(actor: Actor | None, permission: str) -> Actor:
    """The actor again, or Denied: `signed_out` when there is nobody, `denied` when the role does not grant it."""
    if actor is None:
        raise Denied("You are not signed in.", code="signed_out", help="Sign in and try again.")
    if not actor.may(permission):
        if actor.kind == "api_key" and permission in PERSON_ONLY:
            raise Denied("No key may do this.", help=f"Somebody who is signed in and whose role includes {permission} can do it.")
        raise Denied("Your role does not allow this.", help=f"Somebody whose role includes {permission} can do it.")
    return actor
