"""Message templates: what Meta approved, and what it would look like."""

from __future__ import annotations

from typing import Any

from quart import Blueprint
from quart_schema import validate_querystring, validate_request, validate_response

from wablast_box.engine.message_templates import read
from wablast_box.engine.ops.refresh.templates import sync_templates
from wablast_box.lib.ids import parse_id
from wablast_box.lib.paging import page_request
from wablast_box.web.api import templates_models as shapes
from wablast_box.web.auth import allow
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import listing

blueprint = Blueprint("templates", __name__)


@blueprint.get("/templates")
@allow("templates.read")
@validate_querystring(shapes.TemplatesQuery)
@validate_response(shapes.TemplateList)
async def templates(query_args: shapes.TemplatesQuery) -> Any:
    """Message templates as Meta last described them, newest first, and how fresh that is."""
    query = read.TemplateQuery(query_args.status, query_args.language, query_args.category, query_args.q)
    page = await in_engine(read.templates_page, query, page_request(query_args.limit, query_args.cursor))
    return listing(page) | {"sync": await in_engine(read.sync_view)}


@blueprint.get("/templates/<id>")
@allow("templates.read")
@validate_response(shapes.Template)
async def template(id: str) -> Any:
    """One template, and the languages that it is there in."""
    return await in_engine(read.template, parse_id(id))


@blueprint.post("/templates/sync")
@allow("templates.write")
@validate_response(shapes.TemplateSync)
async def sync() -> Any:
    """Read Meta's whole list now."""
    return await in_engine(sync_templates)


@blueprint.post("/templates/<id>/preview")
@allow("templates.read")
@validate_request(shapes.Preview)
@validate_response(shapes.Previewed)
async def preview(id: str, data: shapes.Preview) -> Any:
    """What the customer would see with these values, and what is still missing."""
    return await in_engine(read.preview, parse_id(id), data.parameters)
