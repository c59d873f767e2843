"""What staff have ready to say: canned replies, drafts, messages for later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from quart import Blueprint, request
from quart_schema import document_headers, validate_request, validate_response

from wablast_box.engine.replies import canned, drafts, schedule
from wablast_box.engine.replies.models import Mode
from wablast_box.lib.errors import Invalid
from wablast_box.lib.ids import parse_id
from wablast_box.web.api import replies_models as shapes
from wablast_box.web.api.inbox_actor import me, my_viewer
from wablast_box.web.api.inbox_models import SendHeaders
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine

blueprint = Blueprint("replies", __name__)


@blueprint.get("/canned-replies")
@allow("inbox.reply")
@validate_response(shapes.CannedReplyList)
async def canned_replies() -> Any:
    """Everybody's canned replies and your own, by shortcut."""
    return {"items": await in_engine(canned.replies_of, me()), "next_cursor": None}


@blueprint.post("/canned-replies")
@allow("replies.write_own")
@validate_request(shapes.NewCannedReply)
@validate_response(shapes.CannedReply, 201)
async def add_canned_reply(data: shapes.NewCannedReply) -> Any:
    """Keep words ready. Shared ones need replies.write_shared."""
    words: dict[str, Any] = {"shortcut": data.shortcut, "text": data.text, "shared": data.shared, "media_id": _id(data.media_id)}
    return await in_engine(canned.add_reply, my_viewer(), me(), **words), 201


@blueprint.patch("/canned-replies/<id>")
@allow("replies.write_own")
@validate_request(shapes.CannedReplyEdit)
@validate_response(shapes.CannedReply)
async def change_canned_reply(id: str, data: shapes.CannedReplyEdit) -> Any:
    """Change a canned reply; a shared one needs replies.write_shared."""
    given = data.model_dump(exclude_unset=True)
    changes = {name: value for name, value in given.items() if value is not None and name != "media_id"}
    if "media_id" in given:
        changes["media_id"] = _id(data.media_id)
    return await in_engine(canned.change_reply, my_viewer(), me(), parse_id(id), changes)


@blueprint.delete("/canned-replies/<id>")
@allow("replies.write_own")
async def delete_canned_reply(id: str) -> Any:
    """Delete a canned reply; a shared one needs replies.write_shared."""
    await in_engine(canned.delete_reply, me(), parse_id(id))
    return "", 204


@blueprint.post("/conversations/<id>/fill")
@allow("inbox.reply")
@validate_request(shapes.Fill)
@validate_response(shapes.Filled)
async def fill(id: str, data: shapes.Fill) -> Any:
    """A canned reply, or a text with {{names}}, with the values of this conversation. Nothing is sent."""
    asked: dict[str, Any] = {"reply_id": _id(data.reply_id), "text": data.text}
    return await in_engine(canned.fill_reply, my_viewer(), me(), parse_id(id), **asked)


@blueprint.get("/drafts")
@allow("inbox.reply")
@validate_response(shapes.DraftList)
async def my_drafts() -> Any:
    """What you have begun to write, on whichever device."""
    return {"items": await in_engine(drafts.drafts_of, my_viewer(), me()), "next_cursor": None}


@blueprint.put("/conversations/<id>/draft")
@allow("inbox.reply")
@validate_request(shapes.KeepDraft)
@validate_response(shapes.Draft)
async def keep_draft(id: str, data: shapes.KeepDraft) -> Any:
    """Keep what was typed. The newest writer wins; your other windows hear of it."""
    words: dict[str, Any] = {"mode": Mode(data.mode), "text": data.text, "based_on": _id(data.based_on), "window": data.window[:64]}
    return await in_engine(drafts.keep_draft, my_viewer(), me(), parse_id(id), **words)


@blueprint.get("/conversations/<id>/scheduled")
@allow("inbox.read")
@validate_response(shapes.ScheduledList)
async def scheduled(id: str) -> Any:
    """What is still to be sent in a conversation, soonest first, and what failed and waits for a decision."""
    return {"items": await in_engine(schedule.scheduled_in, my_viewer(), parse_id(id)), "next_cursor": None}


@blueprint.post("/conversations/<id>/scheduled")
@allow("inbox.reply")
@document_headers(SendHeaders)
@validate_request(shapes.Schedule)
@validate_response(shapes.ScheduledMessage, 201)
async def schedule_message(id: str, data: shapes.Schedule) -> Any:
    """Have a message sent later. The 24-hour window is looked at when it goes. The same Idempotency-Key gives the same one."""
    key = request.headers.get("Idempotency-Key")
    return await in_engine(schedule.schedule_message, my_viewer(), me(), parse_id(id), data.message, _moment(data.at), key=key), 201


@blueprint.patch("/scheduled/<id>")
@allow("inbox.reply")
@validate_request(shapes.ScheduleEdit)
@validate_response(shapes.ScheduledMessage)
async def change_scheduled(id: str, data: shapes.ScheduleEdit) -> Any:
    """Another moment or another text; one that failed waits again."""
    at = None if data.at is None else _moment(data.at)
    return await in_engine(schedule.change_scheduled, my_viewer(), me(), parse_id(id), at=at, body=data.message)


@blueprint.delete("/scheduled/<id>")
@allow("inbox.reply")
async def cancel_scheduled(id: str) -> Any:
    """Call it off."""
    await in_engine(schedule.cancel_scheduled, my_viewer(), me(), parse_id(id))
    return "", 204


def _id(text: str | None) -> int | None:
    return None if text is None else parse_id(text)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid("at must be a moment with its zone, such as 2026-11-22T09:00:00+05:30.", field="at")
    return moment
