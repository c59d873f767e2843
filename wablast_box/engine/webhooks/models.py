"""WebhookEvent: what Meta told us, raw, before anyone thought about it."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BlobField, IntegerField, TextField

from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class WebhookState(StrEnum):
    PENDING = "pending"
    PROCESSED = "processed"
    IGNORED = "ignored"  # nothing in it that this box knows
    FAILED = "failed"  # at least one item could not be processed; the rest was


class WebhookEvent(BaseModel):
    id = IdField()
    source = TextField()
    digest = BlobField(unique=True)  # 128 bits: the cheap first filter; messages and statuses have keys of their own
    body = BlobField()
    state = TextField(choices=WebhookState, default=WebhookState.PENDING)
    summary = TextField(null=True)  # messages 2, statuses 1
    problems_json = JsonField(null=True)  # [{path, reason}] of the items that failed
    attempts = IntegerField(default=0)
    next_attempt_at = MomentField(default=0)
    received_at = MomentField()
    processed_at = MomentField(null=True)


# Nearly every row is processed: only the few that are not need finding, and the many cost no index.
for _state in (WebhookState.PENDING, WebhookState.FAILED, WebhookState.IGNORED):
    WebhookEvent.add_index(
        WebhookEvent.index(WebhookEvent.id, name=f"webhook_event_{_state.value}", where=SQL(f"state = '{_state.value}'"))
    )
