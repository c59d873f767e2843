"""Macro: steps under a name, done in their order."""

from __future__ import annotations

from peewee import ForeignKeyField, TextField

from wablast_box.engine.team.models import User
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class Macro(BaseModel):
    """Without an owner it is everybody's. `steps_json`: [{"do": "reply", "text": …}, {"do": "resolve"} …]."""

    id = IdField()
    name = TextField()
    owner_id: int | None
    owner = ForeignKeyField(User, null=True, on_delete="CASCADE")
    steps_json = JsonField()
    created_at = MomentField()
    updated_at = MomentField()
