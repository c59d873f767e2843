"""Notes that only staff see, and what was done with a conversation."""

from __future__ import annotations

from peewee import CompositeKey, ForeignKeyField, TextField

from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.team.models import User
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class Note(BaseModel):
    """Staff to staff. It stands among the messages and never leaves the box."""

    conversation_id: int
    id = IdField()
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    author = TextField()  # user:ID, api_key:ID, system
    text = TextField()  # empty once it was taken back
    created_at = MomentField()
    edited_at = MomentField(null=True)
    deleted_at = MomentField(null=True)
    deleted_by = TextField(null=True)

    class Meta:
        indexes = ((("conversation", "id"), False),)


class NoteVersion(BaseModel):
    """What a note said before it was changed or taken back."""

    id = IdField()
    note = ForeignKeyField(Note, on_delete="CASCADE")
    text = TextField()
    replaced_by = TextField()
    created_at = MomentField()


class NoteMention(BaseModel):
    """Who was called by name in a note."""

    user_id: int
    note = ForeignKeyField(Note, on_delete="CASCADE", index=False)
    user = ForeignKeyField(User, on_delete="CASCADE")
    created_at = MomentField()

    class Meta:
        primary_key = CompositeKey("note", "user")


class ConversationActivity(BaseModel):
    """One thing that was done with a conversation: assigned, tagged, closed. A quiet line of its thread."""

    id = IdField()
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    kind = TextField()
    actor = TextField(null=True)  # user:ID, api_key:ID, system; null: the customer or Meta
    detail_json = JsonField(null=True)
    created_at = MomentField()

    class Meta:
        indexes = ((("conversation", "id"), False),)
