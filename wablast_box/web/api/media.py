"""Files: taken in for sending, given out with headers that let nothing in them run."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from datetime import datetime
from typing import Any, BinaryIO, cast

from pydantic import Field
from quart import Blueprint, Response, current_app, redirect, request, send_file
from quart_schema import validate_querystring, validate_response

from wablast_box.engine.inbox import files
from wablast_box.engine.media import kinds, pictures, store
from wablast_box.engine.media.models import MediaFile, Place
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.errors import Invalid
from wablast_box.lib.ids import parse_id
from wablast_box.web import file_links
from wablast_box.web.api.inbox_actor import viewer_of
from wablast_box.web.auth import allow, current_actor, public
from wablast_box.web.bridge import in_engine
from wablast_box.web.masking import gives_files
from wablast_box.web.schemas import ApiModel, Moment

blueprint = Blueprint("media", __name__)
# Pictures are drawn and buckets answer as slowly as they like: everybody else keeps the engine's other threads.
AT_ONCE = 2
blueprint.record_once(lambda state: state.app.extensions.update(file_turns=asyncio.Semaphore(AT_ONCE)))
# Outside the API: what stands here is opened without a cookie.
links = Blueprint("media_links", __name__)


class FileQuery(ApiModel):
    """`as`: the file as it came, the small picture of threads, or the large one. `save`: to be saved, never opened."""

    variant: file_links.Variant = Field("original", alias="as")
    save: bool = False


class FileLink(ApiModel):
    url: str
    expires_at: Moment


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
    async with _turns():
        saved = await in_engine(store.save_upload, cast(BinaryIO, given.stream), given.filename, given.mimetype)
    shown = {"id": str(saved.id), "mime_type": saved.mime_type, "size": saved.size, "filename": saved.filename}
    return {**shown, "url": f"/api/v1/media/{saved.id}"}, 201


@blueprint.get("/media/<id>")
@allow("media.read")
@gives_files
@validate_querystring(FileQuery)
async def download(id: str, query_args: FileQuery) -> Any:
    """Lead to the bytes of a file: a redirect to a link that ends soon."""
    path, _ = await in_engine(_link, current_actor(), parse_id(id), query_args)
    response = cast(Response, redirect(path, 307))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/media/<id>/link")
@allow("media.read")
@validate_querystring(FileQuery)
@validate_response(FileLink)
async def media_link(id: str, query_args: FileQuery) -> Any:
    """A link to the bytes of a file that works without signing in, until it ends."""
    path, until = await in_engine(_link, current_actor(), parse_id(id), query_args)
    return FileLink(url=path, expires_at=until)


@links.get(f"{file_links.PREFIX}<link>")
@public
async def media_file(link: str) -> Response:
    """The bytes, with headers that let nothing in them run."""
    found, named, saved = await in_engine(_meant, link)
    async with _turns() if found.place == Place.BUCKET else nullcontext():
        _, path = await in_engine(store.open_file, found.id)
    inline = found.mime_type in kinds.INLINE and not saved
    response: Response = await send_file(
        path,
        mimetype=found.mime_type if inline else kinds.UNKNOWN,
        as_attachment=not inline,
        attachment_filename=named or f"file-{found.id}",
        conditional=True,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _link(actor: Actor, media_id: int, asked: FileQuery) -> tuple[str, datetime]:
    row = files.visible_file(viewer_of(actor), media_id)
    pictures.shown_as(media_id, asked.variant)
    is_played = row.mime_type.startswith(("audio/", "video/"))
    life_s = file_links.PLAYED_LIFE_S if is_played else file_links.LIFE_S
    return file_links.link_to(media_id, asked.variant, saved=asked.save, actor=actor, life_s=life_s)


def _meant(link: str) -> tuple[MediaFile, str | None, bool]:
    meant = file_links.read_link(link)
    named = files.visible_file(viewer_of(meant.actor), meant.media_id)
    return store.media_file(pictures.shown_as(meant.media_id, meant.variant)), named.filename, meant.saved


def _turns() -> asyncio.Semaphore:
    turns: asyncio.Semaphore = current_app.extensions["file_turns"]
    return turns
