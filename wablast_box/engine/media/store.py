"""Keep files in the data folder, named by their digest: written apart, flushed to disk, then moved into place.

A row is made only for a file that lies complete where the row says. The reverse may happen after a crash: a file
without a row takes space and harms nobody.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from wablast_box.engine.media import kinds
from wablast_box.engine.media.bucket import shelf
from wablast_box.engine.media.bucket.account import keeping
from wablast_box.engine.media.models import CarryState, MediaCarry, MediaFile, MediaPicture, PictureState, Place
from wablast_box.engine.media.sniff import HEAD_BYTES, TAIL_BYTES, possible_types
from wablast_box.engine.media.workshop.process import Wanted, Work, at_the_door
from wablast_box.lib.clock import now
from wablast_box.lib.crypto import new_token
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid, NotFound, Unavailable
from wablast_box.lib.ids import new_id

CHUNK = 256 * 1024
# What staff bring can wait for room; what customers send is only for seven days at Meta.
LEAST_FREE, LEAST_FREE_FOR_UPLOADS = 256 * kinds.MB, 1024 * kinds.MB
LEFT_OVER_AFTER_S = 24 * 3600
_root: list[Path] = []


@dataclass(slots=True)
class Incoming:
    """A file that is being written and belongs to nobody yet."""

    path: Path
    file: BinaryIO
    size: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)
    _sha256: str | None = None

    def write(self, chunk: bytes) -> None:
        self.file.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)

    def take_over(self, size: int, sha256: str) -> None:
        """Somebody else wrote to `file` and counted."""
        self.size, self._sha256 = size, sha256

    @property
    def sha256(self) -> str:
        return self._sha256 or str(self._digest.hexdigest())

    def was_written(self) -> None:
        """Another process wrote the file at `path`, whole."""
        digest, self.size = hashlib.sha256(), 0
        with self.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                self.size += len(chunk)
        self._sha256 = digest.hexdigest()

    def types(self) -> frozenset[str]:
        """What it may be, by its bytes."""
        self.file.flush()
        with self.path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            file.seek(max(0, self.size - TAIL_BYTES))
            return possible_types(head, file.read(TAIL_BYTES))


def use_folder(path: Path) -> None:
    """Keep files under `path` from now on."""
    _root[:] = [path]
    (path / "incoming").mkdir(parents=True, exist_ok=True)


def save_upload(source: BinaryIO | bytes, filename: str | None, declared_type: str | None) -> MediaFile:
    """Store what staff or a program hands over for sending. Type by name, by declaration and by its bytes: they must agree."""
    name = kinds.clean_name(filename)
    if name is None:
        raise Invalid("The file has no name.", help="Send it with a name such as offer.pdf.", field="file")
    expected, kind = _expected(name, declared_type)
    with incoming(LEAST_FREE_FOR_UPLOADS) as file:
        _copy(source, file, limit=kinds.LIMITS[kind], kind=kind)
        if file.size == 0:
            raise Invalid("The file is empty.", field="file")
        if expected not in file.types():
            raise Invalid(
                f"{name} is not what its name says.",
                help=f"Its content is not {expected}. Save it again in that form, or give it its right name.",
                field="file",
            )
        if expected in kinds.PICTURES:
            return _save_picture(file, name, expected, limit=kinds.LIMITS[kind])
        path = keep(file)
    with transaction():
        return register(path, sha256=file.sha256, size=file.size, mime_type=expected, filename=name)


def _save_picture(given: Incoming, name: str, mime_type: str, *, limit: int) -> MediaFile:
    """What leaves the house is drawn anew: without where and with what it was taken, and without what hides behind the pixels."""
    with incoming(LEAST_FREE_FOR_UPLOADS) as file:
        try:
            work = at_the_door.draw(given.path, [Wanted(str(file.path), same=True, most=limit)])
        except Invalid as refused:
            raise Invalid(f"{name} cannot be sent as a picture.", code="picture", help=refused.message, field="file") from refused
        file.was_written()
        path = keep(file)
    with transaction():
        row = register(path, sha256=file.sha256, size=file.size, mime_type=mime_type, filename=name)
        note_picture(row, work)
        return row


def media_file(media_id: int) -> MediaFile:
    """The row, or NotFound."""
    found = MediaFile.get_or_none(MediaFile.id == media_id)
    if found is None:
        raise NotFound("There is no such file.")
    return found


def open_file(media_id: int) -> tuple[MediaFile, Path]:
    """A file and where it lies; NotFound when its row or its bytes are gone."""
    found = media_file(media_id)
    if found.place == Place.BUCKET:
        return found, shelf.copy_of(folder(), found)
    path = folder() / found.path
    if not path.is_file():
        raise NotFound("The file is no longer in the data folder.", help="Restore the media folder from a backup.")
    return found, path


def folder() -> Path:
    """Where files lie."""
    return _root[0]


def spool(filename: str | None, declared_type: str | None, size: int) -> BinaryIO:
    """Space for an upload while it arrives, on our own disk and gone when closed. Invalid before a byte is read when it cannot be taken."""
    name = kinds.clean_name(filename)
    if name is not None:
        _, kind = _expected(name, declared_type)
        if size > kinds.LIMITS[kind]:
            raise _too_large(kind)
    _require_room(LEAST_FREE_FOR_UPLOADS)
    return cast(BinaryIO, tempfile.TemporaryFile(dir=folder() / "incoming"))


@contextmanager
def incoming(least_free: int = LEAST_FREE) -> Iterator[Incoming]:
    """Space to write a file in; what is not kept by the end of the block is removed."""
    _require_room(least_free)
    path = _root[0] / "incoming" / new_token()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield Incoming(path, file)
    finally:
        path.unlink(missing_ok=True)


def _require_room(least_free: int) -> None:
    if shutil.disk_usage(_root[0]).free < least_free:
        raise Unavailable(
            "The disk is nearly full: no files are taken in.",
            code="disk_full",
            help="Free some space on the disk of the data folder.",
            retry_after_s=60,
        )


def keep(file: Incoming) -> str:
    """Flush the file and move it to its place; that place, relative to the media folder."""
    file.file.flush()
    os.fsync(file.file.fileno())
    digest = file.sha256
    relative = f"{digest[:2]}/{digest[2:]}"
    target = _root[0] / relative
    if not _is_kept(target, file.size):
        target.parent.mkdir(exist_ok=True)
        _move(file, target)
    return relative


def _is_kept(target: Path, size: int) -> bool:
    """Does it lie there already? Touched, so that nobody who tidies up takes it for something left over."""
    try:
        if target.stat().st_size != size:
            return False
        shelf.touch(target)
    except OSError:
        return False
    return True


def register(path: str, *, sha256: str, size: int, mime_type: str, filename: str | None) -> MediaFile:
    """The row of a kept file; call inside a transaction.

    Always a new one, though the bytes lie on the disk once: who may see a file is decided by where its row is attached.
    """
    row = MediaFile.create(id=new_id(), sha256=sha256, size=size, mime_type=mime_type, filename=filename, path=path, created_at=now())
    # Everything lands on the disk first, so that a bucket that is out of reach holds nobody up.
    if keeping().place is Place.BUCKET:
        MediaCarry.insert(file=row.id, target=Place.BUCKET, state=CarryState.WAITING, attempts=0, next_attempt_at=now()).execute()
    return row


def note_picture(row: MediaFile, drawn: Work | None = None) -> None:
    """Have small pictures drawn of a file, if it is one; in the transaction of its row. `drawn`: the file itself was drawn anew."""
    if row.mime_type in kinds.PICTURES:
        own = {"width": drawn.width, "height": drawn.height, "view_id": row.id} if drawn else {}
        MediaPicture.insert(file=row.id, state=PictureState.WAITING, attempts=0, next_attempt_at=now(), **own).execute()


def sweep_incoming() -> int:
    """Remove what a crash left half written; how many files that were."""
    old = [path for path in (_root[0] / "incoming").iterdir() if time.time() - path.stat().st_mtime > LEFT_OVER_AFTER_S]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _expected(name: str, declared_type: str | None) -> tuple[str, str]:
    known = kinds.TYPES.get(kinds.extension_of(name))
    if known is None:
        raise Invalid(
            f"WhatsApp does not take files like {name}.",
            code="file_type",
            help=f"It takes {', '.join(sorted(kinds.TYPES))}.",
            field="file",
        )
    declared = kinds.plain(declared_type)
    if declared is None or declared == known[0]:
        return known
    # A voice recording in an MP4 file is called video by its name and audio by its maker.
    if {declared, known[0]} == {"audio/mp4", "video/mp4"}:
        return declared, kinds.KIND_OF[declared]
    raise Invalid(f"{name} was sent as {declared}, which its name does not say.", code="file_type", field="file")


def _copy(source: BinaryIO | bytes, file: Incoming, *, limit: int, kind: str) -> None:
    chunks = iter([source]) if isinstance(source, bytes) else iter(lambda: source.read(CHUNK), b"")
    for chunk in chunks:
        if file.size + len(chunk) > limit:
            raise _too_large(kind)
        file.write(chunk)


def _too_large(kind: str) -> Invalid:
    limit = kinds.LIMITS[kind]
    shown = f"{limit // kinds.MB} MB" if limit >= kinds.MB else f"{limit // kinds.KB} KB"
    return Invalid(f"WhatsApp takes a {kind} of at most {shown}.", code="too_large", help="Make the file smaller.", field="file")


def _move(file: Incoming, target: Path) -> None:
    if os.name == "nt":
        # Windows moves no open file.
        file.file.close()
    os.replace(file.path, target)  # noqa: PTH105
    if os.name != "nt":
        _flush_folder(target.parent)
        _flush_folder(target.parent.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
