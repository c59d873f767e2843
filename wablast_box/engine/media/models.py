"""MediaFile: bytes named by their digest, on the disk or in a bucket. What is drawn of pictures, what is on its way, what may go."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BigIntegerField, ForeignKeyField, IntegerField, TextField

from wablast_box.lib.db import BaseModel, IdField, MomentField


class Place(StrEnum):
    DISK = "disk"
    BUCKET = "s3"


class PictureState(StrEnum):
    WAITING = "waiting"
    DRAWING = "drawing"
    DRAWN = "drawn"
    UNFIT = "unfit"  # nothing that anybody should open: shown as a file to save


class CarryState(StrEnum):
    WAITING = "waiting"
    CARRYING = "carrying"
    STUCK = "stuck"  # tried often enough: a person must look


class MediaFile(BaseModel):
    id = IdField()
    sha256 = TextField(index=True)
    mime_type = TextField()
    size = BigIntegerField()
    filename = TextField(null=True)
    path = TextField()  # relative to the data folder's media/, or the object's name in the bucket
    meta_media_id = TextField(null=True)  # Meta's id of an uploaded copy, which lives 30 days (Cloud API, Media)
    meta_media_expires_at = MomentField(null=True)
    created_at = MomentField()
    place = TextField(choices=Place, default=Place.DISK, constraints=[SQL("DEFAULT 'disk'")])


MediaFile.add_index(MediaFile.index(MediaFile.path, name="media_file_path"))
MediaFile.add_index(MediaFile.index(MediaFile.id, name="media_file_away", where=SQL("place <> 'disk'")))


class MediaPicture(BaseModel):
    """Of a file that is a picture: its size as people see it, and what was drawn anew of it for screens."""

    file = ForeignKeyField(MediaFile, primary_key=True, column_name="id", on_delete="CASCADE")
    state = TextField(choices=PictureState)
    attempts = IntegerField()
    next_attempt_at = MomentField()
    claimed_at = MomentField(null=True)
    width = IntegerField(null=True)
    height = IntegerField(null=True)
    thumbnail_id = BigIntegerField(null=True)
    view_id = BigIntegerField(null=True)  # large; the file itself where that was drawn anew on its way in


MediaPicture.add_index(
    MediaPicture.index(MediaPicture.next_attempt_at, name="media_picture_due", where=SQL("state IN ('waiting', 'drawing')"))
)


class MediaCarry(BaseModel):
    """A file that is to lie elsewhere. Gone once it does."""

    file = ForeignKeyField(MediaFile, primary_key=True, column_name="id", on_delete="CASCADE")
    target = TextField(choices=Place)
    state = TextField(choices=CarryState)
    attempts = IntegerField()
    next_attempt_at = MomentField()
    claimed_at = MomentField(null=True)
    error = TextField(null=True)


class MediaLeftover(BaseModel):
    """Bytes that no row may need any more: looked at again when it is due, and only then deleted."""

    id = IdField()
    place = TextField(choices=Place)
    path = TextField(index=True)
    due_at = MomentField(index=True)
