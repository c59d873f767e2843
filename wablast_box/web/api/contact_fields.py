"""Fields of the business's own making."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.contacts.fields import define, read
from wablast_box.lib.ids import parse_id
from wablast_box.web.api import contacts_models as shapes
from wablast_box.web.api.inbox_actor import me
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine

blueprint = Blueprint("contact_fields", __name__)


@blueprint.get("/contact-fields")
@allow("contacts.read")
@validate_response(shapes.ContactFieldList)
async def contact_fields() -> Any:
    """What this business wants to know of people, in its order."""
    return {"items": await in_engine(read.fields, counted=True)}


@blueprint.post("/contact-fields")
@allow("desk.write")
@validate_request(shapes.CreateContactField)
@validate_response(shapes.ContactField, 201)
async def create_contact_field(data: shapes.CreateContactField) -> Any:
    """Make a field."""
    return await in_engine(define.add_field, data.name, data.kind, data.choices, actor=me()), 201


@blueprint.patch("/contact-fields/<id>")
@allow("desk.write")
@validate_request(shapes.ChangeContactField)
@validate_response(shapes.ContactField)
async def change_contact_field(id: str, data: shapes.ChangeContactField) -> Any:
    """Rename a field, move it, or say what may be chosen."""
    return await in_engine(define.change_field, parse_id(id), name=data.name, choices=data.choices, place=data.place, actor=me())


@blueprint.delete("/contact-fields/<id>")
@allow("desk.write")
async def delete_contact_field(id: str) -> Any:
    """Delete a field and what stands in it, for good."""
    await in_engine(define.delete_field, parse_id(id), actor=me())
    return "", 204
