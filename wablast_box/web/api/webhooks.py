"""The raw log of webhooks: what Meta told us, what became of it, and once more."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field
from quart import Blueprint
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.webhooks import read
from wablast_box.engine.webhooks import replay as replays
from wablast_box.engine.webhooks.log import Asked
from wablast_box.lib.errors import Invalid
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import page_request
from wablast_box.web.auth import allow, current_actor
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, PageQuery

blueprint = Blueprint("webhooks", __name__)


class WebhookEventsQuery(PageQuery):
    """`kind`: messages, statuses or a field's name. `contains`: a message id or words, as they stand in the body."""

    state: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    contains: Annotated[str | None, Field(max_length=2000)] = None


class WebhookEvent(ApiModel):
    id: str
    source: str
    state: Literal["pending", "processed", "ignored", "failed"]
    summary: str | None
    attempts: int
    error: str | None
    size: int
    received_at: str
    processed_at: str | None


class WebhookEventWithBody(WebhookEvent):
    """`body` is as Meta sent it for those who see every conversation and every number; else names, numbers and texts are masked."""

    body: str
    is_masked: bool
    is_cut: bool


class WebhookEventList(ApiModel):
    """`looked_back_to`: a search in bodies stopped here for now; the cursor goes on."""

    items: list[WebhookEvent]
    next_cursor: str | None
    looked_back_to: str | None


class ReplayRequest(ApiModel):
    """Which ones: those that were kept aside."""

    state: Literal["failed"]


class Replayed(ApiModel):
    count: int


@blueprint.get("/webhook-events")
@allow("webhooks.read")
@validate_querystring(WebhookEventsQuery)
@validate_response(WebhookEventList)
async def webhook_events(query_args: WebhookEventsQuery) -> Any:
    """Raw webhooks, newest first."""
    given = query_args
    asked = Asked(
        state=given.state or None,
        kind=given.kind or None,
        since=_moment("since", given.since),
        until=_moment("until", given.until),
        contains=given.contains or None,
    )
    return await in_engine(read.events_page, asked, page_request(given.limit, given.cursor), by=current_actor())


@blueprint.get("/webhook-events/<id>")
@allow("webhooks.read")
@validate_response(WebhookEventWithBody)
async def webhook_event(id: str) -> Any:
    """One raw webhook."""
    return await in_engine(read.event, parse_id(id), by=current_actor())


@blueprint.post("/webhook-events/<id>/replay")
@allow("webhooks.replay")
@validate_response(WebhookEvent)
async def replay(id: str) -> Any:
    """Process it once more; nothing is stored twice."""
    return await in_engine(replays.replay, parse_id(id), by=current_actor())


@blueprint.post("/webhook-events/<id>/dismiss")
@allow("webhooks.replay")
@validate_response(WebhookEvent)
async def dismiss_webhook_event(id: str) -> Any:
    """Settle one that was kept aside without processing it."""
    return await in_engine(replays.dismiss, parse_id(id), by=current_actor())


@blueprint.post("/webhook-events/replay")
@allow("webhooks.replay")
@validate_request(ReplayRequest)
@validate_response(Replayed)
async def replay_webhook_events(data: ReplayRequest) -> Replayed:
    """Process everything that was kept aside once more."""
    return Replayed(count=await in_engine(replays.replay_failed, by=current_actor()))


def _moment(name: str, text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise Invalid(f"{name} is not a moment.", help="For example 2026-11-22T14:00:00Z.", field=name) from wrong
    if found.tzinfo is None:
        raise Invalid(f"{name} needs a time zone.", help="For example 2026-11-22T14:00:00Z.", field=name)
    return found
