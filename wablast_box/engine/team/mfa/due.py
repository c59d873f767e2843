"""Who needs a second factor, and by when. Seven days to set one up; then only their own account opens."""

from __future__ import annotations

from datetime import datetime, timedelta

from wablast_box.engine.settings import store
from wablast_box.engine.team.mfa.factors import has_factor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.recognise import forget_remembered
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction

GRACE = timedelta(days=7)
_WHO: dict[str, frozenset[Role]] = {
    "nobody": frozenset(),
    "owners": frozenset({Role.OWNER}),
    "owners_and_admins": frozenset({Role.OWNER, Role.ADMIN}),
    "everybody": frozenset(Role),
}


def is_needed(user: User) -> bool:
    """Does the box want a second factor of somebody with this role?"""
    return Role(user.role) in _WHO[store.get("second_factor_for")]


def look_at(user: User) -> datetime | None:
    """Set, keep or lift the day by which this person must have one; that day. Updates `user` too."""
    missing = is_needed(user) and not has_factor(user.id)
    wanted = (user.second_factor_due_at or now() + GRACE) if missing else None
    if wanted != user.second_factor_due_at:
        with transaction():
            User.update(second_factor_due_at=wanted).where(User.id == user.id).execute()
            after_commit(forget_remembered)
        user.second_factor_due_at = wanted
    return wanted


def look_at_everybody() -> None:
    """Once an hour: a changed setting or role begins to count."""
    for user in User.select().where(User.disabled_at.is_null(), User.last_seen_at.is_null(False)):
        look_at(user)
