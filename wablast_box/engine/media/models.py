"""MediaFile: bytes kept under the data folder, named by their digest."""

from __future__ import annotations

from peewee import BigIntegerField, TextField

from wablast_box.lib.db import BaseModel, IdField, MomentField


class MediaFile(BaseModel):
    id = IdField()
    sha256 = TextField(index=True)
    mime_type = TextField()
    size = BigIntegerField()
    filename = TextField(null=True)
    path = TextField()  # relative to the data folder's media/
    meta_media_id = TextField(null=True)  # Meta's id of an uploaded copy, which lives 30 days (Cloud API, Media)
    meta_media_expires_at = MomentField(null=True)
    created_at = MomentField()
