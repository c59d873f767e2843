"""The plugins of the box: they are put there as files, and the next start finds them. Nothing here installs code."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from quart import Blueprint
from quart_schema import validate_response

from wablast_box.engine.flows.plugins import reports
from wablast_box.web.auth import allow
from wablast_box.web.schemas import ApiModel

blueprint = Blueprint("plugins", __name__)


class Plugin(ApiModel):
    """`state`: loaded, broken or off; `source`: bundled, installed or folder."""

    id: str
    name: str
    version: str
    description: str
    source: str
    state: str
    error: str | None
    nodes: list[str]
    events: list[str]
    digest: str | None


class PluginList(ApiModel):
    items: list[Plugin]
    next_cursor: str | None


@blueprint.get("/plugins")
@allow("settings.read")
@validate_response(PluginList)
async def all_plugins() -> Any:
    """Every plugin that the last start found, with what it adds, or why it was not loaded."""
    return {"items": [{**asdict(one), "nodes": list(one.nodes), "events": list(one.events)} for one in reports()], "next_cursor": None}
