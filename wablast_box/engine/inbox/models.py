"""Conversations and their messages. A message row is also the outbox: its state says what is still to be done."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BigIntegerField, BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField, fn

from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.team.models import Team, User
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class MessageState(StrEnum):
    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"  # handed to Meta, answer unknown: never sent again by itself


class Priority:
    """One outbox for everything: people first, then flows, then campaigns."""

    PERSON = 0
    FLOW = 10
    CAMPAIGN = 20


class AttachmentState(StrEnum):
    PENDING = "pending"
    STORED = "stored"
    FAILED = "failed"


class ConversationState(StrEnum):
    OPEN = "open"
    PENDING = "pending"  # answered, waiting for somebody outside
    SNOOZED = "snoozed"  # out of sight until a moment, or until the customer writes
    RESOLVED = "resolved"


class Conversation(BaseModel):
    """One per contact. What can be counted is counted from the messages, never kept."""

    id = IdField()
    contact_id: int
    contact = ForeignKeyField(Contact, unique=True, on_delete="CASCADE")
    assignee = ForeignKeyField(User, null=True, on_delete="SET NULL", index=False)
    last_message_id = BigIntegerField(default=0)
    last_inbound_at = MomentField(null=True)  # Meta's 24-hour customer service window counts from here
    read_up_to_id = BigIntegerField(default=0)  # staff have seen every message up to this one
    created_at = MomentField()
    team = ForeignKeyField(Team, null=True, on_delete="SET NULL", index=False)
    state = TextField(choices=ConversationState, default=ConversationState.OPEN, constraints=[SQL("DEFAULT 'open'")])
    snoozed_until = MomentField(null=True)  # none while snoozed: until the customer writes
    # Where it stands in the list: a sortable id of its newest message or of the moment it was brought back up. Always rising.
    sort_id = BigIntegerField(default=0, constraints=[SQL("DEFAULT 0")])
    last_inbound_id = BigIntegerField(default=0, constraints=[SQL("DEFAULT 0")])
    waiting_since_at = MomentField(null=True)  # the first thing the customer wrote that nobody has answered
    opened_at = MomentField(null=True)  # when it last became open: by a first message, or by writing again after resolve
    routed_at = MomentField(null=True)  # when the box last looked for somebody to answer it
    free_entry_until = MomentField(null=True)  # Meta's 72 hours after a tap on an advertisement
    reminder = TextField(null=True)  # what somebody wanted to be reminded of when it comes back; gone when answered
    in_flow_at = MomentField(null=True)  # since when a flow talks here: nobody is looked for meanwhile


# Filters are answered from the index alone: state and assignee stand in it, so that what is left out costs no look at the row.
_place, _state, _assignee = Conversation.sort_id, Conversation.state, Conversation.assignee
Conversation.add_index(Conversation.index(_place, _state, _assignee, name="conversation_list"))
Conversation.add_index(Conversation.index(_state, _place, _assignee, name="conversation_state"))
Conversation.add_index(Conversation.index(_assignee, _place, _state, name="conversation_assignee"))
# What is unread, waited for or snoozed is little, however many conversations there are.
Conversation.add_index(Conversation.index(Conversation.sort_id, name="conversation_unread", where=SQL("last_inbound_id > read_up_to_id")))
Conversation.add_index(Conversation.index(Conversation.sort_id, name="conversation_waiting", where=SQL("waiting_since_at IS NOT NULL")))
Conversation.add_index(Conversation.index(Conversation.snoozed_until, name="conversation_due", where=SQL("snoozed_until IS NOT NULL")))
Conversation.add_index(
    Conversation.index(
        Conversation.team, Conversation.sort_id, Conversation.state, name="conversation_team", where=SQL("team_id IS NOT NULL")
    )
)


# What waits for somebody to be found; `desk` asks for exactly this.
Conversation.add_index(
    Conversation.index(
        Conversation.opened_at,
        name="conversation_unrouted",
        where=SQL(
            "state = 'open' AND assignee_id IS NULL AND opened_at IS NOT NULL AND in_flow_at IS NULL"
            " AND (routed_at IS NULL OR routed_at < opened_at)"
        ),
    )
)


class Tag(BaseModel):
    """A word that staff put on conversations."""

    id = IdField()
    name = TextField()
    color = TextField()  # a name of the palette: grape, teal …
    created_at = MomentField()


Tag.add_index(Tag.index(fn.LOWER(Tag.name), unique=True, name="tag_name"))


class ConversationTag(BaseModel):
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    tag = ForeignKeyField(Tag, on_delete="CASCADE")
    created_at = MomentField()

    class Meta:
        primary_key = CompositeKey("conversation", "tag")


class Message(BaseModel):
    id = IdField()
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    wamid = TextField(null=True, unique=True)
    direction = TextField(choices=Direction)
    type = TextField()
    text = TextField(null=True)  # what a person reads, byte for byte
    content_json = JsonField(null=True)  # the typed body, as Meta's
    reply_to_wamid = TextField(null=True)
    is_forwarded = BooleanField(default=False)
    state = TextField(choices=MessageState)
    # user:ID, api_key:ID, flow:ID, ai:ID (of the flow that asked the model), system, phone_app; null: the customer
    sender = TextField(null=True)
    error_code = IntegerField(null=True)
    error_title = TextField(null=True)
    error_details = TextField(null=True)
    created_at = MomentField()
    sent_at = MomentField(null=True)  # inbound: when the customer sent it
    delivered_at = MomentField(null=True)
    read_at = MomentField(null=True)
    # --- the outbox half; null for inbound
    idempotency_scope = TextField(null=True)  # who may repeat the key
    idempotency_key = TextField(null=True)
    idempotency_hash = TextField(null=True)  # of the request: the same key with another body is a mistake
    template_category = TextField(null=True)  # marketing needs consent until it is handed over; null: not known
    priority = IntegerField(default=0)
    attempts = IntegerField(default=0)
    next_attempt_at = MomentField(null=True)
    claimed_at = MomentField(null=True)
    # --- of a reaction, an edit or a deletion: the message that it is about
    about_wamid = TextField(null=True)

    class Meta:
        indexes = ((("conversation", "id"), False), (("idempotency_scope", "idempotency_key"), True))


# The queue is as small as what waits in it, however many messages are stored.
Message.add_index(Message.index(Message.priority, Message.id, name="message_outbox", where=SQL("state = 'queued'")))
Message.add_index(Message.index(Message.conversation, Message.id, name="message_in_flight", where=SQL("state IN ('queued', 'sending')")))
Message.add_index(Message.index(Message.id, name="message_out", where=SQL("direction = 'out'")))
Message.add_index(Message.index(Message.about_wamid, name="message_about", where=SQL("about_wamid IS NOT NULL")))
Message.add_index(Message.index(Message.id, name="message_unconfirmed", where=SQL("state = 'unconfirmed'")))


class MessageStatus(BaseModel):
    """What Meta said about a message. May arrive before we know the message: then it waits by its wamid."""

    id = IdField()
    wamid = TextField()
    status = TextField()
    recipient = TextField(default="")  # differs within groups
    at = MomentField()
    callback_data = TextField(null=True)
    detail_json = JsonField(null=True)  # pricing, conversation, errors
    created_at = MomentField()

    class Meta:
        indexes = ((("wamid", "status", "recipient"), True),)


class Attachment(BaseModel):
    """A file that belongs to a message: Meta's until it is fetched, ours from then on."""

    message = ForeignKeyField(Message, primary_key=True, on_delete="CASCADE")
    state = TextField(choices=AttachmentState)
    meta_media_id = TextField(null=True)
    media_file = ForeignKeyField(MediaFile, null=True, on_delete="SET NULL")
    mime_type = TextField(null=True)
    sha256 = TextField(null=True)
    filename = TextField(null=True)
    is_voice = BooleanField(default=False)
    is_animated = BooleanField(default=False)
    error = TextField(null=True)
    # --- fetching; null for our own
    attempts = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])
    next_attempt_at = MomentField(null=True)
    claimed_at = MomentField(null=True)


Attachment.add_index(Attachment.index(Attachment.message, name="attachment_open", where=SQL("state IN ('pending', 'failed')")))


class MessageFile(BaseModel):
    """A file that is shown in a message besides its attachment: the picture of a card. Those who see the message see it."""

    message = ForeignKeyField(Message, on_delete="CASCADE", index=False)
    media_file = ForeignKeyField(MediaFile, on_delete="CASCADE")

    class Meta:
        primary_key = CompositeKey("message", "media_file")
