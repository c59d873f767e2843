"""Flows as files: out of this box, and into it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.flows.moving import out, taking
from wablast_box.lib.ids import parse_id
from wablast_box.web.api.flows_models import FlowProblem
from wablast_box.web.api.inbox_actor import me
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, IdStr, JsonObject

blueprint = Blueprint("flow_files", __name__)


class FlowFile(ApiModel):
    """A flow for another box. `file` is what is saved; people, teams, flows and files stand in it by name, credentials not at all."""

    file: JsonObject


class FlowToTake(ApiModel):
    """What GET /flows/{id}/export gave as `file`, or a graph. `name`: how it is called here."""

    file: JsonObject
    name: Annotated[str, Field(max_length=200)] | None = None


class FlowReference(ApiModel):
    """A field that names something of a box. `name` null: it had only an id, which means nothing elsewhere."""

    node_id: str
    field: str
    kind: str
    name: str | None


class FlowTaken(ApiModel):
    """A draft, off. `mapped` was found here by its name, `stripped` was taken out."""

    id: IdStr
    name: str
    problems: list[FlowProblem]
    mapped: list[FlowReference]
    stripped: list[FlowReference]


@blueprint.get("/flows/<id>/export")
@allow("flows.read")
@validate_response(FlowFile)
async def export_flow(id: str) -> Any:
    """The draft as a file for another box."""
    return {"file": await in_engine(out.export_flow, parse_id(id))}


@blueprint.post("/flows/import")
@allow("flows.write")
@validate_request(FlowToTake)
@validate_response(FlowTaken, 201)
async def import_flow(data: FlowToTake) -> Any:
    """A new flow from a file: a draft that is off, and what is left to do. Steps that run code come switched off."""
    return await in_engine(taking.import_flow, data.file, me(), name=data.name), 201
