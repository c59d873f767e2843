"""`/healthz`: the process answers. `/readyz`: it can do its work; otherwise 503 with the reasons. Both answer at once."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from wablast_box.engine.ops.watch import reasons
from wablast_box.web.auth import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
async def healthz() -> Response:
    """Alive."""
    response: Response = jsonify(ok=True)
    return response


@blueprint.get("/readyz")
@public
async def readyz() -> Response:
    """Ready, or why not."""
    found = reasons()
    response: Response = jsonify(ready=not found, reasons=found)
    response.status_code = 503 if found else 200
    return response
