"""A flow's other languages: a table for translators, and translations that a language model is asked for."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from quart import Blueprint, Response
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.flows.design import sheet
from wablast_box.engine.flows.translating import order as translations
from wablast_box.lib.ids import parse_id
from wablast_box.web.api.inbox_actor import me
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import ApiModel, IdStr, Moment

blueprint = Blueprint("flow_languages", __name__)


class FlowLanguageQuery(BaseModel):
    """`language`: one of the flow's others."""

    model_config = ConfigDict(extra="ignore")
    language: str


class FlowToTranslate(ApiModel):
    """`only`: what is missing, what has changed since it was translated, or all, also what a person wrote."""

    to: str
    only: Literal["missing", "stale", "all"] = "missing"


class FlowTranslationOrder(ApiModel):
    """`state`: waiting, working, done, failed. `refused`: what the model wrote could not be sent, and is still missing."""

    id: IdStr
    language: str
    state: str
    total: int
    done: int
    refused: int
    error: str | None
    created_at: Moment


class FlowTranslationList(ApiModel):
    items: list[FlowTranslationOrder]
    next_cursor: str | None


@blueprint.post("/flows/<id>/translate")
@allow("flows.write")
@validate_request(FlowToTranslate)
@validate_response(FlowTranslationOrder, 202)
async def translate_flow(id: str, data: FlowToTranslate) -> Any:
    """Have a language model translate texts of the draft; what it writes is marked until a person has looked at it."""
    return await in_engine(translations.order, parse_id(id), data.to, data.only, me()), 202


@blueprint.get("/flows/<id>/translations")
@allow("flows.read")
@validate_response(FlowTranslationList)
async def flow_translation_orders(id: str) -> Any:
    """What was ordered of a language model and how far it is, the newest first."""
    return {"items": await in_engine(translations.orders, parse_id(id)), "next_cursor": None}


@blueprint.get("/flows/<id>/translations.csv")
@allow("flows.read")
@validate_querystring(FlowLanguageQuery)
async def flow_translations(id: str, query_args: FlowLanguageQuery) -> Response:
    """The draft's texts and their translations as a table for a translator; the editor takes it back."""
    made = await in_engine(sheet.translations, parse_id(id), query_args.language)
    response = Response(made, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="flow-{parse_id(id)}-{query_args.language[:20]}.csv"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
