"""Keep a picture that a step has made: one file for a step, however often the step is played again."""

from __future__ import annotations

from wablast_box.engine.media import store
from wablast_box.engine.media.lettering.draw import TYPES, Picture
from wablast_box.engine.media.models import MediaFile


def keep(picture: Picture, name: str) -> str:
    """Its id. The same bytes under the same name are the same picture."""
    filename = f"picture-{name.replace(':', '-')}.{TYPES[picture.mime_type]}"
    with store.incoming() as file:
        file.write(picture.content)
        path = store.keep(file)
    found = MediaFile.select(MediaFile.id).where(MediaFile.path == path, MediaFile.filename == filename).first()
    if found is not None:
        return str(found.id)
    row = store.register(path, sha256=file.sha256, size=file.size, mime_type=picture.mime_type, filename=filename)
    store.note_picture(row)
    return str(row.id)
