"""Conversations, messages and the people who write in."""

from __future__ import annotations

from typing import Any

from quart import Blueprint, request
from quart_schema import document_headers, validate_querystring, validate_request, validate_response

from wablast_box.engine.events import read as event_log
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.lists import page as lists
from wablast_box.engine.inbox.lists.query import FILTER_WORDS
from wablast_box.engine.outbox.answer import answer, answer_to, assign_as, fetch_file_as, mark_read_as, retry_as, typing_as
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import page_request
from wablast_box.web.api import inbox_models as shapes
from wablast_box.web.api.inbox_actor import me, my_user_id, my_viewer
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.reads import count_reads
from wablast_box.web.schemas import PageQuery, listing

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/conversations")
@allow("inbox.read")
@validate_querystring(shapes.ConversationsQuery)
@validate_response(shapes.ConversationList)
async def conversations(query_args: shapes.ConversationsQuery) -> Any:
    """Conversations, the one with the newest message first. `q`: words of a name or number, and filters like `is:unread tag:vip`."""
    asked = page_request(query_args.limit, query_args.cursor)
    words = f"{FILTER_WORDS[query_args.filter]} {query_args.q}"
    found = await in_engine(lists.conversations, my_viewer(), my_user_id(), words, asked)
    if asked.after is not None:
        # The first page is what every window opens with; whoever goes on reads through the customers.
        await count_reads(one["contact"]["id"] for one in found["items"])
    return found


@blueprint.get("/conversations/<id>")
@allow("inbox.read")
@validate_response(shapes.Conversation)
async def conversation(id: str) -> Any:
    """One conversation."""
    found = await in_engine(read.conversation, my_viewer(), parse_id(id))
    await count_reads([found["contact"]["id"]])
    return found


@blueprint.get("/conversations/<id>/messages")
@allow("inbox.read")
@validate_querystring(PageQuery)
@validate_response(shapes.MessageList)
async def thread(id: str, query_args: PageQuery) -> Any:
    """The messages of a conversation, newest first."""
    return listing(await in_engine(read.thread_page, my_viewer(), parse_id(id), page_request(query_args.limit, query_args.cursor)))


@blueprint.post("/conversations/<id>/messages")
@allow("inbox.reply")
@document_headers(shapes.SendHeaders)
@validate_request(shapes.SendMessage)
@validate_response(shapes.Message, 201)
async def send(id: str, data: shapes.SendMessage) -> Any:
    """Answer in a conversation. The same Idempotency-Key gives the same message."""
    sent = await in_engine(answer, my_viewer(), me(), parse_id(id), data.model_dump(exclude_unset=True), key=_key())
    return sent, 201


@blueprint.post("/messages")
@allow("inbox.reply")
@document_headers(shapes.SendHeaders)
@validate_request(shapes.SendMessageTo)
@validate_response(shapes.Message, 201)
async def send_to(data: shapes.SendMessageTo) -> Any:
    """Write to a phone number or user id. The same Idempotency-Key gives the same message."""
    sent = await in_engine(answer_to, my_viewer(), me(), data.model_dump(exclude_unset=True), key=_key())
    return sent, 201


@blueprint.get("/messages")
@allow("inbox.read")
@validate_querystring(shapes.MessagesQuery)
@validate_response(shapes.MessageList)
async def messages(query_args: shapes.MessagesQuery) -> Any:
    """All messages, newest first."""
    return listing(
        await in_engine(read.messages_page, my_viewer(), query_args.direction, page_request(query_args.limit, query_args.cursor))
    )


@blueprint.get("/messages/<id>")
@allow("inbox.read")
@validate_response(shapes.Message)
async def message(id: str) -> Any:
    """One message."""
    return await in_engine(read.message, my_viewer(), parse_id(id))


@blueprint.post("/messages/<id>/retry")
@allow("inbox.reply")
@validate_response(shapes.Message)
async def retry(id: str) -> Any:
    """Send a failed or unconfirmed message again: a person decided to."""
    return await in_engine(retry_as, my_viewer(), me(), parse_id(id))


@blueprint.post("/messages/<id>/attachment/fetch")
@allow("inbox.reply")
@validate_response(shapes.Message)
async def fetch_attachment(id: str) -> Any:
    """Try once more to fetch a file that failed. Meta keeps what customers send for seven days."""
    return await in_engine(fetch_file_as, my_viewer(), parse_id(id))


@blueprint.post("/conversations/<id>/read")
@allow("inbox.reply")
@validate_response(shapes.Conversation)
async def mark_read(id: str) -> Any:
    """Staff have seen everything up to now."""
    return await in_engine(mark_read_as, my_viewer(), me(), parse_id(id))


@blueprint.post("/conversations/<id>/typing")
@allow("inbox.reply")
async def typing(id: str) -> Any:
    """Show the customer that an answer is being written."""
    await in_engine(typing_as, my_viewer(), parse_id(id))
    return {}, 202


@blueprint.post("/conversations/<id>/assign")
@allow("inbox.assign_self")
@validate_request(shapes.Assign)
@validate_response(shapes.Conversation)
async def assign(id: str, data: shapes.Assign) -> Any:
    """Say who answers. Taking it yourself needs less than giving it to somebody else."""
    user_id = None if data.user_id is None else parse_id(data.user_id)
    return await in_engine(assign_as, my_viewer(), me(), parse_id(id), user_id)


@blueprint.get("/events")
@allow("inbox.read")
@validate_querystring(shapes.EventsQuery)
@validate_response(shapes.MissedEvents)
async def events(query_args: shapes.EventsQuery) -> Any:
    """What a window missed while it was away, oldest first."""
    asked = page_request(query_args.limit, query_args.cursor)
    after = asked.after if asked.after is not None else parse_id(query_args.after)
    viewer = my_viewer()
    found = await in_engine(event_log.missed, after, asked.limit, viewer.only_user_id, sees_free=viewer.sees_free)
    return {"items": found.items, "next_cursor": found.next_cursor, "reload": found.reload}


def _key() -> str | None:
    return request.headers.get("Idempotency-Key")
