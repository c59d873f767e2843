"""Number: what Meta says about this box's one WhatsApp number."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, TextField

from wablast_box.lib.db import BaseModel, MomentField


class Number(BaseModel):
    """One row: one box has one number, and the primary key holds it to that."""

    id = IntegerField(primary_key=True, default=1)
    phone_number_id = TextField(null=True)
    waba_id = TextField(null=True)
    display_phone_number = TextField(null=True)
    verified_name = TextField(null=True)
    quality_rating = TextField(null=True)
    messaging_limit = TextField(null=True)
    name_status = TextField(null=True)
    status = TextField(null=True)
    throughput = TextField(null=True)
    is_subscribed = BooleanField(null=True)
    checked_at = MomentField(null=True)
