"""Flows that are being played: sessions, their steps, and who answers in a conversation."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.running import history, start
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import page_request
from wablast_box.web.api import flows_models as shapes
from wablast_box.web.api.inbox_actor import me, my_viewer
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import listing

blueprint = Blueprint("flow_sessions", __name__)


@blueprint.get("/flow-sessions")
@allow("flows.read")
@validate_querystring(shapes.FlowSessionQuery)
@validate_response(shapes.FlowSessionList)
async def flow_sessions(query_args: shapes.FlowSessionQuery) -> Any:
    """In conversations that you may see, the newest first. A `state` is running, waiting, ended or failed."""
    conversation_id = parse_id(query_args.conversation_id) if query_args.conversation_id else None
    flow_id = parse_id(query_args.flow_id) if query_args.flow_id else None
    page = page_request(query_args.limit, query_args.cursor)
    return listing(
        await in_engine(
            history.sessions, my_viewer(), page, conversation_id=conversation_id, flow_id=flow_id, state=query_args.state or None
        )
    )


@blueprint.get("/flow-sessions/<id>")
@allow("flows.read")
@validate_response(shapes.FlowSession)
async def flow_session(id: str) -> Any:
    """One session: where it stands and what it keeps."""
    return await in_engine(history.session, my_viewer(), parse_id(id))


@blueprint.get("/flow-sessions/<id>/steps")
@allow("flows.read")
@validate_response(shapes.FlowStepList)
async def flow_session_steps(id: str) -> Any:
    """Every step, in order."""
    return {"items": await in_engine(history.steps, my_viewer(), parse_id(id)), "next_cursor": None}


@blueprint.post("/flow-sessions/<id>/resume")
@allow("flows.write")
@validate_request(shapes.FlowResume)
@validate_response(shapes.FlowSession)
async def resume_flow_session(id: str, data: shapes.FlowResume) -> Any:
    """Bring what a session waits for, as another system does; once for each wait."""
    return await in_engine(start.resume_session, my_viewer(), parse_id(id), data.payload)


@blueprint.post("/flow-sessions/<id>/stop")
@allow("inbox.reply")
@validate_response(shapes.FlowSession)
async def stop_flow_session(id: str) -> Any:
    """End it where it stands."""
    return await in_engine(start.stop_session, my_viewer(), parse_id(id), me().ref)


@blueprint.get("/conversations/<id>/bot")
@allow("inbox.read")
@validate_response(shapes.Bot)
async def conversation_bot(id: str) -> Any:
    """Who answers here: a person, or a flow."""
    return await in_engine(hold.bot_of, my_viewer(), parse_id(id))


@blueprint.post("/conversations/<id>/hold-bot")
@allow("inbox.reply")
async def hold_bot(id: str) -> Any:
    """A person takes over: from the moment this answers no flow sends anything here."""
    await in_engine(hold.hold_bot, my_viewer(), parse_id(id), me().ref)
    return "", 204


@blueprint.post("/conversations/<id>/resume-bot")
@allow("inbox.reply")
async def resume_bot(id: str) -> Any:
    """Flows may answer here again."""
    await in_engine(hold.resume_bot, my_viewer(), parse_id(id), me().ref)
    return "", 204
