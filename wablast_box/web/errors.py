"""BoxError to status and JSON, once. Nothing else in the box knows status codes."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pydantic import ValidationError
from quart import Quart, Response, jsonify
from quart_schema import RequestSchemaValidationError
from werkzeug.exceptions import HTTPException

from wablast_box.lib.errors import BoxError, WrongField

logger = logging.getLogger(__name__)

STATUS = {
    "invalid": 422,
    "conflict": 409,
    "not_found": 404,
    "denied": 403,
    "license_required": 402,
    "upstream": 502,
    "unavailable": 503,
}
# A few codes speak more exactly than their kind.
STATUS_OF_CODE = {
    "signed_out": 401,
    "wrong_sign_in": 401,
    "throttled": 429,
    "too_large": 413,
    "unreadable": 400,
    "wrong_host": 421,
    "unsupported_type": 415,
}
CODE_OF_STATUS = {400: "unreadable", 404: "not_found", 405: "wrong_method", 413: "too_large", 415: "unsupported_type", 408: "too_slow"}
WORDS = {
    400: "This request cannot be read.",
    404: "There is no such thing.",
    405: "This address does not take that method.",
    408: "The request took too long to arrive.",
    413: "This is too large.",
    415: "Send application/json.",
}


def error_body(
    code: str,
    message: str,
    *,
    help: str | None = None,
    field: str | None = None,
    fields: Sequence[WrongField] = (),
    reference: str | None = None,
) -> dict[str, Any]:
    """The one error shape. When several inputs were wrong, `fields` is added and names each; `field` is the first of them."""
    error: dict[str, Any] = {"code": code, "message": message, "help": help, "field": field, "reference": reference}
    return {"error": error | {"fields": [asdict(one) for one in fields]} if len(fields) > 1 else error}


def status_of(error: BoxError) -> int:
    """The HTTP status of a BoxError."""
    return STATUS_OF_CODE.get(error.code) or STATUS.get(error.kind, 500)


def register_errors(app: Quart) -> None:
    """Teach the app to answer every failure in the one shape."""
    app.register_error_handler(BoxError, _box_error)
    app.register_error_handler(RequestSchemaValidationError, _invalid_request)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _bug)


async def _box_error(error: BoxError) -> Response:
    response: Response = jsonify(
        error_body(error.code, error.message, help=error.help, field=error.field, fields=getattr(error, "fields", ()))
    )
    response.status_code = status_of(error)
    retry_after = getattr(error, "retry_after_s", None)
    if retry_after:
        response.headers["Retry-After"] = str(max(1, round(retry_after)))
    return response


async def _invalid_request(error: RequestSchemaValidationError) -> Response:
    field, message = _first_problem(error.validation_error)
    response: Response = jsonify(error_body("invalid", message, field=field))
    response.status_code = 422
    return response


def _first_problem(problem: Any) -> tuple[str | None, str]:
    if not isinstance(problem, ValidationError) or not problem.errors():
        return None, "This request does not have the expected shape."
    first = problem.errors(include_url=False, include_input=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or None
    return field, f"{field}: {first['msg']}" if field else str(first["msg"])


async def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    response: Response = jsonify(error_body(CODE_OF_STATUS.get(status, "refused"), WORDS.get(status, error.name)))
    response.status_code = status
    return response


async def _bug(error: Exception) -> Response:
    reference = secrets.token_hex(3).upper()
    logger.error("a bug answered a request", exc_info=error, extra={"reference": reference})
    response: Response = jsonify(
        error_body(
            "bug",
            f"Something went wrong, reference {reference}.",
            help="Try again; if it stays, send us the reference.",
            reference=reference,
        )
    )
    response.status_code = 500
    return response
