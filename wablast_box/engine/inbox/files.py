"""Files through the eyes of a viewer: who may see a conversation may see its files, nobody else may."""

from __future__ import annotations

from pathlib import Path

from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.media import store
from wablast_box.engine.media.models import MediaFile
from wablast_box.lib import sql
from wablast_box.lib.errors import NotFound

_SHOWN_BY = ("attachment", "message_file")


def open_file(viewer: Viewer, media_id: int) -> tuple[MediaFile, Path]:
    """A file and where it lies; NotFound also when it is there but not for this viewer."""
    visible_file(viewer, media_id)
    return store.open_file(media_id)


def visible_file(viewer: Viewer, media_id: int) -> MediaFile:
    """The row of a file; NotFound also when it is there but not for this viewer."""
    if not _is_visible(viewer, media_id):
        raise NotFound("There is no such file.")
    return store.media_file(media_id)


def require_usable(viewer: Viewer, media_ids: tuple[int, ...]) -> None:
    """May these be sent by this viewer? Fresh uploads may; a file of a conversation only by those who see it."""
    for media_id in media_ids:
        if _is_attached(media_id) and not _is_visible(viewer, media_id):
            raise NotFound("There is no such file.", help="Upload the file again.")


def _is_attached(media_id: int) -> bool:
    return any(sql.run(f"SELECT 1 FROM {table} WHERE media_file_id = ? LIMIT 1", (media_id,)) for table in _SHOWN_BY)


def _is_visible(viewer: Viewer, media_id: int) -> bool:
    condition, params = viewer.condition()
    if not params:
        return True
    return any(
        sql.run(
            f"SELECT 1 FROM {table} a JOIN message m ON m.id = a.message_id JOIN conversation c ON c.id = m.conversation_id"
            f" WHERE a.media_file_id = ? AND {condition} LIMIT 1",
            [media_id, *params],
        )
        for table in _SHOWN_BY
    )
