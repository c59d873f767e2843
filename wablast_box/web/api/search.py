"""Search over everything that was said, noted and sent."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from quart import Blueprint
from quart_schema import validate_querystring, validate_response

from wablast_box.engine.search.filters import Asker
from wablast_box.engine.search.find import find
from wablast_box.lib.paging import page_request
from wablast_box.web.api.inbox_actor import me, my_user_id, my_viewer
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.reads import count_reads
from wablast_box.web.schemas import ApiModel, IdStr, Moment, PageQuery, listing

blueprint = Blueprint("search", __name__)
Kind = Literal["message", "note", "contact", "file", "conversation"]
# [start, end) in UTF-16 code units.
Highlights = list[list[int]]


class SearchQuery(PageQuery):
    q: Annotated[str, Field(description='Words, "words side by side", and from: in: before: after: kind: tag:')] = ""
    kind: str = ""


class Hit(ApiModel):
    """One thing found. `highlights` are ranges of `snippet`, in UTF-16 code units."""

    kind: Kind
    id: IdStr
    conversation_id: IdStr | None
    contact_id: IdStr
    title: str
    snippet: str
    highlights: Highlights
    at: Moment | None
    title_highlights: Highlights = []
    type: str | None = None
    direction: Literal["in", "out"] | None = None
    author: str | None = None
    filename: str | None = None
    mime_type: str | None = None


class HitList(ApiModel):
    """A page may be short, or even empty, and still have a cursor: there is more to look through."""

    items: list[Hit]
    next_cursor: str | None


@blueprint.get("/search")
@allow("inbox.read")
@validate_querystring(SearchQuery)
@validate_response(HitList)
async def search(query_args: SearchQuery) -> Any:
    """Messages, notes, people and files that hold the words, newest first; people come first of all."""
    actor = me()
    asker = Asker(my_viewer(), my_user_id(), actor.hides_numbers)
    asked = page_request(query_args.limit, query_args.cursor)
    found = listing(await in_engine(find, asker, query_args.q, query_args.kind, asked))
    await count_reads(hit["contact_id"] for hit in found["items"])
    return found
