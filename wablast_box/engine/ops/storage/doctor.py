"""What the doctor says of the bucket; nothing where there is none."""

from __future__ import annotations

from collections.abc import Iterator

from wablast_box.engine.media.models import MediaFile, Place
from wablast_box.engine.meta.checks import Check
from wablast_box.engine.ops.storage.account import keeping
from wablast_box.engine.ops.storage.check import require_working
from wablast_box.lib.errors import Invalid


def bucket_works() -> Iterator[Check]:
    """Writes a small object, reads it back and deletes it."""
    now = keeping()
    if now.place is Place.DISK and not MediaFile.select().where(MediaFile.place == Place.BUCKET).exists():
        return
    if now.account is None:
        yield Check("storage", False, "Files lie in a bucket, and none is set up.", "Enter it again under Settings → Storage.")
        return
    try:
        require_working(now.account)
        yield Check("storage", True, f"The bucket {now.account.bucket} takes files and gives them back.")
    except Invalid as wrong:
        yield Check("storage", False, f"The bucket {now.account.bucket} does not work. {wrong.message}", wrong.help)
