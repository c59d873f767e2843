"""Contact: a person who writes in. Known by WhatsApp's phone id, by the business-scoped user id, or both."""

from __future__ import annotations

from peewee import TextField

from wablast_box.lib.db import BaseModel, IdField, MomentField


class Contact(BaseModel):
    """Either `wa_id` or `user_id` is set; usernames hide phone numbers (Cloud API, Business-scoped user IDs)."""

    id = IdField()
    wa_id = TextField(null=True, unique=True)
    user_id = TextField(null=True, unique=True)
    phone = TextField(null=True)  # E.164
    name = TextField(null=True)  # as the customer's profile says
    username = TextField(null=True)
    marketing_opted_out_at = MomentField(null=True)
    created_at = MomentField()
