"""What staff do with conversations: states, snooze, tags, views, many at once."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.desk.triage import bulk, saved_views, tags, undo
from wablast_box.lib.ids import parse_id
from wablast_box.web.api import triage_models as shapes
from wablast_box.web.api.inbox_actor import me, my_viewer
from wablast_box.web.api.inbox_models import Conversation, TagRef
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine

blueprint = Blueprint("triage", __name__)


@blueprint.get("/conversations/counts")
@allow("inbox.read")
@validate_response(shapes.Counts)
async def counts() -> Any:
    """How many conversations each view holds."""
    return await in_engine(saved_views.counts_for, my_viewer(), me())


@blueprint.post("/conversations/bulk")
@allow("inbox.read")
@validate_request(shapes.Bulk)
@validate_response(shapes.BulkDone)
async def in_bulk(data: shapes.Bulk) -> Any:
    """Do one thing with up to 500 conversations; those that you may not see are not found."""
    return await in_engine(bulk.in_bulk, my_viewer(), me(), data.ids, data.action, dict(data))


@blueprint.post("/conversations/bulk/undo")
@allow("inbox.read")
@validate_request(shapes.Undo)
@validate_response(shapes.Undone)
async def take_back(data: shapes.Undo) -> Any:
    """Take back what you did, as far as nobody has changed it since."""
    return {"results": await in_engine(undo.undo, me(), parse_id(data.undo_id))}


@blueprint.post("/conversations/<id>/resolve")
@allow("inbox.close")
@validate_response(Conversation)
async def resolve(id: str) -> Any:
    """Done: it leaves the list of open ones until the customer writes again."""
    return await _do(id, "resolve")


@blueprint.post("/conversations/<id>/reopen")
@allow("inbox.close")
@validate_response(Conversation)
async def reopen(id: str) -> Any:
    """To be answered again."""
    return await _do(id, "reopen")


@blueprint.post("/conversations/<id>/pending")
@allow("inbox.close")
@validate_response(Conversation)
async def pending(id: str) -> Any:
    """Put aside until somebody outside has done something."""
    return await _do(id, "pending")


@blueprint.post("/conversations/<id>/snooze")
@allow("inbox.close")
@validate_request(shapes.Snooze)
@validate_response(Conversation)
async def snooze(id: str, data: shapes.Snooze) -> Any:
    """Out of sight until a moment, or until the customer writes."""
    return await _do(id, "snooze", **dict(data))


@blueprint.post("/conversations/<id>/unsnooze")
@allow("inbox.close")
@validate_response(Conversation)
async def unsnooze(id: str) -> Any:
    """Back before its time."""
    return await _do(id, "unsnooze")


@blueprint.post("/conversations/<id>/unread")
@allow("inbox.reply")
@validate_response(Conversation)
async def unread(id: str) -> Any:
    """Somebody should look again."""
    return await _do(id, "unread")


@blueprint.post("/conversations/<id>/tags")
@allow("inbox.reply")
@validate_request(shapes.TagChange)
@validate_response(Conversation)
async def tag_conversation(id: str, data: shapes.TagChange) -> Any:
    """Put tags on and take tags off."""
    return await _do(id, "tag", **dict(data))


@blueprint.get("/tags")
@allow("inbox.read")
@validate_response(shapes.TagList)
async def all_tags() -> Any:
    """The words that can be put on conversations."""
    return {"items": await in_engine(tags.tags), "next_cursor": None}


@blueprint.post("/tags")
@allow("tags.write")
@validate_request(shapes.NewTag)
@validate_response(TagRef, 201)
async def add_tag(data: shapes.NewTag) -> Any:
    """Make a tag."""
    return await in_engine(tags.add_tag, data.name, data.color, by=me()), 201


@blueprint.patch("/tags/<id>")
@allow("tags.write")
@validate_request(shapes.TagEdit)
@validate_response(TagRef)
async def change_tag(id: str, data: shapes.TagEdit) -> Any:
    """Rename or colour a tag."""
    return await in_engine(tags.change_tag, parse_id(id), name=data.name, color=data.color, by=me())


@blueprint.get("/tags/usage")
@allow("tags.write")
@validate_response(shapes.TagUsageList)
async def tag_usage() -> Any:
    """On how many conversations and customers each tag is."""
    return {"items": await in_engine(tags.usage), "next_cursor": None}


@blueprint.post("/tags/<id>/merge")
@allow("tags.write")
@validate_request(shapes.TagMerge)
@validate_response(TagRef)
async def merge_tags(id: str, data: shapes.TagMerge) -> Any:
    """Let everything that has this tag have another one instead. It cannot be taken back."""
    return await in_engine(tags.merge_tag, parse_id(id), parse_id(data.into), by=me())


@blueprint.delete("/tags/<id>")
@allow("tags.write")
async def delete_tag(id: str) -> Any:
    """Take a tag off everything, for good."""
    await in_engine(tags.delete_tag, parse_id(id), by=me())
    return "", 204


@blueprint.get("/views")
@allow("inbox.read")
@validate_response(shapes.SavedViewList)
async def views() -> Any:
    """Your saved views, and everybody's."""
    return {"items": await in_engine(saved_views.views_of, me()), "next_cursor": None}


@blueprint.post("/views")
@allow("inbox.read")
@validate_request(shapes.NewView)
@validate_response(shapes.SavedView, 201)
async def add_view(data: shapes.NewView) -> Any:
    """Keep a filter under a name. Everybody's need desk.write."""
    return await in_engine(saved_views.add_view, data.name, data.q, shared=data.shared, by=me()), 201


@blueprint.patch("/views/<id>")
@allow("inbox.read")
@validate_request(shapes.ViewEdit)
@validate_response(shapes.SavedView)
async def change_view(id: str, data: shapes.ViewEdit) -> Any:
    """Rename a view, or let it ask for something else."""
    return await in_engine(saved_views.change_view, parse_id(id), name=data.name, words=data.q, shared=data.shared, by=me())


@blueprint.delete("/views/<id>")
@allow("inbox.read")
async def delete_view(id: str) -> Any:
    """Forget a view."""
    await in_engine(saved_views.delete_view, parse_id(id), by=me())
    return "", 204


async def _do(id: str, action: str, **given: Any) -> Any:
    return await in_engine(bulk.one, my_viewer(), me(), parse_id(id), action, given)
