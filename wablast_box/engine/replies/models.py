"""CannedReply: words kept ready. Draft: words not sent yet. ScheduledMessage: a message that waits for its moment."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BigIntegerField, CompositeKey, ForeignKeyField, IntegerField, TextField

from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.team.models import User
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class Mode(StrEnum):
    """Whom a draft is for."""

    REPLY = "reply"  # the customer
    NOTE = "note"  # colleagues


class ScheduledState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # within one transaction only: nobody ever reads it
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class CannedReply(BaseModel):
    """Without an owner it is everybody's. The shortcut is what one types after "/"."""

    id = IdField()
    shortcut = TextField()
    text = TextField()
    owner_id: int | None
    owner = ForeignKeyField(User, null=True, on_delete="CASCADE", index=False)
    media_file_id: int | None
    media_file = ForeignKeyField(MediaFile, null=True, on_delete="SET NULL")
    created_at = MomentField()
    updated_at = MomentField()


_owner, _shortcut = CannedReply.owner, CannedReply.shortcut
CannedReply.add_index(CannedReply.index(_owner, _shortcut, unique=True, name="canned_reply_own", where=SQL("owner_id IS NOT NULL")))
CannedReply.add_index(CannedReply.index(_shortcut, unique=True, name="canned_reply_shared", where=SQL("owner_id IS NULL")))


class Draft(BaseModel):
    """One per conversation, person and mode; gone when it is sent or emptied. Versions only rise, also over that."""

    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    user = ForeignKeyField(User, on_delete="CASCADE")
    mode = TextField(choices=Mode)
    text = TextField()
    version = BigIntegerField()
    updated_at = MomentField()

    class Meta:
        primary_key = CompositeKey("conversation", "user", "mode")


class ScheduledMessage(BaseModel):
    """The request to send, as it was made, and when. What it became is `message_id`."""

    id = IdField()
    conversation_id: int
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    actor = TextField()  # user:ID, api_key:ID
    body_json = JsonField()
    due_at = MomentField()
    state = TextField(choices=ScheduledState, default=ScheduledState.WAITING)
    next_attempt_at = MomentField()
    claimed_at = MomentField(null=True)
    attempts = IntegerField(default=0)
    message_id = BigIntegerField(null=True)
    error_code = TextField(null=True)
    error = TextField(null=True)
    error_help = TextField(null=True)
    created_at = MomentField()
    updated_at = MomentField()
    # --- the request that made it, repeated, makes no other; null: made without a key
    idempotency_scope = TextField(null=True)
    idempotency_key = TextField(null=True)
    idempotency_hash = TextField(null=True)

    class Meta:
        indexes = ((("idempotency_scope", "idempotency_key"), True),)


# Only what is still to come or to be decided is looked for: both indexes stay as small as that.
ScheduledMessage.add_index(
    ScheduledMessage.index(ScheduledMessage.next_attempt_at, name="scheduled_message_due", where=SQL("state IN ('waiting', 'sending')"))
)
ScheduledMessage.add_index(
    ScheduledMessage.index(
        ScheduledMessage.conversation, ScheduledMessage.due_at, name="scheduled_message_open", where=SQL("state IN ('waiting', 'failed')")
    )
)
