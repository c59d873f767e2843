"""WebhookForward: a target and how far it has come. WebhookDelivery: one webhook that a target did not take at once."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BigIntegerField, BlobField, BooleanField, ForeignKeyField, IntegerField, TextField

from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    FAILED = "failed"  # given up; a person may send it again


class WebhookForward(BaseModel):
    id = IdField()
    url = TextField()
    is_on = BooleanField(default=True)
    fields_json = JsonField(null=True)  # Meta's field names; null: all
    sealed_secret = BlobField(null=True)  # for a signature of our own beside Meta's
    cursor_id = BigIntegerField()  # the newest webhook that this target is done with
    failures = IntegerField(default=0)  # in a row
    next_try_at = MomentField(default=0)
    paused_at = MomentField(null=True)  # it failed so often that only one is tried now and then
    error = TextField(null=True)  # why the last one failed
    delivered_at = MomentField(null=True)
    created_at = MomentField()
    updated_at = MomentField()


class WebhookDelivery(BaseModel):
    forward_id: int
    id = IdField()
    forward = ForeignKeyField(WebhookForward, on_delete="CASCADE", column_name="forward_id", index=False)
    webhook_event_id = BigIntegerField()
    state = TextField(choices=DeliveryState)
    attempts = IntegerField(default=0)
    next_attempt_at = MomentField(default=0)
    claimed_at = MomentField(null=True)
    error = TextField(null=True)
    created_at = MomentField()

    class Meta:
        indexes = ((("forward", "webhook_event_id"), True),)


WebhookDelivery.add_index(
    WebhookDelivery.index(
        WebhookDelivery.forward, WebhookDelivery.next_attempt_at, name="webhook_delivery_due", where=SQL("state IN ('waiting', 'sending')")
    )
)
