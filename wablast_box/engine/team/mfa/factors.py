"""Which second factors somebody has, and taking them away."""

from __future__ import annotations

from wablast_box.engine.audit.record import record
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.mfa.models import Passkey, RecoveryCode, Totp
from wablast_box.engine.team.models import User
from wablast_box.engine.team.sessions import end_sessions_of
from wablast_box.lib.db import transaction


def methods_of(user_id: int) -> tuple[str, ...]:
    """How this person can prove a second factor: totp, passkey, and recovery while codes are left. Empty: they have none."""
    found = []
    if Totp.select(Totp.user).where(Totp.user == user_id, Totp.confirmed_at.is_null(False)).exists():
        found.append("totp")
    if Passkey.select(Passkey.id).where(Passkey.user == user_id).exists():
        found.append("passkey")
    if found and RecoveryCode.select(RecoveryCode.id).where(RecoveryCode.user == user_id, RecoveryCode.used_at.is_null()).exists():
        found.append("recovery")
    return tuple(found)


def has_factor(user_id: int) -> bool:
    """Is there a second factor?"""
    return bool(methods_of(user_id))


def take_away(user: User, *, by: Actor) -> bool:
    """Remove every second factor and end every sign-in; False when there was none. Who may do this is the caller's to check."""
    with transaction():
        had = has_factor(user.id)
        for table in (Totp, Passkey, RecoveryCode):
            table.delete().where(table.user == user.id).execute()
        end_sessions_of(user.id, by=by, why="the second factor was taken away")
        record("mfa.reset", by=by, subject=f"user:{user.id}", subject_name=user.name)
    return had
