"""What a person can prove besides the password."""

from __future__ import annotations

from peewee import BigIntegerField, BlobField, BooleanField, ForeignKeyField, TextField

from wablast_box.engine.team.models import User
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class Totp(BaseModel):
    """The seed of an authenticator app, sealed. It counts once a first code was right."""

    user_id: int
    user = ForeignKeyField(User, primary_key=True, on_delete="CASCADE")
    sealed = BlobField()
    created_at = MomentField()
    confirmed_at = MomentField(null=True)
    last_step = BigIntegerField(default=0)  # a code that was used opens nothing again


class Passkey(BaseModel):
    """A key pair whose other half never leaves a device."""

    user_id: int
    id = IdField()
    user = ForeignKeyField(User, on_delete="CASCADE")
    name = TextField()
    credential_id = TextField(unique=True)  # base64url
    public_key = BlobField()
    sign_count = BigIntegerField()
    host = TextField()  # the name of the box that it was made for; it works for no other
    transports_json = JsonField(null=True)
    is_synced = BooleanField()
    created_at = MomentField()
    last_used_at = MomentField(null=True)


class RecoveryCode(BaseModel):
    """One of ten, each good once."""

    id = IdField()
    user = ForeignKeyField(User, on_delete="CASCADE")
    code_hash = TextField(unique=True)
    created_at = MomentField()
    used_at = MomentField(null=True)
