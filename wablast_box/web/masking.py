"""Staff from whom numbers are hidden: one place for every answer and every packet to an open window.

Message ids hold the customer's number, so these people get aliases: the ids sealed, always the same way, and opened again in
what they send.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any, TypeVar

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from quart import Quart, Response, current_app, g, request

from wablast_box.engine.meta.models import Number
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.cache import Remembered
from wablast_box.lib.masking import mask_text, mask_value
from wablast_box.web.bridge import in_engine
from wablast_box.web.errors import error_body

View = TypeVar("View", bound=Callable[..., Any])
_ALIAS = "wamid.~"
_FILE = "_box_file"
_own: Remembered[frozenset[str]] = Remembered(30)


def register_masking(app: Quart) -> None:
    """Look at every answer before it leaves."""
    app.after_request(_hide)


def gives_files(view: View) -> View:
    """The files of this view are shown as they came, also to those from whom numbers are hidden."""
    setattr(view, _FILE, True)
    return view


def hides_numbers(actor: Actor | None) -> bool:
    """Is this somebody who sees no numbers?"""
    return actor is not None and actor.hides_numbers


def masked(payload: Any) -> Any:
    """A copy of a payload as those people get it. Asks the engine: never call it on the loop."""
    return mask_value(payload, alias=_alias, keep=_own.get("", _own_digits))


def unaliased(value: Any) -> Any:
    """A body that they sent, with the message ids it means."""
    if isinstance(value, dict):
        return {name: unaliased(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [unaliased(inner) for inner in value]
    return _opened(value) if isinstance(value, str) and value.startswith(_ALIAS) else value


async def _hide(response: Response) -> Response:
    if not hides_numbers(g.get("actor")) or not request.path.startswith("/api/"):
        return response
    kind = response.mimetype or ""
    if kind == "application/json":
        value = orjson.loads(await response.get_data())
        response.set_data(orjson.dumps(await in_engine(masked, value)))
    elif kind.startswith("text/"):
        text = await response.get_data(as_text=True)
        response.set_data(mask_text(text, await in_engine(_own.get, "", _own_digits)))
    elif not _is_harmless(response):
        # A new kind of answer that nobody thought of: better nothing than somebody's number.
        refused = orjson.dumps(error_body("denied", "Your role hides customers' numbers; this file may hold them."))
        return Response(refused, status=403, content_type="application/json")
    return response


def _is_harmless(response: Response) -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return response.status_code in (204, 304) or 300 <= response.status_code < 400 or hasattr(view, _FILE)


def _alias(wamid: str) -> str:
    return _ALIAS + urlsafe_b64encode(_cipher().encrypt(wamid.encode(), None)).decode().rstrip("=")


def _opened(alias: str) -> str:
    sealed = alias.removeprefix(_ALIAS)
    try:
        return _cipher().decrypt(urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)), None).decode()
    except (InvalidTag, ValueError):
        return alias


def _cipher() -> AESSIV:
    return AESSIV(secrets.derived_key("aliases of message ids"))


def _own_digits() -> frozenset[str]:
    number = Number.get_or_none(Number.id == 1)
    shown = "".join(c for c in (number.display_phone_number or "") if c.isdigit()) if number else ""
    return frozenset({shown}) if shown else frozenset()
