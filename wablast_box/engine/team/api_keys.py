"""Keys for machines: shown once, kept as a hash, with a role of their own, revocable at once."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.audit.record import record
from wablast_box.engine.events.publish import publish
from wablast_box.engine.team.actors import Actor, may_give
from wablast_box.engine.team.events import ApiKeyCreated, ApiKeyRevoked
from wablast_box.engine.team.models import ApiKey, CustomRole
from wablast_box.engine.team.recognise import KEY_PREFIX, forget_remembered
from wablast_box.engine.team.roles import PERMISSIONS, PERSON_ONLY, Role, includes
from wablast_box.lib.clock import now
from wablast_box.lib.crypto import new_token, token_hash
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Conflict, Denied, Invalid, NotFound
from wablast_box.lib.ids import new_id

MOST_KEYS = 100
_SHOWN = len(KEY_PREFIX) + 6


def create_api_key(name: str, role: Role, *, by: Actor, custom: CustomRole | None = None) -> tuple[ApiKey, str]:
    """A new key and its text, which nobody can read again. Nobody makes a key that may do more than they may.

    `custom`: a role of the business's own making; `role` is then what that is based on.
    """
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= 100 or not cleaned.isprintable():
        raise Invalid("A key needs a name of 1 to 100 characters.", help="Name the program that will use it.", field="name")
    called = custom.name if custom else role.value
    if not (_may_make(by, role) if custom is None else may_give(by, role, custom)):
        raise Denied(
            f"You cannot make a key with the role {called}.", help="A key has at most the rights of the person who makes it.", field="role"
        )
    text = new_token(KEY_PREFIX)
    with transaction():
        if ApiKey.select().where(ApiKey.revoked_at.is_null()).count() >= MOST_KEYS:
            raise Conflict(f"There are {MOST_KEYS} keys already.", help="Revoke the ones that no program uses.")
        key = ApiKey(
            id=new_id(), name=cleaned, role=role, key_hash=token_hash(text), prefix=text[:_SHOWN],
            created_by_id=by.id if by.kind == "user" else None, created_at=now(), custom_role=custom,
        )  # fmt: skip
        key.save(force_insert=True)
        publish(ApiKeyCreated(key.id, role.value), actor=by.ref)
        record("api_key.created", by=by, subject=f"api_key:{key.id}", subject_name=cleaned, detail={"role": called})
    return key, text


def list_api_keys(*, by: Actor, limit: int = 51, before: int | None = None) -> list[ApiKey]:
    """Keys that work, newest first: all of them for an OWNER, their own for an ADMIN."""
    query = _visible(by).order_by(ApiKey.id.desc()).limit(limit)
    return list(query if before is None else query.where(ApiKey.id < before))


def revoke_api_key(key_id: int, *, by: Actor) -> None:
    """The key stops working now; NotFound when it does not work already or is somebody else's."""
    key = _visible(by).where(ApiKey.id == key_id).first()
    if key is None:
        raise NotFound("There is no such key.")
    with transaction():
        ApiKey.update(revoked_at=now()).where(ApiKey.id == key.id).execute()
        publish(ApiKeyRevoked(key.id), actor=by.ref)
        record("api_key.revoked", by=by, subject=f"api_key:{key.id}", subject_name=key.name)
        after_commit(forget_remembered)


def _may_make(by: Actor, role: Role) -> bool:
    """A key of this role can do what its maker can; a maker from whom numbers are hidden makes none that shows them."""
    if by.grants is None:
        return includes(by.role, role)
    is_seen = by.sees_all_conversations and (not by.hides_numbers or role is Role.ANALYST)
    return is_seen and PERMISSIONS[role] - PERSON_ONLY <= by.permissions


def _visible(by: Actor) -> Any:
    working = ApiKey.select().where(ApiKey.revoked_at.is_null())
    return working if by.role is Role.OWNER else working.where(ApiKey.created_by_id == by.id)
