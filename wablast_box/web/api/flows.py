"""Flows: what they are made of, drawing, publishing, trying them out."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_request, validate_response

from wablast_box.engine.flows import read, registry
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.rehearsal import talk
from wablast_box.engine.flows.running import start
from wablast_box.engine.flows.starters import gallery
from wablast_box.lib.ids import parse_id
from wablast_box.web.api import flows_models as shapes
from wablast_box.web.api.inbox_actor import me, my_viewer
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine, in_engine_aside

blueprint = Blueprint("flows", __name__)


@blueprint.get("/flow-nodes")
@allow("flows.read")
@validate_response(shapes.FlowNodeTypeList)
async def flow_nodes() -> Any:
    """Every node type that this box knows, those of plugins too."""
    return {"items": await in_engine(registry.describe_all), "next_cursor": None}


@blueprint.get("/flow-starters")
@allow("flows.read")
@validate_response(shapes.FlowStarterList)
async def flow_starters() -> Any:
    """The starter gallery: whole flows to begin with. POST one's graph to /flows to have it."""
    return {"items": await in_engine(gallery.starters), "next_cursor": None}


@blueprint.get("/flows")
@allow("flows.read")
@validate_response(shapes.FlowList)
async def all_flows() -> Any:
    """Every flow, the last changed first."""
    return {"items": await in_engine(read.flows), "next_cursor": None}


@blueprint.post("/flows")
@allow("flows.write")
@validate_request(shapes.NewFlow)
@validate_response(shapes.Flow, 201)
async def create_flow(data: shapes.NewFlow) -> Any:
    """A new flow, off, with a draft; without a graph it has a start node only."""
    return await in_engine(flows.create_flow, data.name, data.graph, me()), 201


@blueprint.get("/flows/<id>")
@allow("flows.read")
@validate_response(shapes.Flow)
async def one_flow(id: str) -> Any:
    """A flow with its draft."""
    return await in_engine(talk.flow, parse_id(id))


@blueprint.patch("/flows/<id>")
@allow("flows.write")
@validate_request(shapes.FlowEdit)
@validate_response(shapes.Flow)
async def change_flow(id: str, data: shapes.FlowEdit) -> Any:
    """Rename it, switch it on or off."""
    return await in_engine(flows.change_flow, parse_id(id), me(), name=data.name, is_on=data.is_on)


@blueprint.delete("/flows/<id>")
@allow("flows.write")
async def delete_flow(id: str) -> Any:
    """Put it away. Customers who are in it finish."""
    await in_engine(flows.delete_flow, parse_id(id), me())
    return "", 204


@blueprint.put("/flows/<id>/draft")
@allow("flows.write")
@validate_request(shapes.FlowDraft)
@validate_response(shapes.SavedDraft)
async def save_flow_draft(id: str, data: shapes.FlowDraft) -> Any:
    """Keep what was drawn, valid or not, and say what is wrong with it."""
    return await in_engine(flows.save_draft, parse_id(id), data.graph, me(), revision=data.revision)


@blueprint.post("/flows/<id>/validate")
@allow("flows.read")
@validate_request(shapes.FlowToCheck)
@validate_response(shapes.FlowProblems)
async def validate_flow(id: str, data: shapes.FlowToCheck) -> Any:
    """What is wrong with the draft, or with a graph that is given."""
    return {"problems": [one.as_json() for one in await in_engine(talk.problems, parse_id(id), data.graph)]}


@blueprint.post("/flows/<id>/publish")
@allow("flows.write")
@validate_request(shapes.FlowToPublish)
@validate_response(shapes.Flow)
async def publish_flow(id: str, data: shapes.FlowToPublish) -> Any:
    """The draft answers customers from now on."""
    return await in_engine(publish.publish, parse_id(id), me(), data.note, revision=data.revision)


@blueprint.get("/flows/<id>/versions")
@allow("flows.read")
@validate_response(shapes.FlowVersionList)
async def flow_versions(id: str) -> Any:
    """What was published, the newest first."""
    return {"items": await in_engine(publish.versions, parse_id(id)), "next_cursor": None}


@blueprint.get("/flows/<id>/versions/<int:number>")
@allow("flows.read")
@validate_response(shapes.FlowVersionFull)
async def flow_version(id: str, number: int) -> Any:
    """One version with its graph."""
    return await in_engine(publish.version, parse_id(id), number)


@blueprint.post("/flows/<id>/versions/<int:number>/restore")
@allow("flows.write")
@validate_response(shapes.Flow)
async def restore_flow(id: str, number: int) -> Any:
    """The draft becomes that version; publish it to go back."""
    return await in_engine(publish.restore, parse_id(id), number, me())


@blueprint.post("/flows/<id>/simulate")
@allow("flows.read")
@validate_request(shapes.FlowTalk)
@validate_response(shapes.FlowRehearsal)
async def simulate_flow(id: str, data: shapes.FlowTalk) -> Any:
    """Play a talk with the draft, or with a graph that is given. Nothing is sent and nobody is called.

    Who may not draw rehearses what is drawn: a graph may hold code.
    """
    return await in_engine_aside(
        talk.simulate,
        parse_id(id),
        data.messages,
        graph=data.graph if me().may("flows.write") else None,
        contact=data.contact,
        begin=data.now,
        pinned=data.pinned,
        pins=data.pins,
    )


@blueprint.get("/flows/<id>/stats")
@allow("flows.read")
@validate_response(shapes.FlowStats)
async def flow_stats(id: str) -> Any:
    """Of the last sessions of the published version, `most` at the most: how many came to each node and which way they left it."""
    return await in_engine(read.stats, parse_id(id))


@blueprint.post("/flows/<id>/start")
@allow("flows.write")
@validate_request(shapes.FlowStart)
async def start_flow(id: str, data: shapes.FlowStart) -> Any:
    """Begin the published version with a customer; what is being played with them ends."""
    given = data.variables or {}
    await in_engine(start.start_flow, parse_id(id), my_viewer(), me(), conversation_id=data.conversation_id, to=data.to, variables=given)
    return "", 202
