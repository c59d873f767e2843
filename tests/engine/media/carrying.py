"""What the tests of the bucket do again and again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from wablast_box.engine.media import carry, store
from wablast_box.engine.media.models import MediaFile, Place
from wablast_box.engine.ops.storage import work
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.lib.clock import frozen_at, now


def kept(words: bytes = b"a bill", name: str = "bill.txt") -> MediaFile:
    return store.save_upload(words, name, None)


def bytes_of(row: MediaFile) -> bytes:
    return store.open_file(row.id)[1].read_bytes()


def place_of(row: MediaFile) -> str:
    return str(MediaFile.get_by_id(row.id).place)


def moved(target: Place) -> None:
    work.move_files(target, by=SYSTEM)
    carry.carry_due()


def on_disk(box: Path) -> list[Path]:
    return [path for path in (box / "media").rglob("*") if path.is_file() and path.parent.name not in ("shelf", "incoming")]


def an_hour_later() -> Any:
    return frozen_at(now() + timedelta(hours=1, minutes=5))
