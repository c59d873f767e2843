"""Which browsers may be told something, what is to be told to them, and what each person wants to hear of."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BigIntegerField, BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField

from wablast_box.engine.team.models import LoginSession, User
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class PushState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    FAILED = "failed"


class PushDevice(BaseModel):
    """A browser that agreed to be told. It hears nothing more once the sign-in it was registered with has ended."""

    user_id: int
    session_id: int
    id = IdField()
    user = ForeignKeyField(User, on_delete="CASCADE")
    session = ForeignKeyField(LoginSession, on_delete="CASCADE")
    endpoint = TextField(unique=True)  # given by the browser: an address of its maker's push service
    p256dh = TextField()
    auth = TextField()
    agent = TextField(null=True)
    created_at = MomentField()
    used_at = MomentField(null=True)


class Push(BaseModel):
    """One piece of news for one device; gone once the push service has taken it."""

    device_id: int
    id = IdField()
    device = ForeignKeyField(PushDevice, on_delete="CASCADE", column_name="device_id")
    topic = TextField()  # a later one about the same replaces it
    payload_json = JsonField()
    state = TextField(choices=PushState)
    attempts = IntegerField(default=0)
    next_attempt_at = MomentField(default=0)
    claimed_at = MomentField(null=True)
    error = TextField(null=True)
    created_at = MomentField()


Push.add_index(Push.index(Push.next_attempt_at, name="push_due", where=SQL("state IN ('queued', 'sending')")))


class AlertPreference(BaseModel):
    """What a person wants to hear of; no row means the defaults. Quiet hours are minutes of the business's day."""

    user_id: int
    user = ForeignKeyField(User, primary_key=True, on_delete="CASCADE")
    hears_mine = BooleanField(default=True)
    hears_mentions = BooleanField(default=True)
    hears_unassigned = BooleanField(default=True)
    shows_text = BooleanField(default=False)
    quiet_from_min = IntegerField(null=True)
    quiet_until_min = IntegerField(null=True)
    digest_after_min = IntegerField(null=True)  # null: no e-mail
    present_at = MomentField(null=True)  # when a window of theirs was last open


class Digest(BaseModel):
    """A person got a digest for this period: the key lets there be one."""

    user = ForeignKeyField(User, on_delete="CASCADE", index=False)
    period_at = MomentField()
    email_id = BigIntegerField()
    created_at = MomentField()

    class Meta:
        primary_key = CompositeKey("user", "period_at")
