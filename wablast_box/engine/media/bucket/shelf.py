"""Copies of what lies in the bucket, on our disk while they are used: staff's browsers never need to reach the bucket.

A copy is checked against the digest before anybody sees it. The shelf is bounded, what was longest unused goes first.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import threading
from pathlib import Path

from wablast_box.engine.media.bucket import client
from wablast_box.engine.media.bucket.account import keeping
from wablast_box.engine.media.models import MediaFile
from wablast_box.lib.clock import now_ms
from wablast_box.lib.crypto import new_token
from wablast_box.lib.errors import NotFound, Unavailable, Upstream

logger = logging.getLogger(__name__)

MB = 1024 * 1024
MOST_BYTES = 1024 * MB
# Somebody may be reading what was asked for a moment ago.
IN_USE_S = 600.0
# Somebody waits for it at a screen.
WITHIN_S = 240.0
_coming: dict[str, threading.Lock] = {}
_guard = threading.Lock()


def copy_of(root: Path, row: MediaFile) -> Path:
    """A copy of a file in the bucket; fetched when there is none. One fetch, however many wait for it."""
    target = _place(root, row.path)
    with _guard:
        coming = _coming.setdefault(row.path, threading.Lock())
    try:
        with coming:
            if _is_there(target, row.size):
                touch(target)
                return target
            _fetch(root, row, target)
    finally:
        with _guard:
            _coming.pop(row.path, None)
    return target


def put_by(root: Path, name: str, source: Path) -> None:
    """Keep a file that was just carried away at hand, without copying it; where that is not possible it is fetched when needed."""
    target = _place(root, name)
    target.parent.mkdir(exist_ok=True)
    try:
        target.hardlink_to(source)
        touch(target)
    except OSError:
        return


def trim(root: Path) -> int:
    """Take off what was longest unused until the shelf is within its bounds; how many files that were."""
    shelf = root / "shelf"
    if not shelf.is_dir():
        return 0
    found = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in shelf.iterdir() if path.is_file())
    over, gone = sum(size for _, size, _ in found) - MOST_BYTES, 0
    for at, size, path in found:
        if over <= 0 or now_ms() / 1000 - at < IN_USE_S:
            break
        path.unlink(missing_ok=True)
        over, gone = over - size, gone + 1
    return gone


def touch(path: Path) -> None:
    """Somebody needs this file now."""
    moment = now_ms() / 1000
    os.utime(path, (moment, moment))


def _place(root: Path, name: str) -> Path:
    return root / "shelf" / name.replace("/", "")


def _is_there(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _fetch(root: Path, row: MediaFile, target: Path) -> None:
    account = keeping().account
    if account is None:
        raise Unavailable("This file lies in a bucket, and none is set up.", help="Enter the bucket again under Settings → Storage.")
    target.parent.mkdir(exist_ok=True)
    path, digest = root / "incoming" / new_token(), hashlib.sha256()
    try:
        with path.open("xb") as file:
            for piece in client.get(account, row.path, most=row.size, total_s=WITHIN_S):
                digest.update(piece)
                file.write(piece)
        if not hmac.compare_digest(digest.hexdigest(), row.sha256):
            raise Upstream("What the bucket holds is not the file that was put into it.", code="damaged")
        path.chmod(0o600)
        path.replace(target)
    except NotFound:
        raise NotFound("The file is no longer in the bucket.", help="Restore the bucket's objects.") from None
    finally:
        path.unlink(missing_ok=True)
