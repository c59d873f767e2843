"""ContactTag: the same words that staff put on conversations, put on a person for good."""

from __future__ import annotations

from peewee import CompositeKey, ForeignKeyField

from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.inbox.models import Tag
from wablast_box.lib.db import BaseModel, MomentField


class ContactTag(BaseModel):
    contact = ForeignKeyField(Contact, on_delete="CASCADE", index=False)
    tag = ForeignKeyField(Tag, on_delete="CASCADE")
    created_at = MomentField()

    class Meta:
        primary_key = CompositeKey("contact", "tag")
