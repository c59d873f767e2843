"""Who acts: a person, a machine with a key, or the box itself. Every verb that needs a right asks here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wablast_box.engine.team.roles import PERMISSIONS, PERSON_ONLY, Role
from wablast_box.lib.errors import Denied

Kind = Literal["user", "api_key", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`session_id` is the signed-in browser of a person; machines and the box have none."""

    kind: Kind
    id: int | None
    name: str
    role: Role
    session_id: int | None = None

    @property
    def ref(self) -> str:
        """How events and messages name this actor: user:ID, api_key:ID or system."""
        return self.kind if self.id is None else f"{self.kind}:{self.id}"

    @property
    def permissions(self) -> frozenset[str]:
        """Everything this actor may do."""
        granted = PERMISSIONS[self.role]
        return granted - PERSON_ONLY if self.kind == "api_key" else granted

    def may(self, permission: str) -> bool:
        """Does the role of this actor grant `permission`?"""
        return permission in self.permissions

    @property
    def sees_all_conversations(self) -> bool:
        """Every conversation, whoever it is assigned to."""
        return self.role in (Role.OWNER, Role.ADMIN)

    @property
    def sees_personal_data(self) -> bool:
        """Names and numbers of customers in clear; an ANALYST gets them masked."""
        return self.role is not Role.ANALYST

    def may_see_conversation(self, assignee_id: int | None) -> bool:
        """Is a conversation assigned to `assignee_id` (None: to nobody) one that this actor may open and answer?"""
        if not self.may("inbox.read"):
            return False
        return self.sees_all_conversations or assignee_id is None or (self.kind == "user" and assignee_id == self.id)


SYSTEM = Actor("system", None, "wablast-box", Role.OWNER)


def authorize(actor: Actor | None, permission: str) -> Actor:
    """The actor again, or Denied: `signed_out` when there is nobody, `denied` when the role does not grant it."""
    if actor is None:
        raise Denied("You are not signed in.", code="signed_out", help="Sign in and try again.")
    if not actor.may(permission):
        raise Denied("Your role does not allow this.", help=f"Somebody whose role includes {permission} can do it.")
    return actor
