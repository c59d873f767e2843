"""The data folder: private to one user, held by one process at a time.

The operating system holds the lock, so a process that is killed leaves nothing stale behind.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wablast_box.lib.errors import Conflict, Unavailable

LOCK_FILE = "box.lock"
# Windows refuses to read a locked byte, so the lock lies far behind the text that says who holds it.
_LOCK_AT = 1 << 30
FOLDERS = ("logs", "media", "backups")


@dataclass(slots=True)
class HeldFolder:
    """A data folder that this process holds."""

    path: Path
    _descriptor: int = field(repr=False, default=-1)

    def announce(self, address: str) -> None:
        """Write down where this box answers, for `doctor` and for a second start that is refused."""
        text = json.dumps({"pid": os.getpid(), "address": address}).encode()
        # A note for people: a full disk must not keep the box from starting.
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text)

    def let_go(self) -> None:
        """Another process may have the folder."""
        if self._descriptor >= 0:
            self.announce("")
            os.close(self._descriptor)
            self._descriptor = -1


def hold_folder(path: Path) -> HeldFolder:
    """Make the folder if need be and hold it; Conflict when another box does."""
    make_folder(path)
    descriptor = os.open(path / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    if not _lock(descriptor):
        os.close(descriptor)
        raise Conflict(
            _taken(path), code="already_running", help="Stop that one first, or give this one a folder of its own with --data DIR."
        )
    return HeldFolder(path, descriptor)


def make_folder(path: Path) -> None:
    """The folder and its parts, readable by this user only."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        for name in FOLDERS:
            (path / name).mkdir(exist_ok=True)
    except OSError as refused:
        raise Unavailable(
            f"The data folder {path} cannot be used: {refused.strerror or refused}.",
            code="data_folder",
            help="Give a folder that you may write to with --data DIR.",
        ) from refused


def private_by_default() -> None:
    """Files made from now on are readable by this user only."""
    os.umask(0o077)


def running_box(path: Path) -> dict[str, Any] | None:
    """Who holds this folder at the moment ({"pid", "address"}; both may be missing), or None."""
    try:
        descriptor = os.open(path / LOCK_FILE, os.O_RDWR)
    except OSError:
        return None
    try:
        return None if _lock(descriptor) else read_holder(path)
    finally:
        os.close(descriptor)


def read_holder(path: Path) -> dict[str, Any]:
    """What the last holder wrote down."""
    try:
        found = json.loads((path / LOCK_FILE).read_bytes() or b"{}")
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _taken(path: Path) -> str:
    holder = read_holder(path)
    who = f" (process {holder['pid']}, {holder.get('address') or 'starting'})" if holder.get("pid") else ""
    return f"A box is already running on {path}{who}."


if os.name == "nt":  # pragma: no cover - needs Windows
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCK_AT, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
