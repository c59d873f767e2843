"""The raw log of webhooks: what Meta told us, what became of it, and once more."""

from __future__ import annotations

from typing import Any, Literal

from quart import Blueprint
from quart_schema import validate_querystring, validate_response

from wablast_box.engine.webhooks import read
from wablast_box.engine.webhooks.replay import replay as replay_event
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import page_request
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, PageQuery, listing

blueprint = Blueprint("webhooks", __name__)


class WebhookEventsQuery(PageQuery):
    state: str | None = None


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
    """`body` has names, numbers and texts masked."""

    body: str


class WebhookEventList(ApiModel):
    items: list[WebhookEvent]
    next_cursor: str | None


@blueprint.get("/webhook-events")
@allow("webhooks.read")
@validate_querystring(WebhookEventsQuery)
@validate_response(WebhookEventList)
async def webhook_events(query_args: WebhookEventsQuery) -> Any:
    """Raw webhooks, newest first."""
    return listing(await in_engine(read.events_page, query_args.state, page_request(query_args.limit, query_args.cursor)))


@blueprint.get("/webhook-events/<id>")
@allow("webhooks.read")
@validate_response(WebhookEventWithBody)
async def webhook_event(id: str) -> Any:
    """One raw webhook."""
    return await in_engine(read.event, parse_id(id))


@blueprint.post("/webhook-events/<id>/replay")
@allow("webhooks.replay")
@validate_response(WebhookEvent)
async def replay(id: str) -> Any:
    """Process it once more; nothing is stored twice."""
    return await in_engine(replay_event, parse_id(id))
