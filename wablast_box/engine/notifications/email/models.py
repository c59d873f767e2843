"""Email: one letter to one address. The row is the queue; what it says is sealed and goes once it is sent."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BlobField, IntegerField, TextField

from wablast_box.lib.db import BaseModel, IdField, MomentField


class EmailState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"  # taken by the mail server; what it does with it then, it tells nobody
    FAILED = "failed"


class Email(BaseModel):
    id = IdField()
    kind = TextField()  # test, invitation, digest …
    to_address = TextField()
    subject = TextField()
    # Text and HTML as JSON: links in it open accounts, so it is sealed, and deleted when nobody needs it any more.
    sealed_body = BlobField(null=True)
    state = TextField(choices=EmailState)
    attempts = IntegerField(default=0)
    next_attempt_at = MomentField(default=0)
    claimed_at = MomentField(null=True)
    error = TextField(null=True)
    created_at = MomentField()
    expires_at = MomentField()  # what is older is not worth sending
    sent_at = MomentField(null=True)


Email.add_index(Email.index(Email.next_attempt_at, name="email_due", where=SQL("state IN ('queued', 'sending')")))
