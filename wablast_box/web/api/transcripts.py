"""A conversation as a file to take along. Wants a password typed in the last ten minutes, and is written down."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal

from pydantic import Field
from quart import Blueprint, Response
from quart_schema import validate_request

from wablast_box.engine.inbox.transcripts.export import Transcript, Wanted, export
from wablast_box.lib.ids import parse_id
from wablast_box.web.api.inbox_actor import me, my_viewer
from wablast_box.web.auth import allow, fresh
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, Day

blueprint = Blueprint("transcripts", __name__)
CHUNK = 256 * 1024


class TranscriptWanted(ApiModel):
    """`since` and `until` are days of the business, both included."""

    format: Literal["pdf", "csv"]
    since: Day | None = None
    until: Day | None = None
    notes: bool = Field(default=False, description="Take along what staff noted.")


@blueprint.post("/conversations/<id>/transcript")
@allow("inbox.export")
@fresh
@validate_request(TranscriptWanted)
async def transcript(id: str, data: TranscriptWanted) -> Response:
    """The conversation as PDF or CSV."""
    wanted = Wanted(data.format, data.since, data.until, with_notes=data.notes)
    made = await in_engine(export, my_viewer(), me(), parse_id(id), wanted)
    response = Response(_sent(made), content_type=made.mime_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    # Reading a file of years may take longer than an answer usually may.
    response.timeout = None
    return response


async def _sent(made: Transcript) -> AsyncIterator[bytes]:
    try:
        await in_engine(made.file.seek, 0)
        while chunk := await in_engine(made.file.read, CHUNK):
            yield chunk
    finally:
        made.file.close()
