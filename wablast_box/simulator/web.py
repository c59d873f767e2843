"""What both JSON doors share: read a body, write an answer, keep strangers' pages out."""

from __future__ import annotations

import json
from typing import Any, cast
from urllib.parse import urlsplit

from quart import Response, request

from wablast_box.lib.errors import BoxError, Conflict, Denied, Invalid, NotFound
from wablast_box.simulator.wire import Json

STATUS: dict[type[BoxError], int] = {NotFound: 404, Invalid: 422, Conflict: 409, Denied: 403}


def told(payload: Any, status: int = 200) -> Response:
    """A JSON answer. The standard encoder, because customers may type what UTF-8 cannot hold."""
    return Response(json.dumps(payload), status, content_type="application/json")


def refused(error: BoxError) -> Response:
    """An error, in the one shape that the box uses too."""
    body = {"code": error.code, "message": error.message, "help": error.help, "field": error.field, "reference": None}
    return told({"error": body}, STATUS.get(type(error), 400))


async def asked() -> Json:
    """The JSON object of the request."""
    raw = await request.get_data()
    try:
        value = json.loads(raw or b"{}")
    except ValueError:
        raise Invalid("The body is not JSON.") from None
    if not isinstance(value, dict):
        raise Invalid("The body must be a JSON object.")
    return cast(Json, value)


def keep_strangers_out() -> None:
    """Refuse a page of another origin: a form on any website could otherwise type on this phone."""
    origin = request.headers.get("Origin")
    if request.method in ("GET", "HEAD") or origin is None:
        return
    if urlsplit(origin).netloc != request.host:
        raise Denied("This address answers only its own page.")
