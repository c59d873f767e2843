"""MessageTemplate: what Meta last said about each text of the business. TemplateSync: when the list was last read."""

from __future__ import annotations

from enum import StrEnum

from peewee import IntegerField, TextField

from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class TemplateStatus(StrEnum):
    """As Meta names them. One that Meta adds later is kept as it comes."""

    APPROVED = "approved"
    PENDING = "pending"
    REJECTED = "rejected"
    PAUSED = "paused"
    DISABLED = "disabled"
    IN_APPEAL = "in_appeal"
    PENDING_DELETION = "pending_deletion"
    LIMIT_EXCEEDED = "limit_exceeded"
    ARCHIVED = "archived"
    LOCKED = "locked"


class MessageTemplate(BaseModel):
    """One text in one language."""

    id = IdField()
    meta_id = TextField(unique=True)
    name = TextField()
    language = TextField()
    category = TextField()  # marketing, utility, authentication
    sub_category = TextField(null=True)
    status = TextField()
    status_at = MomentField(null=True)  # when a webhook last said so; an older one changes nothing
    quality = TextField(default="unknown")  # green, yellow, red, unknown
    reason = TextField(null=True)  # Meta's word for why it was refused, paused or disabled
    details = TextField(null=True)  # Meta's own sentence about it, and what it recommends
    previous_category = TextField(null=True)
    next_category = TextField(null=True)  # Meta will move it there
    next_category_at = MomentField(null=True)
    parameter_format = TextField()  # named, positional
    components_json = JsonField()
    words = TextField()  # everything it says, for looking it up
    created_at = MomentField()

    class Meta:
        indexes = ((("name", "language"), False),)


class TemplateSync(BaseModel):
    """One row: how fresh the list is, and whether somebody wants it read again."""

    id = IntegerField(primary_key=True, default=1)
    waba_id = TextField(null=True)  # whose list it is
    wanted_at = MomentField(null=True)
    tried_at = MomentField(null=True)
    synced_at = MomentField(null=True)
    trouble = TextField(null=True)  # why the last try failed
