"""Where a file goes while it arrives: to the data folder's own disk, once it is known that it may be taken at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from werkzeug.formparser import default_stream_factory

from wablast_box.engine.media import store

PATH = "/api/v1/media"
# What a form may need besides its one file.
FORM_BYTES = 16 * 1024


def room(total: int | None, content_type: str | None, filename: str | None, size: int | None = None) -> IO[bytes]:
    """For the framework's form parser: called with the head of a part, before its body is read."""
    return store.spool(filename, content_type, max(0, (total or 0) - FORM_BYTES))


def room_on(path: str) -> Callable[[int | None, str | None, str | None, int | None], IO[bytes]]:
    """Files for sending are looked at before they are read; other forms hold small ones."""
    return room if path == PATH else default_stream_factory
