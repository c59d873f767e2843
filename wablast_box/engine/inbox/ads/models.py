"""AdReferral: the advertisement or post that a customer tapped before writing."""

from __future__ import annotations

from peewee import ForeignKeyField, TextField

from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.lib.db import BaseModel, MomentField


class AdReferral(BaseModel):
    """One per message that came by an advertisement; the message's content keeps Meta's whole object."""

    message = ForeignKeyField(Message, primary_key=True, on_delete="CASCADE")
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE")
    source_type = TextField(null=True)  # ad, post
    source_id = TextField(null=True, index=True)
    source_url = TextField(null=True)
    headline = TextField(null=True)
    body = TextField(null=True)
    media_type = TextField(null=True)
    # Meta's id of the click: what conversions are reported with. Missing for advertisements in Status.
    ctwa_clid = TextField(null=True, index=True)
    at = MomentField()
