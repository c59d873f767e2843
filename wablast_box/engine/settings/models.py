"""Setting: a value the owner edits in the product. Secret: a credential, sealed, never shown again."""

from __future__ import annotations

from peewee import BlobField, TextField

from wablast_box.lib.db import BaseModel, JsonField, MomentField


class Setting(BaseModel):
    name = TextField(primary_key=True)
    value_json = JsonField(null=True)
    updated_at = MomentField()


class Secret(BaseModel):
    name = TextField(primary_key=True)
    sealed = BlobField()
    last4 = TextField(null=True)
    updated_at = MomentField()
