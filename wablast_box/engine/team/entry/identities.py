"""Who somebody is at Google: looked up by issuer and subject."""

from __future__ import annotations

from wablast_box.engine.team.entry.models import ExternalIdentity


def is_known_elsewhere(user_id: int) -> bool:
    """Can this user come in without a password?"""
    return ExternalIdentity.select(ExternalIdentity.id).where(ExternalIdentity.user == user_id).exists()


def identity_of(user_id: int) -> ExternalIdentity | None:
    """The linked account, or None."""
    found: ExternalIdentity | None = ExternalIdentity.get_or_none(ExternalIdentity.user == user_id)
    return found
