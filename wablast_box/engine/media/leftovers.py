"""Delete what was carried away, or half carried, once nobody can need it: looked at again at the very last moment."""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from pathlib import Path

from wablast_box.engine.media import store
from wablast_box.engine.media.bucket import client, shelf
from wablast_box.engine.media.bucket.account import keeping
from wablast_box.engine.media.models import MediaFile, MediaLeftover, Place
from wablast_box.lib.clock import now, now_ms
from wablast_box.lib.crypto import new_token
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError

logger = logging.getLogger(__name__)

AT_ONCE = 200
YOUNG_S = 3000.0
AGAIN = timedelta(hours=1)


def sweep() -> int:
    """Delete what is due and needed by no row, and keep the shelf within its bounds; how many files went."""
    due = list(MediaLeftover.select().where(MediaLeftover.due_at <= now()).order_by(MediaLeftover.due_at).limit(AT_ONCE))
    gone = sum(_delete(leftover) for leftover in due)
    return gone + shelf.trim(store.folder())


def _delete(leftover: MediaLeftover) -> bool:
    if _is_needed(leftover):
        _forget(leftover)
        return False
    try:
        is_gone = _from_disk(store.folder() / leftover.path) if leftover.place == Place.DISK else _from_bucket(leftover.path)
    except (BoxError, OSError) as failed:
        logger.info("something left over stays for now", extra={"path": leftover.path, "why": str(failed)})
        is_gone = False
    if is_gone:
        _forget(leftover)
    else:
        with transaction():
            MediaLeftover.update(due_at=now() + AGAIN).where(MediaLeftover.id == leftover.id).execute()
    return is_gone


def _is_needed(leftover: MediaLeftover) -> bool:
    return bool(MediaFile.select().where(MediaFile.path == leftover.path, MediaFile.place == leftover.place).exists())


def _from_disk(path: Path) -> bool:
    """Out of the way first, and back when somebody has just brought the same bytes again: they touched it, or found it gone."""
    aside = store.folder() / "incoming" / new_token()
    try:
        path.rename(aside)
    except FileNotFoundError:
        return True
    if now_ms() / 1000 - aside.stat().st_mtime > YOUNG_S:
        aside.unlink()
        return True
    try:
        # Where they found it gone and wrote it anew, theirs stays.
        os.link(aside, path)
    except OSError:
        if not path.exists():
            aside.rename(path)
            return False
    aside.unlink(missing_ok=True)
    return False


def _from_bucket(name: str) -> bool:
    account = keeping().account
    if account is None:
        return False
    client.delete(account, name)
    return True


def _forget(leftover: MediaLeftover) -> None:
    with transaction():
        MediaLeftover.delete().where(MediaLeftover.id == leftover.id).execute()
