"""The log of who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from quart import Blueprint
from quart_schema import validate_querystring, validate_response

from wablast_box.engine.audit import chain, read
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import to_ms
from wablast_box.lib.errors import Invalid
from wablast_box.lib.paging import page_request
from wablast_box.web.api import audit_models as shapes
from wablast_box.web.auth import allow, current_actor
from wablast_box.web.bridge import in_engine
from wablast_box.web.schemas import listing

blueprint = Blueprint("audit", __name__)


@blueprint.get("/audit")
@allow("audit.read")
@validate_querystring(shapes.AuditFilter)
@validate_response(shapes.AuditPage)
async def audit(query_args: shapes.AuditFilter) -> Any:
    """Who did what, newest first. How owners come and go is theirs alone to read."""
    page = await in_engine(read.entries_page, _query(query_args), page_request(query_args.limit, query_args.cursor))
    return listing(page)


@blueprint.get("/audit/facets")
@allow("audit.read")
@validate_response(shapes.AuditFacets)
async def facets() -> Any:
    """What the log can be filtered by."""
    actors = await in_engine(read.actors_known, read.AuditQuery(hides_owners_sign_ins=_hides(current_actor())))
    return {"actors": actors, "kinds": list(read.kinds())}


@blueprint.get("/audit/check")
@allow("audit.read")
@validate_response(shapes.AuditCheck)
async def check() -> Any:
    """Walk the whole log and see whether every entry follows the one before it."""
    found = await in_engine(chain.verify)
    return {"entries": found.entries, "head": found.head, "broken_at": None if found.broken_at is None else str(found.broken_at)}


def _query(given: shapes.AuditFilter) -> read.AuditQuery:
    return read.AuditQuery(
        kind=given.kind,
        actor=given.actor,
        subject=given.subject,
        result=given.result,
        since_ms=_moment(given.since, "since"),
        until_ms=_moment(given.until, "until"),
        hides_owners_sign_ins=_hides(current_actor()),
    )


def _hides(actor: Actor) -> bool:
    return actor.role is not Role.OWNER


def _moment(text: str, field: str) -> int | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as broken:
        raise Invalid("This is not a moment.", help="For example 2026-11-22T09:30:00Z.", field=field) from broken
    if found.tzinfo is None:
        raise Invalid("A moment needs its time zone.", help="For example 2026-11-22T09:30:00Z.", field=field)
    return to_ms(found)
