"""The thread of a conversation: messages, notes and what was done with it, in one order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from quart import Blueprint
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.inbox import files
from wablast_box.engine.inbox.ads.read import ReferralQuery, referrals_page
from wablast_box.engine.inbox.thread import note_changes, notes, read
from wablast_box.engine.inbox.thread.read import Place
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.media.pages import count_pages
from wablast_box.lib import ids
from wablast_box.lib.errors import Invalid
from wablast_box.lib.paging import page_request
from wablast_box.web.api import thread_models as shapes
from wablast_box.web.api.inbox_actor import me, my_viewer
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import listing

blueprint = Blueprint("thread", __name__)


@blueprint.get("/conversations/<id>/timeline")
@allow("inbox.read")
@validate_querystring(shapes.TimelineQuery)
@validate_response(shapes.Timeline)
async def conversation_timeline(id: str, query_args: shapes.TimelineQuery) -> Any:
    """A page of the thread, oldest first: the newest, or before, after or around a row, or from a moment on."""
    limit = page_request(query_args.limit, None).limit
    found = await in_engine(read.timeline, my_viewer(), ids.parse_id(id), _place(query_args), limit)
    return {"items": found.items, "before": found.before, "after": found.after}


@blueprint.post("/conversations/<id>/notes")
@allow("inbox.reply")
@validate_request(shapes.AddNote)
@validate_response(shapes.Note, 201)
async def add_note(id: str, data: shapes.AddNote) -> Any:
    """Write a note that only staff see. Who is mentioned must be allowed to see the conversation."""
    mentions = [ids.parse_id(user_id) for user_id in data.mentions]
    return await in_engine(notes.add_note, my_viewer(), me(), ids.parse_id(id), data.text, mentions), 201


@blueprint.patch("/notes/<id>")
@allow("inbox.reply")
@validate_request(shapes.AddNote)
@validate_response(shapes.Note)
async def change_note(id: str, data: shapes.AddNote) -> Any:
    """Let your own note say something else; what it said before is kept."""
    mentions = [ids.parse_id(user_id) for user_id in data.mentions]
    return await in_engine(note_changes.change_note, my_viewer(), me(), ids.parse_id(id), data.text, mentions)


@blueprint.delete("/notes/<id>")
@allow("inbox.reply")
async def delete_note(id: str) -> Any:
    """Take your own note back; the owner takes back anybody's."""
    await in_engine(note_changes.delete_note, my_viewer(), me(), ids.parse_id(id))
    return "", 204


@blueprint.get("/notes/<id>/versions")
@allow("inbox.read")
@validate_response(shapes.NoteVersions)
async def note_versions(id: str) -> Any:
    """What a note said before, oldest first. Of one that was taken back: for those with audit.read."""
    return {"items": await in_engine(note_changes.versions, my_viewer(), me(), ids.parse_id(id))}


@blueprint.get("/conversations/<id>/mentionable")
@allow("inbox.reply")
@validate_response(shapes.Mentionable)
async def mentionable(id: str) -> Any:
    """Whom a note of this conversation may mention: colleagues who may see it."""
    return {"items": await in_engine(notes.mentionable, my_viewer(), me(), ids.parse_id(id))}


@blueprint.get("/media/<id>/pages")
@allow("media.read")
@validate_response(shapes.Pages)
async def pages(id: str) -> Any:
    """How many pages a document has; null where the file does not say so plainly."""
    return {"pages": await in_engine(_pages, my_viewer(), ids.parse_id(id))}


@blueprint.get("/ad-referrals")
@allow("inbox.read")
@validate_querystring(shapes.AdReferralsQuery)
@validate_response(shapes.AdReferralList)
async def ad_referrals(query_args: shapes.AdReferralsQuery) -> Any:
    """Who came by which advertisement, newest first."""
    conversation_id = None if query_args.conversation_id is None else ids.parse_id(query_args.conversation_id)
    wanted = ReferralQuery(query_args.source_id, query_args.ctwa_clid, conversation_id)
    return listing(await in_engine(referrals_page, my_viewer(), wanted, page_request(query_args.limit, query_args.cursor)))


def _pages(viewer: Viewer, media_id: int) -> int | None:
    _, path = files.open_file(viewer, media_id)
    return count_pages(path)


def _place(query: shapes.TimelineQuery) -> Place:
    given = [name for name in ("before", "after", "around", "at") if getattr(query, name)]
    if len(given) > 1:
        raise Invalid("Ask for one place only: before, after, around or at.", field=given[1])
    if query.at:
        return Place("around", ids.first_id_at(_moment(query.at)))
    if query.before:
        return Place("before", page_request(None, query.before).after or 0)
    if query.after:
        return Place("after", page_request(None, query.after).after or 0)
    return Place("around", page_request(None, query.around).after or 0) if query.around else Place()


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid("at must be a moment with its zone, such as 2026-11-22T00:00:00Z.", field="at")
    return moment
