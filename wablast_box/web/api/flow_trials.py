"""A draft on one's own phone, and how a flow has fared."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict
from quart import Blueprint
from quart_schema import validate_querystring, validate_response

from wablast_box.engine.flows import figures
from wablast_box.engine.flows.running import trying
from wablast_box.engine.ops.chat_link import link, qr
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.errors import Unavailable
from wablast_box.lib.ids import parse_id
from wablast_box.web.api.inbox_actor import me
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, IdStr, JsonObject, Moment

blueprint = Blueprint("flow_trials", __name__)


class TriedSession(ApiModel):
    """The draft's last run on the phone."""

    id: IdStr
    state: str
    node_id: str | None
    reason: str | None
    variables: JsonObject


class FlowTrial(ApiModel):
    """Send `code` from your own phone, or open `url` there (`qr` is its code, row by row). `until_at`: when it ends by itself."""

    code: str
    url: str | None
    qr: list[str]
    phone: str | None
    until_at: Moment
    conversation_id: IdStr | None
    contact_name: str | None
    contact_phone: str | None
    is_held: bool
    session: TriedSession | None


class FlowFiguresQuery(BaseModel):
    model_config = ConfigDict(extra="ignore")
    days: int = 30
    version: int | None = None


class FlowSums(ApiModel):
    """Sessions that began, and what became of them. `left`: stopped, or said nothing more for a day."""

    started: int
    finished: int
    handed_over: int
    left: int
    failed: int
    active: int


class FlowDay(FlowSums):
    day: str


class FlowTriggerSums(FlowSums):
    kind: str


class FlowVersionSums(FlowSums):
    number: int


class FlowPlace(ApiModel):
    """A step, and how many went no further from there."""

    node_id: str
    name: str
    count: int


class FlowFigures(ApiModel):
    """`median_s`: half of those who finished took no longer."""

    days: list[FlowDay]
    total: FlowSums
    median_s: float | None
    triggers: list[FlowTriggerSums]
    versions: list[FlowVersionSums]
    places: list[FlowPlace]


@blueprint.get("/flows/<id>/figures")
@allow("flows.read")
@validate_querystring(FlowFiguresQuery)
@validate_response(FlowFigures)
async def flow_figures(id: str, query_args: FlowFiguresQuery) -> Any:
    """How the flow fared in the last `days` days: starts, endings, time to finish, by day, trigger and version, and where people leave."""
    return await in_engine(figures.figures, parse_id(id), query_args.days, query_args.version)


class FlowTrialNow(ApiModel):
    trial: FlowTrial | None


@blueprint.post("/flows/<id>/trial")
@allow("flows.write")
@validate_response(FlowTrial, 201)
async def begin_flow_trial(id: str) -> Any:
    """A code for your own phone: once it came by WhatsApp from there, the draft answers that phone for an hour."""
    return await in_engine(_begun, parse_id(id), me()), 201


@blueprint.get("/flows/<id>/trial")
@allow("flows.write")
@validate_response(FlowTrialNow)
async def flow_trial(id: str) -> Any:
    """How far your own trial is, if there is one that is not over."""
    return {"trial": await in_engine(_found, parse_id(id), me())}


@blueprint.post("/flows/<id>/trial/again")
@allow("flows.write")
async def begin_flow_trial_anew(id: str) -> Any:
    """Begin the draft anew on the phone, as it is drawn now."""
    await in_engine(trying.again, parse_id(id), me())
    return "", 202


@blueprint.delete("/flows/<id>/trial")
@allow("flows.write")
async def end_flow_trial(id: str) -> Any:
    """Stop trying: the draft says nothing more."""
    await in_engine(trying.end_trial, parse_id(id), me())
    return "", 204


def _begun(flow_id: int, by: Actor) -> dict[str, Any]:
    return _with_link(trying.begin_trial(flow_id, by))


def _found(flow_id: int, by: Actor) -> dict[str, Any] | None:
    found = trying.trial(flow_id, by)
    return None if found is None else _with_link(found)


def _with_link(shown: dict[str, Any]) -> dict[str, Any]:
    """The code as a link, as soon as the box knows its number."""
    try:
        found = link.chat_link(shown["code"])
    except Unavailable:
        return shown | {"url": None, "qr": [], "phone": None}
    return shown | {"url": found.url, "qr": qr.plan(found.url).rows, "phone": found.phone}
