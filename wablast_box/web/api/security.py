"""How people come in: signing in with Google, and what else the owner decides about it."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.ops import addresses
from wablast_box.engine.ops.reach import inside
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team.google import config
from wablast_box.web.api import access_models as shapes
from wablast_box.web.auth import allow, current_actor, fresh
from wablast_box.web.bridge import in_engine

blueprint = Blueprint("security", __name__)


@blueprint.get("/security/google")
@allow("settings.read")
@validate_response(shapes.GoogleClient)
async def google_client() -> Any:
    """What Google's console must know, and what it gave."""
    return await in_engine(_shown)


@blueprint.put("/security/google")
@allow("security.write")
@fresh
@validate_request(shapes.GoogleClientChange)
@validate_response(shapes.GoogleClient)
async def put_google_client(data: shapes.GoogleClientChange) -> Any:
    """Keep the client id and secret; what is left out stays."""
    await in_engine(config.store_client, data.client_id, data.client_secret, by=current_actor())
    return await in_engine(_shown)


@blueprint.delete("/security/google")
@allow("security.write")
@fresh
async def forget_google_client() -> Any:
    """Nobody signs in with Google any more."""
    await in_engine(config.forget_client, by=current_actor())
    return "", 204


@blueprint.get("/security/inside-addresses")
@allow("settings.read")
@validate_response(shapes.InsideAddresses)
async def inside_addresses() -> Any:
    """Servers in your own network that flows may call."""
    return await in_engine(inside.inside)


@blueprint.put("/security/inside-addresses")
@allow("security.write")
@fresh
@validate_request(shapes.InsideAddressesChange)
@validate_response(shapes.InsideAddresses)
async def put_inside_addresses(data: shapes.InsideAddressesChange) -> Any:
    """Replace those that were added here. Each is one server, HOST:PORT; everything else within the network stays out of reach."""
    return await in_engine(inside.put_inside, data.added, by=current_actor())


def _shown() -> dict[str, Any]:
    known = secrets.secret_state(config.SECRET)
    return {
        "client_id": store.get("google_client_id") or None,
        "client_secret": {"set": known.is_set, "last4": known.last4, "updated_at": known.updated_at},
        "redirect_uri": addresses.base_url() + config.CALLBACK,
    }
