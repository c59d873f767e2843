"""Raw webhooks for another system: where they go, how far that is, and what was not taken."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from quart import Blueprint
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.webhooks.forward import deliveries, read, targets
from wablast_box.engine.webhooks.forward.models import DeliveryState, WebhookDelivery
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import cut, page_request
from wablast_box.web.auth import allow, current_actor, fresh
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, Moment, PageQuery

blueprint = Blueprint("forwards", __name__)
Line = Annotated[str, Field(max_length=2000)]
FieldNames = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=100)]


class Forward(ApiModel):
    """`fields` null: all. `behind`: webhooks that it has not been offered yet, counted up to 10,000."""

    id: str
    url: str
    state: Literal["on", "off", "paused"]
    fields: list[str] | None
    has_secret: bool
    behind: int
    oldest_waiting_at: Moment | None
    set_aside: int
    given_up: int
    error: str | None
    next_try_at: Moment | None
    delivered_at: Moment | None
    created_at: Moment


class ForwardList(ApiModel):
    items: list[Forward]
    next_cursor: str | None


class NewForward(ApiModel):
    """Only https. `secret`, 16 characters or more: a signature of your own beside Meta's."""

    url: Line
    fields: FieldNames | None = None
    secret: Line | None = None


class ForwardChange(ApiModel):
    """What is left out stays. `fields` null: all. An empty `secret` takes the signature away."""

    url: Line | None = None
    fields: FieldNames | None = None
    secret: Line | None = None
    is_on: bool | None = None


class Delivery(ApiModel):
    id: str
    webhook_event_id: str
    state: DeliveryState
    attempts: int
    error: str | None
    next_attempt_at: Moment | None
    created_at: Moment


class DeliveryList(ApiModel):
    items: list[Delivery]
    next_cursor: str | None


class Resent(ApiModel):
    count: int


@blueprint.get("/webhook-forwards")
@allow("settings.read")
@validate_response(ForwardList)
async def webhook_forwards() -> ForwardList:
    """Where raw webhooks are forwarded."""
    return ForwardList(items=[_forward(one) for one in await in_engine(read.targets)], next_cursor=None)


@blueprint.post("/webhook-forwards")
@allow("integrations.write")
@fresh
@validate_request(NewForward)
@validate_response(Forward, 201)
async def add_webhook_forward(data: NewForward) -> Any:
    """Forward what comes in from now on, byte for byte."""
    row = await in_engine(targets.add_target, data.url, fields=data.fields, secret=data.secret, by=current_actor())
    return await _shown(row.id), 201


@blueprint.patch("/webhook-forwards/<id>")
@allow("integrations.write")
@fresh
@validate_request(ForwardChange)
@validate_response(Forward)
async def change_webhook_forward(id: str, data: ForwardChange) -> Forward:
    """Change it, or switch it off or on."""
    changes = data.model_dump(exclude_unset=True)
    row = await in_engine(targets.change_target, parse_id(id), changes, by=current_actor())
    return await _shown(row.id)


@blueprint.delete("/webhook-forwards/<id>")
@allow("integrations.write")
@fresh
async def delete_webhook_forward(id: str) -> tuple[str, int]:
    """End it."""
    await in_engine(targets.delete_target, parse_id(id), by=current_actor())
    return "", 204


@blueprint.post("/webhook-forwards/<id>/resume")
@allow("integrations.write")
@validate_response(Forward)
async def resume_webhook_forward(id: str) -> Forward:
    """Try at once, whatever happened before."""
    row = await in_engine(targets.resume_target, parse_id(id), by=current_actor())
    return await _shown(row.id)


@blueprint.get("/webhook-forwards/<id>/deliveries")
@allow("webhooks.read")
@validate_querystring(PageQuery)
@validate_response(DeliveryList)
async def webhook_deliveries(id: str, query_args: PageQuery) -> DeliveryList:
    """What this target did not take at once and has not taken since, newest first."""
    asked = page_request(query_args.limit, query_args.cursor)
    rows = await in_engine(read.deliveries, parse_id(id), limit=asked.limit + 1, before=asked.after)
    page = cut(rows, asked, lambda row: row.id)
    return DeliveryList(items=[_delivery(row) for row in page.items], next_cursor=page.next_cursor)


@blueprint.post("/webhook-forwards/<id>/deliveries/send-again")
@allow("webhooks.replay")
@validate_response(Resent)
async def send_webhook_deliveries_again(id: str) -> Resent:
    """Send everything again that this target was given up for."""
    return Resent(count=await in_engine(deliveries.send_all_again, parse_id(id), by=current_actor()))


@blueprint.post("/webhook-deliveries/<id>/send-again")
@allow("webhooks.replay")
@validate_response(Delivery)
async def send_webhook_delivery_again(id: str) -> Delivery:
    """Send one again now."""
    return _delivery(await in_engine(deliveries.send_again, parse_id(id), by=current_actor()))


async def _shown(number: int) -> Forward:
    return _forward(await in_engine(read.view, number))


def _forward(view: read.TargetView) -> Forward:
    row = view.row
    return Forward(
        id=str(row.id), url=row.url, state=view.state, fields=row.fields_json, has_secret=row.sealed_secret is not None,
        behind=view.behind, oldest_waiting_at=view.oldest_waiting_at, set_aside=view.set_aside, given_up=view.given_up,
        error=row.error, next_try_at=row.next_try_at if row.failures else None, delivered_at=row.delivered_at, created_at=row.created_at,
    )  # fmt: skip


def _delivery(row: WebhookDelivery) -> Delivery:
    return Delivery(
        id=str(row.id), webhook_event_id=str(row.webhook_event_id), state=DeliveryState(row.state), attempts=row.attempts, error=row.error,
        next_attempt_at=row.next_attempt_at if row.state == DeliveryState.WAITING else None, created_at=row.created_at,
    )  # fmt: skip
