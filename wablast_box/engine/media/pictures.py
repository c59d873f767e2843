"""Draw of each picture what screens need: a small one for threads, a large one for looking closely. Rows say what is to be done.

What a customer sent stays as it came, byte for byte, and is handed out to be saved; what a browser opens by itself is ours.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

from wablast_box.engine.media import store
from wablast_box.engine.media.models import MediaFile, MediaPicture, PictureState
from wablast_box.engine.media.workshop.process import Drawn, Wanted, Work, behind
from wablast_box.lib import sql
from wablast_box.lib.claims import claim
from wablast_box.lib.clock import now, now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Invalid, NotFound

logger = logging.getLogger(__name__)

THUMBNAIL, VIEW = Wanted("", longest=640, quality=74), Wanted("", longest=2048, quality=86)
STICKER = Wanted("", longest=384, quality=80)
AT_ONCE, MAX_ATTEMPTS, GAP_S = 8, 5, 30.0
STALE_AFTER = timedelta(minutes=5)
# The worker thread has other things to do as well; the schedule rings again.
AT_MOST_S = 15.0
_busy = threading.Lock()


def is_anything_due() -> bool:
    """Is there a picture to draw?"""
    return bool(
        sql.run(
            "SELECT 1 FROM media_picture WHERE state IN ('waiting', 'drawing') AND next_attempt_at <= ?"
            " AND (state = 'waiting' OR claimed_at < ?) LIMIT 1",
            (now_ms(), now_ms() - round(STALE_AFTER.total_seconds() * 1000)),
        )
    )


def draw_due() -> list[int]:
    """Draw what waits, the newest first; the files whose pictures are settled. Two callers do not draw at once."""
    settled: list[int] = []
    until = time.monotonic() + AT_MOST_S
    if not _busy.acquire(blocking=False):
        return settled
    try:
        while time.monotonic() < until and (numbers := _claim()):
            settled += [number for number in numbers if _draw(number)]
    finally:
        _busy.release()
    return settled


def _claim() -> list[int]:
    found = claim(
        MediaPicture,
        pending=PictureState.WAITING,
        working=PictureState.DRAWING,
        limit=AT_ONCE,
        stale_after=STALE_AFTER,
        newest_first=True,
    )
    return found[::-1]


def _draw(number: int) -> bool:
    """False: tried in vain, later again."""
    picture = MediaPicture.get_by_id(number)
    try:
        row, path = store.open_file(number)
        wanted = _wanted(row, picture)
        with ExitStack() as space:
            files = [space.enter_context(store.incoming()) for _ in wanted]
            targets = [replace(one, target=str(file.path)) for file, one in zip(files, wanted, strict=True)]
            work = behind.draw(path, targets)
            kept = [_keep(file) for file in _needed(files, work)]
        _drawn(picture, row, work, kept)
    except Invalid as unfit:
        logger.info("a picture is shown as a file", extra={"media_id": number, "why": unfit.message})
        _settle(number, state=PictureState.UNFIT)
    except BoxError as refused:
        return _again(number, picture.attempts, refused.message)
    except Exception as bug:
        logger.exception("a picture could not be drawn", extra={"media_id": number})
        return _again(number, picture.attempts, type(bug).__name__)
    return True


def _wanted(row: MediaFile, picture: MediaPicture) -> list[Wanted]:
    if row.mime_type == "image/webp":
        return [STICKER]
    return [THUMBNAIL] if picture.view_id else [THUMBNAIL, VIEW]


def _needed(files: list[store.Incoming], work: Work) -> list[store.Incoming]:
    """A picture that is small already needs no larger one."""
    return files[:1] if max(work.width, work.height) <= (THUMBNAIL.longest or 0) else files


def _keep(file: store.Incoming) -> tuple[str, str, int]:
    file.was_written()
    return store.keep(file), file.sha256, file.size


def _drawn(picture: MediaPicture, row: MediaFile, work: Work, kept: list[tuple[str, str, int]]) -> None:
    with transaction():
        made = [_register(one, drawn) for one, drawn in zip(kept, work.made, strict=False)]
        view_id = picture.view_id or made[-1].id
        _settle(row.id, state=PictureState.DRAWN, width=work.width, height=work.height, thumbnail_id=made[0].id, view_id=view_id)


def _register(kept: tuple[str, str, int], drawn: Drawn) -> MediaFile:
    path, sha256, size = kept
    return store.register(path, sha256=sha256, size=size, mime_type=drawn.mime_type, filename=None)


def _settle(number: int, **values: object) -> None:
    with transaction():
        MediaPicture.update(claimed_at=None, **values).where(MediaPicture.file == number).execute()


def _again(number: int, attempts: int, why: str) -> bool:
    if attempts >= MAX_ATTEMPTS:
        logger.warning("a picture is given up", extra={"media_id": number, "why": why})
        _settle(number, state=PictureState.UNFIT)
        return True
    _settle(number, state=PictureState.WAITING, next_attempt_at=now() + timedelta(seconds=GAP_S * attempts))
    return False


def shown_as(media_id: int, variant: str) -> int:
    """The file that is handed out when somebody wants this one as `original`, `thumbnail` or `view`."""
    if variant == "original":
        return media_id
    picture = MediaPicture.get_or_none(MediaPicture.file == media_id)
    shown = None if picture is None else picture.thumbnail_id if variant == "thumbnail" else picture.view_id
    if shown is None:
        raise NotFound("Nothing was drawn of this file.", help="Take the original, or ask again in a moment.")
    return int(shown)
