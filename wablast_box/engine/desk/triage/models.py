"""SavedView: a filter under a name. Undoable: how conversations were before somebody changed them."""

from __future__ import annotations

from peewee import ForeignKeyField, TextField

from wablast_box.engine.team.models import User
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class SavedView(BaseModel):
    """The words of a filter. Without an owner it is everybody's."""

    id = IdField()
    name = TextField()
    words = TextField()
    owner_id: int | None
    owner = ForeignKeyField(User, null=True, on_delete="CASCADE")
    created_at = MomentField()


class Undoable(BaseModel):
    """One action on some conversations, kept for a while so that whoever did it can take it back."""

    id = IdField()
    actor = TextField()  # user:ID, api_key:ID
    action = TextField()
    before_json = JsonField()
    created_at = MomentField()
