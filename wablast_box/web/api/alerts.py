"""What I hear of, and on which of my devices."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.notifications.email import account as mail
from wablast_box.engine.notifications.push import devices, keys, preferences
from wablast_box.engine.notifications.push.models import AlertPreference, PushDevice
from wablast_box.engine.notifications.push.queue import queue_for
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.ids import parse_id
from wablast_box.web.auth import allow, current_actor
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, Moment

blueprint = Blueprint("alerts", __name__)


class Alerts(ApiModel):
    """What I hear of. Quiet hours are minutes of the day, by the clock of the business."""

    hears_mine: bool
    hears_mentions: bool
    hears_unassigned: bool
    shows_text: bool
    quiet_from_min: int | None
    quiet_until_min: int | None
    digest_after_min: int | None
    # Without it nobody gets a digest.
    is_mail_set_up: bool


class AlertsChange(ApiModel):
    """What is left out stays; null turns quiet hours or the digest off."""

    hears_mine: bool | None = None
    hears_mentions: bool | None = None
    hears_unassigned: bool | None = None
    shows_text: bool | None = None
    quiet_from_min: int | None = None
    quiet_until_min: int | None = None
    digest_after_min: int | None = None


class PushKey(ApiModel):
    public_key: str


class DeviceKeys(ApiModel):
    p256dh: Annotated[str, Field(max_length=200)]
    auth: Annotated[str, Field(max_length=100)]


class NewDevice(ApiModel):
    """What the browser's push service gave it."""

    endpoint: Annotated[str, Field(max_length=2048)]
    keys: DeviceKeys


class Device(ApiModel):
    id: str
    user_agent: str | None
    current: bool
    created_at: Moment
    used_at: Moment | None


class DevicePage(ApiModel):
    items: list[Device]
    next_cursor: str | None


class Told(ApiModel):
    queued: int


@blueprint.get("/me/alerts")
@allow("account.own")
@validate_response(Alerts)
async def show_alerts() -> Alerts:
    """What I hear of."""
    return await in_engine(_alerts, current_actor())


@blueprint.patch("/me/alerts")
@allow("account.own")
@validate_request(AlertsChange)
@validate_response(Alerts)
async def change_alerts(data: AlertsChange) -> Alerts:
    """Change what I hear of."""
    given = data.model_dump(exclude_unset=True)
    # Null means "off" where there is an off; a switch has none.
    changes = {name: value for name, value in given.items() if value is not None or name.endswith("_min")}
    await in_engine(preferences.change_preference, current_actor(), changes)
    return await in_engine(_alerts, current_actor())


@blueprint.get("/push-key")
@allow("account.own")
@validate_response(PushKey)
async def push_key() -> PushKey:
    """What a browser needs to be told something by this box, and by nobody else."""
    return PushKey(public_key=await in_engine(keys.public_key))


@blueprint.get("/me/devices")
@allow("account.own")
@validate_response(DevicePage)
async def list_devices() -> Any:
    """The browsers that are told something when no window is open."""
    actor = current_actor()
    return {"items": [_device(row, actor) for row in await in_engine(devices.list_devices, actor)], "next_cursor": None}


@blueprint.post("/me/devices")
@allow("account.own")
@validate_request(NewDevice)
@validate_response(Device, 201)
async def register_device(data: NewDevice) -> Any:
    """Have this browser told. It ends with the sign-in."""
    actor = current_actor()
    row = await in_engine(devices.register_device, actor, endpoint=data.endpoint, p256dh=data.keys.p256dh, auth=data.keys.auth)
    return _device(row, actor), 201


@blueprint.delete("/me/devices/<id>")
@allow("account.own")
async def revoke_device(id: str) -> Any:
    """Have a browser told nothing more."""
    await in_engine(devices.revoke_device, parse_id(id), by=current_actor())
    return "", 204


@blueprint.post("/me/devices/<id>/test")
@allow("account.own")
@validate_response(Told, 202)
async def test_device(id: str) -> Any:
    """Have a browser told something now."""
    row = await in_engine(devices.get_device, parse_id(id), by=current_actor())
    return Told(queued=await in_engine(queue_for, [row], "test", {"kind": "test"})), 202


def _alerts(actor: Actor) -> Alerts:
    assert actor.id is not None
    wanted: AlertPreference = preferences.preference_of(actor.id)
    return Alerts(is_mail_set_up=mail.is_set_up(), **{name: getattr(wanted, name) for name in preferences.FIELDS})


def _device(row: PushDevice, actor: Actor) -> Device:
    return Device(
        id=str(row.id), user_agent=row.agent, current=row.session_id == actor.session_id, created_at=row.created_at, used_at=row.used_at
    )
