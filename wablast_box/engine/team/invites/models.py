"""Invitation: somebody who may join. The person becomes a user when they accept."""

from __future__ import annotations

from peewee import SQL, BigIntegerField, ForeignKeyField, TextField

from wablast_box.engine.team.models import CustomRole, User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.db import BaseModel, IdField, MomentField


class Invitation(BaseModel):
    id = IdField()
    email = TextField()
    name = TextField()
    role = TextField(choices=Role)
    custom_role = ForeignKeyField(CustomRole, null=True, on_delete="RESTRICT")
    token_hash = TextField(unique=True)
    invited_by_id = BigIntegerField(null=True)
    invited_by_name = TextField()
    created_at = MomentField()
    sent_at = MomentField()  # the link that counts was made then
    expires_at = MomentField()
    mailed_at = MomentField(null=True)
    accepted_at = MomentField(null=True)
    revoked_at = MomentField(null=True)
    user = ForeignKeyField(User, null=True, on_delete="SET NULL")  # who they became


# One open invitation for an e-mail: inviting again replaces it.
Invitation.add_index(
    Invitation.index(Invitation.email, unique=True, name="invitation_open", where=SQL("accepted_at IS NULL AND revoked_at IS NULL"))
)
