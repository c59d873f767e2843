"""The number, alarms, settings and figures of the box."""

from __future__ import annotations

from typing import Any

from quart import Blueprint, request
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.meta.models import Number as NumberRow
from wablast_box.engine.notifications import alarms as open_alarms
from wablast_box.engine.notifications.models import Alarm as AlarmRow
from wablast_box.engine.notifications.models import Severity
from wablast_box.engine.ops import business_settings, number
from wablast_box.engine.ops.diagnostics import diagnostics as all_diagnostics
from wablast_box.lib.errors import Invalid
from wablast_box.lib.paging import cut, page_request
from wablast_box.web.auth import allow, current_actor
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, JsonObject, Moment, PageQuery

blueprint = Blueprint("ops", __name__)


class Number(ApiModel):
    phone_number_id: str | None
    waba_id: str | None
    display_phone_number: str | None
    verified_name: str | None
    quality_rating: str | None
    messaging_limit: str | None
    name_status: str | None
    status: str | None
    throughput: str | None
    subscribed: bool | None
    checked_at: Moment | None


class Alarm(ApiModel):
    id: str
    key: str
    severity: Severity
    title: str
    advice: str
    action_url: str | None
    raised_at: Moment


class AlarmPage(ApiModel):
    items: list[Alarm]
    next_cursor: str | None


class Setting(ApiModel):
    name: str
    label: str
    help: str
    type: str
    value: str | int | bool
    choices: list[str] | None


class SettingPage(ApiModel):
    items: list[Setting]
    next_cursor: str | None


class SettingChanges(ApiModel):
    """Values by the setting's name; what is left out stays."""

    model_config = {"extra": "allow"}


class WebhookFigures(ApiModel):
    pending: int
    failed: int
    oldest_pending_age_s: int | None


class OutboxFigures(ApiModel):
    queued: int
    sending: int
    unconfirmed: int
    oldest_queued_age_s: int | None


class AttachmentFigures(ApiModel):
    pending: int
    failed: int


class TaskFigures(ApiModel):
    queued: int


class EventFigures(ApiModel):
    last_id: str


class DatabaseFigures(ApiModel):
    kind: str
    library: str
    size_mb: float


class Diagnostics(ApiModel):
    webhook_events: WebhookFigures
    outbox: OutboxFigures
    attachments: AttachmentFigures
    tasks: TaskFigures
    events: EventFigures
    memory_mb: float
    open_sockets: int
    threads: int
    uptime_s: int
    database: DatabaseFigures
    disk_free_mb: int | None
    version: str


@blueprint.get("/number")
@allow("number.read")
@validate_response(Number)
async def show_number() -> Number:
    """What Meta says about the number: kept from the last time it was asked."""
    return _number(await in_engine(number.number))


@blueprint.post("/number/refresh")
@allow("integrations.test")
@validate_response(Number)
async def refresh_number() -> Number:
    """Ask Meta now."""
    return _number(await in_engine(number.refresh_number))


@blueprint.get("/alarms")
@allow("number.read")
@validate_querystring(PageQuery)
@validate_response(AlarmPage)
async def alarms(query_args: PageQuery) -> AlarmPage:
    """What needs a person, newest first."""
    asked = page_request(query_args.limit, query_args.cursor)
    rows = await in_engine(open_alarms.open_alarms, limit=asked.limit, after=asked.after)
    page = cut(rows, asked, lambda row: row.id)
    return AlarmPage(items=[_alarm(row) for row in page.items], next_cursor=page.next_cursor)


@blueprint.get("/settings")
@allow("settings.read")
@validate_response(SettingPage)
async def settings() -> SettingPage:
    """The settings of the business."""
    return await _settings()


@blueprint.patch("/settings")
@allow("settings.write")
@validate_request(SettingChanges)
@validate_response(SettingPage)
async def change_settings(data: SettingChanges) -> SettingPage:
    """Change some of them: all or nothing."""
    given: JsonObject = await request.get_json()
    if not isinstance(given, dict):
        raise Invalid("Send an object of settings and their values.")
    await in_engine(business_settings.change_settings, given, by=current_actor())
    return await _settings()


@blueprint.get("/diagnostics")
@allow("status.read")
@validate_response(Diagnostics)
async def diagnostics() -> Any:
    """How the box is doing, in numbers."""
    return await in_engine(all_diagnostics)


async def _settings() -> SettingPage:
    shown = await in_engine(business_settings.settings_shown)
    return SettingPage(items=[Setting(**one) for one in shown], next_cursor=None)


def _number(row: NumberRow) -> Number:
    kept = {name: getattr(row, name) for name in Number.model_fields if name != "subscribed"}
    return Number(subscribed=row.is_subscribed, **kept)


def _alarm(row: AlarmRow) -> Alarm:
    return Alarm(
        id=str(row.id),
        key=row.key,
        severity=Severity(row.severity),
        title=row.title,
        advice=row.advice,
        action_url=row.action_url,
        raised_at=row.raised_at,
    )
