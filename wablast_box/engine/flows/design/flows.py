"""Make, draw, rename, switch and put away flows. The draft is whatever was drawn last, valid or not; customers never meet it."""

from __future__ import annotations

from typing import Any

import orjson

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish
from wablast_box.engine.flows.design import places, problems, views, wording
from wablast_box.engine.flows.events import FlowChanged
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.keeping import triggers
from wablast_box.engine.flows.models import Flow
from wablast_box.engine.flows.starting import plans
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now
from wablast_box.lib.db import is_postgres, transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound

LONGEST_NAME = 100
LARGEST_GRAPH = 2 * 1024 * 1024
EMPTY: dict[str, Any] = {
    "nodes": [{"id": "start", "type": "start", "version": 1, "data": {}}],
    "edges": [],
    "layout": {"start": {"x": 0, "y": 0}},
}


def create_flow(name: str, graph: Any, by: Actor) -> dict[str, Any]:
    """A new flow, off, with a draft."""
    drawn = EMPTY if graph is None else checked_graph(graph)
    moment = now()
    with transaction():
        flow = Flow.create(
            id=ids.new_id(), name=_name(name), draft_json=drawn, created_at=moment, updated_at=moment, updated_by=by.ref,
            is_on=False, revision=1, has_changes=True,
        )  # fmt: skip
        audit("flow.created", by=by, subject=f"flow:{flow.id}", subject_name=flow.name)
        announce(flow.id, "created", by)
    return views.flow_view(flow)


def save_draft(flow_id: int, graph: Any, by: Actor, *, revision: int | None = None) -> dict[str, Any]:
    """Keep what was drawn. Conflict (draft_changed) when somebody saved since `revision`: nothing of theirs is lost."""
    drawn = checked_graph(graph)
    with transaction():
        flow = flow_to_change(flow_id)
        require_unchanged(flow, revision)
        if drawn != flow.draft_json:
            flow.draft_json, flow.revision, flow.has_changes = drawn, flow.revision + 1, True
            flow.updated_at, flow.updated_by = now(), by.ref
            flow.save()
            announce(flow.id, "drawn", by)
    found = [one.as_json() for one in [*problems.problems_of(drawn), *places.missing_in(drawn)]]
    return {"revision": flow.revision, "updated_at": flow.updated_at, "has_changes": flow.has_changes, "problems": found}


def change_flow(flow_id: int, by: Actor, *, name: str | None = None, is_on: bool | None = None) -> dict[str, Any]:
    """Rename it, or switch it: off means that no customer begins it any more; who is in it finishes."""
    with transaction():
        flow = flow_to_change(flow_id)
        if name is not None:
            flow.name = _name(name)
        if is_on is not None and is_on != flow.is_on:
            if is_on and flow.published_number is None:
                raise Conflict("Publish the flow first: customers meet only what is published.", code="not_published")
            flow.is_on = is_on
            plans.draw_up(flow.id, is_on=is_on)
            audit("flow.switched", by=by, subject=f"flow:{flow.id}", subject_name=flow.name, detail={"is_on": is_on})
        flow.save()
        announce(flow.id, "changed", by)
    triggers.forget()
    return views.flow_view(flow)


def delete_flow(flow_id: int, by: Actor) -> None:
    """Put it away: off, out of the list; its history stays."""
    with transaction():
        flow = flow_to_change(flow_id)
        flow.is_on, flow.archived_at = False, now()
        plans.draw_up(flow.id, is_on=False)
        flow.save()
        audit("flow.deleted", by=by, subject=f"flow:{flow.id}", subject_name=flow.name)
        announce(flow.id, "deleted", by)
    triggers.forget()


def flow_of(flow_id: int) -> Flow:
    """Raises NotFound."""
    flow = Flow.get_or_none((Flow.id == flow_id) & Flow.archived_at.is_null())
    if flow is None:
        raise NotFound("There is no such flow.")
    return flow


def flow_to_change(flow_id: int) -> Flow:
    """The same, and nobody else writes it until the caller's transaction ends: each writes the whole row."""
    if is_postgres():
        sql.run("SELECT 1 FROM flow WHERE id = ? FOR NO KEY UPDATE", (flow_id,))
    return flow_of(flow_id)


def require_unchanged(flow: Flow, revision: int | None) -> None:
    """Conflict (draft_changed) when somebody saved since `revision`; None: whatever it is at."""
    if revision is not None and revision != flow.revision:
        raise Conflict("Somebody else changed this flow meanwhile.", code="draft_changed", help="Load it again, or save yours as a copy.")


def checked_graph(graph: Any) -> dict[str, Any]:
    """A graph of the right form; whether it makes sense is another question."""
    parsed = parse_graph(graph)
    if len(orjson.dumps(graph)) > LARGEST_GRAPH:
        raise Invalid(f"A flow has at most {LARGEST_GRAPH // 1024:,} kB.", field="graph")
    return wording.without_leftovers(graph, parsed)


def announce(flow_id: int, what: str, by: Actor) -> None:
    """Publish and tell open windows; in the caller's transaction."""
    event_id = publish(FlowChanged(flow_id, what), actor=by.ref)
    tell([News(("everyone",), "flow.changed", {"event_id": str(event_id), "id": str(flow_id), "what": what})])


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 0 < len(cleaned) <= LONGEST_NAME:
        raise Invalid(f"A flow's name has 1 to {LONGEST_NAME} characters.", field="name")
    return cleaned
