"""AuditEntry: one deed. Never changed, and never taken away before its time: the database itself refuses it."""

from __future__ import annotations

from peewee import BigIntegerField, TextField

from wablast_box.lib.db import BaseModel, JsonField, MomentField


class AuditEntry(BaseModel):
    id = BigIntegerField(primary_key=True)  # 1, 2, 3 …: a gap is seen
    at = MomentField(index=True)
    actor = TextField()  # user:ID, api_key:ID, system, nobody
    actor_name = TextField()  # as it was then
    role = TextField()
    session_id = BigIntegerField(null=True)
    address = TextField(null=True)
    action = TextField()  # a name of ACTIONS
    subject = TextField(null=True)  # what it was done to: user:ID, role:ID, setting
    subject_name = TextField(null=True)
    fields_json = JsonField(null=True)  # the names of what changed, never the values
    result = TextField()  # done, refused, failed
    detail_json = JsonField(null=True)  # counts and reasons
    previous = TextField()
    hash = TextField()  # SHA-256 of `previous` and everything above

    class Meta:
        indexes = ((("actor", "id"), False), (("action", "id"), False))
