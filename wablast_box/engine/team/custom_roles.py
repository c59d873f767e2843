"""Roles of the business's own making: one of ours with fewer or more rights, a narrower view, or customers' numbers hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import IntegrityError, fn

from wablast_box.engine.audit.record import record
from wablast_box.engine.events.publish import publish
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.events import RoleChanged, RoleCreated, RoleDeleted
from wablast_box.engine.team.models import ApiKey, CustomRole, User
from wablast_box.engine.team.recognise import forget_remembered
from wablast_box.engine.team.roles import ALWAYS, GRANTABLE, Role, Scope
from wablast_box.lib import sql
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound
from wablast_box.lib.ids import new_id

MOST = 50


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """What a role is to be."""

    name: str
    base: Role
    permissions: frozenset[str]
    scope: Scope
    hides_numbers: bool


def create_role(draft: RoleDraft, *, by: Actor) -> CustomRole:
    """A new role; nobody has it yet."""
    values = _checked(draft)
    moment = now()
    row = CustomRole(id=new_id(), created_at=moment, updated_at=moment, **values)
    with transaction():
        if CustomRole.select().count() >= MOST:
            raise Conflict(f"There are {MOST} roles already.", help="Delete one that nobody has.")
        _save(row, is_new=True)
        publish(RoleCreated(row.id), actor=by.ref)
        record("role.created", by=by, subject=f"role:{row.id}", subject_name=row.name)
    return row


def change_role(role_id: int, draft: RoleDraft, *, by: Actor) -> CustomRole:
    """Everybody who has the role may do what it says from this moment on; their windows are opened anew."""
    values = _checked(draft)
    with transaction():
        row = get_role(role_id)
        changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
        if not changed:
            return row
        for name, value in values.items():
            setattr(row, name, value)
        row.updated_at = now()
        _save(row, is_new=False)
        for holder in (User, ApiKey):
            holder.update(role=row.base).where(holder.custom_role == row.id).execute()
        publish(RoleChanged(row.id, tuple(changed)), actor=by.ref)
        fields = [name.removesuffix("_json") for name in changed]
        record("role.changed", by=by, subject=f"role:{row.id}", subject_name=row.name, fields=fields)
        after_commit(forget_remembered)
    return row


def delete_role(role_id: int, *, by: Actor) -> None:
    """Gone, when nobody has it and nobody is invited to it."""
    with transaction():
        row = get_role(role_id)
        if User.select(User.id).where(User.custom_role == row.id).exists():
            raise Conflict("Somebody still has this role.", help="Give them another one first.")
        if ApiKey.select(ApiKey.id).where(ApiKey.custom_role == row.id, ApiKey.revoked_at.is_null()).exists():
            raise Conflict("An API key still has this role.", help="Revoke the key first.")
        ApiKey.update(custom_role=None).where(ApiKey.custom_role == row.id).execute()
        try:
            CustomRole.delete().where(CustomRole.id == row.id).execute()
        except IntegrityError as invited:
            raise Conflict("Somebody is or was invited to this role.", help="Take the invitation back first.") from invited
        publish(RoleDeleted(row.id), actor=by.ref)
        record("role.deleted", by=by, subject=f"role:{row.id}", subject_name=row.name)


def list_roles() -> list[tuple[CustomRole, int]]:
    """Every role by name, with how many people have it."""
    counted = sql.run('SELECT custom_role_id, COUNT(*) FROM "user" WHERE custom_role_id IS NOT NULL GROUP BY custom_role_id')
    people = {int(role): int(count) for role, count in counted}
    return [(row, people.get(row.id, 0)) for row in CustomRole.select().order_by(fn.LOWER(CustomRole.name))]


def get_role(role_id: int) -> CustomRole:
    """One role, or NotFound."""
    found: CustomRole | None = CustomRole.get_or_none(CustomRole.id == role_id)
    if found is None:
        raise NotFound("There is no such role.")
    return found


def known_permissions(names: Iterable[str], base: Role) -> frozenset[str]:
    """The names, when a role on this base may hold each of them."""
    asked = frozenset(names)
    foreign = sorted(asked - GRANTABLE[base])
    if foreign:
        raise Invalid(f"A role based on {base} cannot hold {foreign[0]}.", help="Base it on another role.", field="permissions")
    return asked | ALWAYS


def _checked(draft: RoleDraft) -> dict[str, Any]:
    name = " ".join(draft.name.split())
    if not 1 <= len(name) <= 60 or not name.isprintable():
        raise Invalid("A role needs a name of 1 to 60 characters.", field="name")
    if name.upper() in Role.__members__:
        raise Conflict(f"{name.upper()} is a role of the box.", help="Choose another name.", field="name")
    if draft.base not in GRANTABLE:
        raise Invalid("A role is based on ADMIN, AGENT or ANALYST.", field="base")
    permissions = sorted(known_permissions(draft.permissions, draft.base))
    return {
        "name": name, "base": draft.base, "permissions_json": permissions, "scope": draft.scope, "hides_numbers": draft.hides_numbers,
    }  # fmt: skip


def _save(row: CustomRole, *, is_new: bool) -> None:
    twin = CustomRole.select(CustomRole.id).where(fn.LOWER(CustomRole.name) == row.name.lower(), CustomRole.id != row.id)
    if twin.exists():
        raise Conflict("There is a role of this name.", help="Choose another name.", field="name")
    row.save(force_insert=is_new)
