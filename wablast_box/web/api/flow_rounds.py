"""When a flow's plans were due, and what came of it."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_response

from wablast_box.engine.flows.starting import rounds
from wablast_box.lib.ids import parse_id
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, Moment

blueprint = Blueprint("flow_rounds", __name__)


class FlowRound(ApiModel):
    """`people`: how many customers it came to so far; `begun` with some of them, others were `left_out`. `note`: late, or why not."""

    due_at: Moment
    state: str
    people: int
    begun: int
    left_out: int
    note: str | None


class FlowRoundList(ApiModel):
    items: list[FlowRound]
    next_cursor: str | None


@blueprint.get("/flows/<id>/rounds")
@allow("flows.read")
@validate_response(FlowRoundList)
async def flow_rounds(id: str) -> Any:
    """The last 20 times that the clock began this flow, the newest first."""
    return {"items": await in_engine(rounds.rounds_of, parse_id(id)), "next_cursor": None}
