"""Alarm: something the owner must know and can do something about. Open until it is cleared."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, TextField

from wablast_box.lib.db import BaseModel, IdField, MomentField


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class Alarm(BaseModel):
    id = IdField()
    key = TextField()  # what it is about: token_expired, number_quality …
    severity = TextField(choices=Severity)
    title = TextField()
    advice = TextField()
    action_url = TextField(null=True)
    raised_at = MomentField()
    cleared_at = MomentField(null=True)


# One open alarm a subject: raising it again changes nothing.
Alarm.add_index(Alarm.index(Alarm.key, unique=True, name="alarm_open", where=SQL("cleared_at IS NULL")))
