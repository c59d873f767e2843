"""Event: something that happened here, in order. EventDelivery: what a listener still has to do about it."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BigIntegerField, ForeignKeyField, IntegerField, TextField

from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class DeliveryState(StrEnum):
    PENDING = "pending"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class Event(BaseModel):
    """The id orders events: a window that was away asks for those after the last one it saw."""

    id = IdField()
    name = TextField()  # on the wire: message.received
    subject_id = BigIntegerField(null=True)  # what it is about, for example the message
    conversation_id = BigIntegerField(null=True)
    actor = TextField(null=True)  # user:ID, api_key:ID, system; null: the world outside
    detail_json = JsonField(null=True)
    at = MomentField()

    class Meta:
        indexes = ((("actor", "id"), False),)


class EventDelivery(BaseModel):
    id = IdField()
    event = ForeignKeyField(Event, on_delete="CASCADE")
    listener = TextField()
    state = TextField(choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = IntegerField(default=0)
    next_attempt_at = MomentField(default=0)
    claimed_at = MomentField(null=True)
    error = TextField(null=True)

    class Meta:
        indexes = ((("event", "listener"), True),)


class EventCursor(BaseModel):
    """How far a reader of the event log has come, for those whom a row for each event would cost too much."""

    name = TextField(primary_key=True)
    event_id = BigIntegerField()


# Only what is still to be done is looked for; the partial index stays as small as the backlog.
EventDelivery.add_index(
    EventDelivery.index(EventDelivery.next_attempt_at, name="event_delivery_due", where=SQL("state IN ('pending', 'working')"))
)
