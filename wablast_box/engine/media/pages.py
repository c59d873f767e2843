"""How many pages a PDF has, by looking only at what says so: bounded in what is read and unpacked, whatever the file holds."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

MOST_READ = 32 * 1024 * 1024
MOST_STREAMS, MOST_UNPACKED = 200, 1024 * 1024
_LINEAR = re.compile(rb"/Linearized\b[^>]{0,400}?/N\s{1,8}(\d{1,6})\b")
_TREE = re.compile(rb"/Type\s{0,8}/Pages\b")
_COUNT = re.compile(rb"/Count\s{1,8}(\d{1,6})\b")
_WIDEST, _MOST_TREES = 16 * 1024, 500
_PACKED = re.compile(rb"/Type\s{0,8}/ObjStm\b[^>]{0,400}>>\s{0,8}stream\r?\n")


@lru_cache(maxsize=4096)
def count_pages(path: Path) -> int | None:
    """The number of pages, or None when the file does not say so in a form that is easily read. A stored file never changes."""
    with path.open("rb") as file:
        data = file.read(MOST_READ)
    if not data.startswith(b"%PDF-"):
        return None
    if linear := _LINEAR.search(data, 0, 2048):
        return int(linear[1]) or None
    return _greatest(data) or max(map(_greatest, _unpacked(data)), default=0) or None


def _greatest(data: bytes) -> int:
    """The tree of pages says its size at its root: the greatest of all that is said."""
    return max((_size(data, found.start(), found.end()) for found in islice(_TREE.finditer(data), _MOST_TREES)), default=0)


def _size(data: bytes, start: int, end: int) -> int:
    """What the dictionary around this name counts; one that is too wide says nothing."""
    first, last = data.rfind(b"<<", max(0, start - _WIDEST), start), data.find(b">>", end, end + _WIDEST)
    found = _COUNT.search(data, max(first, 0), last) if first >= 0 and last >= 0 else None
    return int(found[1]) if found else 0


def _unpacked(data: bytes) -> Iterator[bytes]:
    for found in islice(_PACKED.finditer(data), MOST_STREAMS):
        try:
            yield zlib.decompressobj().decompress(data[found.end() : found.end() + MOST_UNPACKED], MOST_UNPACKED)
        except zlib.error:
            continue
