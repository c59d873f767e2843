"""Survey: one question to one customer about one resolved conversation, and the answer."""

from __future__ import annotations

from peewee import BigIntegerField, ForeignKeyField, IntegerField, TextField

from wablast_box.engine.inbox.models import Conversation
from wablast_box.lib.db import BaseModel, IdField, MomentField


class Survey(BaseModel):
    """`opened_at`: when the matter began that was resolved, so that each is asked about once. `problem`: why it was not asked."""

    id = IdField()
    conversation_id: int
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    opened_at = MomentField()
    message_id = BigIntegerField(null=True)
    agent_id = BigIntegerField(null=True)  # who had it
    asked_at = MomentField()
    problem = TextField(null=True)
    score = IntegerField(null=True)  # 1 to 5
    answered_at = MomentField(null=True)

    class Meta:
        indexes = ((("conversation", "opened_at"), True),)
