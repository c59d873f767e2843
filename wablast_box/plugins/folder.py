"""A plugin's folder before anything in it is run: bounded, made of plain files, and nothing in it leads outside."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from wablast_box.lib.errors import Invalid

LARGEST = 20 * 1024 * 1024
MOST_FILES = 2000
# Made by running it, and different each time.
_PASSING = frozenset({"__pycache__", ".pytest_cache"})


def checked_folder(folder: Path) -> str:
    """The digest of everything in it. Raises Invalid."""
    if folder.is_symlink():
        raise Invalid("It is a link to another place: copy the folder itself here.", code="leads_outside")
    digest, size = hashlib.sha256(), 0
    for count, path in enumerate(_files(folder), 1):
        found = path.lstat()
        shown = path.relative_to(folder).as_posix()
        if stat.S_ISLNK(found.st_mode):
            _check_link(path, folder, shown)
            continue
        if not stat.S_ISREG(found.st_mode):
            raise Invalid(f"“{shown}” is no plain file.", code="no_plain_file")
        size += found.st_size
        if count > MOST_FILES or size > LARGEST:
            raise Invalid(f"It is larger than {LARGEST // 2**20} MB or {MOST_FILES:,} files.", code="too_large")
        # Windows knows no such bits.
        if os.name == "posix" and found.st_mode & stat.S_IWOTH:
            raise Invalid(f"“{shown}” can be changed by everybody on this machine.", code="writable", help="chmod -R o-w on its folder.")
        if not _PASSING & set(path.relative_to(folder).parts):
            digest.update(f"{shown}\0{found.st_size}\0".encode(errors="replace"))
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """Every entry that is no folder, in one order; links are not followed."""
    for root, folders, files in os.walk(folder, followlinks=False):
        folders.sort()
        linked = [name for name in folders if (Path(root) / name).is_symlink()]
        yield from (Path(root) / name for name in sorted([*files, *linked]))


def _check_link(path: Path, folder: Path, shown: str) -> None:
    target = path.resolve()
    if not target.is_relative_to(folder.resolve()):
        raise Invalid(f"“{shown}” is a link that leads out of the plugin's folder.", code="leads_outside")
