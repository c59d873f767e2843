"""Files: taken in for sending, given out with headers that let nothing in them run."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from quart import Blueprint, Response, request, send_file
from quart_schema import validate_response

from wablast_box.engine.inbox import files
from wablast_box.engine.media import store
from wablast_box.lib.errors import Invalid
from wablast_box.lib.ids import parse_id
from wablast_box.web.api.inbox_actor import my_viewer
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.masking import gives_files
from wablast_box.web.schemas import ApiModel

blueprint = Blueprint("media", __name__)

# What a browser may show in place; everything else is saved, never opened on this address.
INLINE = frozenset(
    "image/jpeg image/png image/webp image/gif video/mp4 video/3gpp audio/ogg audio/mpeg audio/mp4 audio/aac audio/amr".split()
)


class StoredFile(ApiModel):
    id: str
    mime_type: str
    size: int
    filename: str | None
    url: str


@blueprint.post("/media")
@allow("inbox.reply")
@validate_response(StoredFile, 201)
async def upload() -> Any:
    """Take in one file (multipart, field `file`) to be sent."""
    given = (await request.files).get("file")
    if given is None:
        raise Invalid("Send one file in the multipart field “file”.", field="file")
    saved = await in_engine(store.save_upload, cast(BinaryIO, given.stream), given.filename, given.mimetype)
    shown = {"id": str(saved.id), "mime_type": saved.mime_type, "size": saved.size, "filename": saved.filename}
    return {**shown, "url": f"/api/v1/media/{saved.id}"}, 201


@blueprint.get("/media/<id>")
@allow("media.read")
@gives_files
async def download(id: str) -> Response:
    """The bytes of a file."""
    found, path = await in_engine(files.open_file, my_viewer(), parse_id(id))
    inline = found.mime_type in INLINE
    response: Response = await send_file(
        path,
        mimetype=found.mime_type if inline else "application/octet-stream",
        as_attachment=not inline,
        attachment_filename=found.filename or f"file-{found.id}",
        conditional=True,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
