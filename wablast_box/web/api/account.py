"""One's own account: name, second factors, recovery codes, Google."""

from __future__ import annotations

from typing import Any

from quart import Blueprint, after_this_request
from quart_schema import validate_request, validate_response

from wablast_box.engine.ops import addresses
from wablast_box.engine.team import users
from wablast_box.engine.team.arrival import second
from wablast_box.engine.team.google import sign_in as google
from wablast_box.engine.team.mfa import own, passkeys, totp
from wablast_box.lib.ids import parse_id
from wablast_box.web.api import access_models as shapes
from wablast_box.web.api.entering import at_the_door, visitor
from wablast_box.web.auth import allow, current_actor, current_visit, fresh
from wablast_box.web.bridge import in_engine
from wablast_box.web.sites import require_site, site_of
from wablast_box.web.step_cookie import set_step_cookie

blueprint = Blueprint("account", __name__)


@blueprint.patch("/me")
@allow("account.own")
@validate_request(shapes.OwnName)
async def rename(data: shapes.OwnName) -> Any:
    """Change the own name."""
    await in_engine(users.rename_self, current_actor(), data.name)
    return "", 204


@blueprint.get("/me/security")
@allow("account.own")
@validate_response(shapes.OwnSecurity)
async def security() -> Any:
    """How this person signs in, and whether that is enough."""
    found = await in_engine(own.security_of, current_actor())
    return shapes.own_security(found, has_site=site_of(current_visit()) is not None)


@blueprint.post("/me/totp")
@allow("account.own")
@fresh
@validate_response(shapes.NewTotp)
async def begin_totp() -> Any:
    """Begin with an authenticator app: the seed, shown once."""
    made = await in_engine(totp.begin_totp, current_actor())
    return {"secret": made.secret, "uri": made.uri, "squares": made.squares}


@blueprint.post("/me/totp/confirm")
@allow("account.own")
@validate_request(shapes.Code)
@validate_response(shapes.FactorAdded)
async def confirm_totp(data: shapes.Code) -> Any:
    """The app's first code; with the first factor come ten recovery codes, shown once."""
    return {"recovery_codes": await at_the_door(own.confirm_totp, current_actor(), data.code, address=visitor().address)}


@blueprint.delete("/me/totp")
@allow("account.own")
@fresh
async def remove_totp() -> Any:
    """Remove the authenticator app."""
    await in_engine(own.remove_totp, current_actor())
    return "", 204


@blueprint.post("/me/passkeys/options")
@allow("account.own")
@fresh
@validate_response(shapes.PasskeyOptions)
async def new_passkey_options() -> Any:
    """The challenge for a new passkey."""
    return {"options": await in_engine(own.begin_passkey, current_actor(), require_site(current_visit()))}


@blueprint.post("/me/passkeys")
@allow("account.own")
@fresh
@validate_request(shapes.NewPasskey)
@validate_response(shapes.PasskeyAdded, 201)
async def add_passkey(data: shapes.NewPasskey) -> Any:
    """Keep a new passkey; with the first factor come ten recovery codes, shown once."""
    site = require_site(current_visit())
    row, codes = await in_engine(own.add_passkey, current_actor(), data.name, data.credential, site=site)
    return {"passkey": shapes.passkey(row), "recovery_codes": codes}, 201


@blueprint.patch("/me/passkeys/<id>")
@allow("account.own")
@validate_request(shapes.OwnName)
async def rename_passkey(id: str, data: shapes.OwnName) -> Any:
    """Call a passkey something else."""
    await in_engine(passkeys.rename_passkey, current_actor(), parse_id(id), data.name)
    return "", 204


@blueprint.delete("/me/passkeys/<id>")
@allow("account.own")
@fresh
async def remove_passkey(id: str) -> Any:
    """Remove a passkey."""
    await in_engine(own.remove_passkey, current_actor(), parse_id(id))
    return "", 204


@blueprint.post("/me/recovery-codes")
@allow("account.own")
@fresh
@validate_response(shapes.RecoveryCodes)
async def recovery_codes() -> Any:
    """Ten new recovery codes, shown once; the ones before stop working."""
    return {"codes": await in_engine(own.new_codes, current_actor())}


@blueprint.post("/me/confirm/passkey-options")
@allow("account.own")
@validate_response(shapes.PasskeyOptions)
async def confirmation_options() -> Any:
    """The challenge to confirm with a passkey who sits here."""
    return {"options": await in_engine(second.begin_confirmation, current_actor(), require_site(current_visit()))}


@blueprint.post("/me/confirm/passkey")
@allow("account.own")
@validate_request(shapes.PasskeyAnswer)
async def confirm_by_passkey(data: shapes.PasskeyAnswer) -> Any:
    """As good as typing the password again: what is dangerous is open for ten minutes."""
    site = require_site(current_visit())
    await at_the_door(second.confirm_by_passkey, current_actor(), data.credential, visitor=visitor(), site=site)
    return "", 204


@blueprint.post("/me/google")
@allow("account.own")
@fresh
@validate_response(shapes.GoogleAddress)
async def link_google() -> Any:
    """Where to send the browser to link a Google account."""
    base = await in_engine(addresses.base_url)
    begun = await in_engine(google.begin, base_url=base, next="/settings/account", actor=current_actor())

    def remember(response: Any) -> Any:
        set_step_cookie(response, begun.token)
        return response

    after_this_request(remember)
    return {"url": begun.url}


@blueprint.delete("/me/google")
@allow("account.own")
@fresh
async def unlink_google() -> Any:
    """The Google account opens this one no more."""
    await in_engine(google.unlink, current_actor())
    return "", 204
