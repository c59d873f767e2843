"""Invitations: who may join, by a link or a letter."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.notifications import invitations as invites
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.invites import invitations
from wablast_box.lib.ids import parse_id
from wablast_box.web.api import access_models as shapes
from wablast_box.web.auth import allow, current_actor, fresh
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import JsonObject

blueprint = Blueprint("invitations", __name__)


@blueprint.get("/invitations")
@allow("users.write")
@validate_response(shapes.InvitationList)
async def list_invitations() -> Any:
    """Invitations that nobody has accepted yet, newest first, and whether the box can send letters."""
    return await in_engine(_open, current_actor())


@blueprint.post("/invitations")
@allow("users.write")
@fresh
@validate_request(shapes.NewInvitation)
@validate_response(shapes.InvitationWithLink, 201)
async def invite(data: shapes.NewInvitation) -> Any:
    """Invite somebody: a link good once, for 72 hours; also by letter if asked."""
    return await in_engine(_invited, data, current_actor()), 201


@blueprint.post("/invitations/<id>/resend")
@allow("users.write")
@fresh
@validate_request(shapes.Resend)
@validate_response(shapes.InvitationWithLink)
async def resend(id: str, data: shapes.Resend) -> Any:
    """A new link for 72 hours more; the one before stops working."""
    made = await in_engine(invites.resend, parse_id(id), by_mail=data.by_mail, by=current_actor())
    return await in_engine(shapes.invitation_with_link, made)


@blueprint.delete("/invitations/<id>")
@allow("users.write")
@fresh
async def revoke(id: str) -> Any:
    """Take an invitation back: its link stops working now."""
    await in_engine(invitations.revoke, parse_id(id), by=current_actor())
    return "", 204


def _open(by: Actor) -> JsonObject:
    rows = invitations.list_open(by=by)
    return {"items": [shapes.invitation(row) for row in rows], "next_cursor": None, "can_mail": invites.can_mail()}


def _invited(data: shapes.NewInvitation, by: Actor) -> JsonObject:
    role_id = None if data.role_id is None else parse_id(data.role_id)
    made = invites.invite(name=data.name, email=data.email, role=data.role, role_id=role_id, by_mail=data.by_mail, by=by)
    return shapes.invitation_with_link(made)
