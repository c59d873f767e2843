"""EntryStep: a sign-in that is not finished. ExternalIdentity: who somebody is elsewhere."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from wablast_box.engine.team.models import LoginSession, User
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class EntryStep(BaseModel):
    """Bound to one browser by a cookie of its own, of which only the hash is kept. Works once, and not for long."""

    user_id: int
    id = IdField()
    token_hash = TextField(unique=True)
    purpose = TextField()  # second_factor, passkey, google, add_passkey, confirm_passkey, link_google
    user = ForeignKeyField(User, null=True, on_delete="CASCADE")
    session = ForeignKeyField(LoginSession, null=True, on_delete="CASCADE")
    detail_json = JsonField(null=True)  # challenge, nonce, verifier
    tries = IntegerField(default=0)
    created_at = MomentField()
    expires_at = MomentField()
    used_at = MomentField(null=True)


class ExternalIdentity(BaseModel):
    """Recognised by issuer and subject, never by e-mail."""

    user_id: int
    id = IdField()
    user = ForeignKeyField(User, on_delete="CASCADE")
    issuer = TextField()
    subject = TextField()
    email = TextField()  # as it was when it was linked: shown, not compared
    created_at = MomentField()
    last_used_at = MomentField(null=True)

    class Meta:
        indexes = ((("issuer", "subject"), True),)
