"""Where other systems let a flow go on that waits for them: an address that is the key, and nothing to look at."""

from __future__ import annotations

import time
from typing import Any

from quart import Blueprint, Response, jsonify, request

from wablast_box.engine.flows.running.call_back import call_back
from wablast_box.lib.errors import Unavailable
from wablast_box.web.auth import current_visit, public
from wablast_box.web.bridge import in_engine

blueprint = Blueprint("flow_hooks", __name__)
MOST_A_MINUTE, MOST_CALLERS = 120, 10_000
_calls: dict[str, tuple[int, int]] = {}


@blueprint.post("/hooks/flows/<token>")
@public
async def call_flow_back(token: str) -> Response:
    """What the body holds goes to the flow that waits here: 202. Called again: 200, and nothing happens."""
    _count(current_visit().address or "")
    is_first = await in_engine(call_back, token, await _body())
    response: Response = jsonify(accepted=True, repeated=not is_first)
    response.status_code = 202 if is_first else 200
    return response


async def _body() -> Any:
    """JSON of at most 64 kB; the guard in front counts. Nothing at all is an empty object."""
    return await request.get_json() if await request.get_data() else {}


def _count(address: str) -> None:
    minute = int(time.monotonic() // 60)
    if len(_calls) > MOST_CALLERS:
        _calls.clear()
    began, count = _calls.get(address, (minute, 0))
    _calls[address] = (minute, count + 1 if began == minute else 1)
    if _calls[address][1] > MOST_A_MINUTE:
        raise Unavailable("Too many calls from this address.", code="throttled", help="Try again in a minute.", retry_after_s=60)
