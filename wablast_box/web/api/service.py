"""Promises to customers, what customers say of them, and macros."""

from __future__ import annotations

from typing import Any

from quart import Blueprint, request
from quart_schema import document_headers, validate_querystring, validate_request, validate_response

from wablast_box.engine.desk.macros import macros
from wablast_box.engine.desk.service import targets
from wablast_box.engine.desk.survey import verdicts
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import page_request
from wablast_box.web.api import desk_models as shapes
from wablast_box.web.api.inbox_actor import me, my_viewer
from wablast_box.web.api.inbox_models import Conversation, SendHeaders
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import PageQuery, listing

blueprint = Blueprint("service", __name__)


@blueprint.get("/service-targets")
@allow("users.names")
@validate_response(shapes.ServiceTargetList)
async def all_targets() -> Any:
    """How soon customers are answered and their matters resolved."""
    return {"items": await in_engine(targets.targets), "next_cursor": None}


@blueprint.put("/service-targets")
@allow("desk.write")
@validate_request(shapes.ServiceTarget)
@validate_response(shapes.ServiceTargetList)
async def set_target(data: shapes.ServiceTarget) -> Any:
    """Promise something for one team or for all; without any seconds the promise is taken back."""
    team_id = None if data.team_id is None else parse_id(data.team_id)
    found = await in_engine(
        targets.set_target, team_id, answer_within_s=data.answer_within_s, resolve_within_s=data.resolve_within_s, by=me()
    )
    return {"items": found, "next_cursor": None}


@blueprint.get("/surveys/summary")
@allow("desk.write")
@validate_response(shapes.SurveySummary)
async def survey_summary() -> Any:
    """What customers said in the last 30 days."""
    return await in_engine(verdicts.summary)


@blueprint.get("/surveys")
@allow("desk.write")
@validate_querystring(PageQuery)
@validate_response(shapes.VerdictList)
async def surveys(query_args: PageQuery) -> Any:
    """Each answer, the newest first."""
    return listing(await in_engine(verdicts.verdicts_page, page_request(query_args.limit, query_args.cursor)))


@blueprint.get("/macros")
@allow("inbox.reply")
@validate_response(shapes.MacroList)
async def all_macros() -> Any:
    """Everybody's macros and your own, by name."""
    return {"items": await in_engine(macros.macros_of, me()), "next_cursor": None}


@blueprint.post("/macros")
@allow("replies.write_own")
@validate_request(shapes.NewMacro)
@validate_response(shapes.Macro, 201)
async def add_macro(data: shapes.NewMacro) -> Any:
    """Keep some steps under a name; a shared one needs desk.write."""
    return await in_engine(macros.add_macro, me(), name=data.name, given=data.steps, shared=data.shared), 201


@blueprint.patch("/macros/<id>")
@allow("replies.write_own")
@validate_request(shapes.MacroEdit)
@validate_response(shapes.Macro)
async def change_macro(id: str, data: shapes.MacroEdit) -> Any:
    """Rename it, give it other steps, share it."""
    changes = {name: value for name, value in data.model_dump(exclude_unset=True).items() if value is not None}
    return await in_engine(macros.change_macro, me(), parse_id(id), changes)


@blueprint.delete("/macros/<id>")
@allow("replies.write_own")
async def delete_macro(id: str) -> Any:
    """Gone; what it did stays done."""
    await in_engine(macros.delete_macro, me(), parse_id(id))
    return "", 204


@blueprint.post("/conversations/<id>/macros/<macro_id>/run")
@allow("inbox.reply")
@document_headers(SendHeaders)
@validate_response(Conversation)
async def run_macro(id: str, macro_id: str) -> Any:
    """Do every step of a macro, or none. The same Idempotency-Key sends nothing twice."""
    key = request.headers.get("Idempotency-Key")
    return await in_engine(macros.run_macro, my_viewer(), me(), parse_id(id), parse_id(macro_id), key=key)
