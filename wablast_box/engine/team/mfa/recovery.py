"""Ten codes on paper, each good once: for the day the phone is lost."""

from __future__ import annotations

import secrets

from wablast_box.engine.audit.record import record
from wablast_box.engine.team.actors import Actor, person
from wablast_box.engine.team.mfa.models import RecoveryCode
from wablast_box.engine.team.models import User
from wablast_box.lib.clock import now
from wablast_box.lib.crypto import token_hash
from wablast_box.lib.db import transaction
from wablast_box.lib.ids import new_id

COUNT, GROUPS, GROUP = 10, 5, 4
# Without letters that are read as others.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def make_codes(actor: Actor) -> list[str]:
    """Ten new codes, shown once; the ones before stop working."""
    codes = ["-".join("".join(secrets.choice(_LETTERS) for _ in range(GROUP)) for _ in range(GROUPS)) for _ in range(COUNT)]
    moment = now()
    with transaction():
        RecoveryCode.delete().where(RecoveryCode.user == actor.id).execute()
        RecoveryCode.insert_many(
            [{"id": new_id(), "user": actor.id, "code_hash": _hash(actor.id or 0, code), "created_at": moment} for code in codes]
        ).execute()
        record("mfa.codes_made", by=actor, subject=actor.ref, subject_name=actor.name)
    return codes


def codes_left(user_id: int) -> int:
    """How many have not been used."""
    return int(RecoveryCode.select().where(RecoveryCode.user == user_id, RecoveryCode.used_at.is_null()).count())


def use_code(user: User, code: str) -> bool:
    """Is this one of the codes? It is used up then."""
    with transaction():
        used = (
            RecoveryCode.update(used_at=now())
            .where(RecoveryCode.user == user.id, RecoveryCode.code_hash == _hash(user.id, code), RecoveryCode.used_at.is_null())
            .execute()
        )
        if used:
            record(
                "mfa.code_used", by=person(user), subject=f"user:{user.id}", subject_name=user.name, detail={"left": codes_left(user.id)}
            )
    return bool(used)


def _hash(user_id: int, code: str) -> str:
    # A hundred bits of chance need no slow hash; spaces, dashes and capitals are how people type.
    return token_hash(f"{user_id}:{''.join(c for c in code.lower() if c.isalnum())}")
