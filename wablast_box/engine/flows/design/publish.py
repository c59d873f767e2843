"""Publish: what was drawn becomes a numbered version that never changes, and its triggers answer from now on."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.flows.design import clashes, places, views
from wablast_box.engine.flows.design.flows import announce, flow_of, flow_to_change, require_unchanged, save_draft
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.keeping import triggers
from wablast_box.engine.flows.models import Flow, FlowTrigger, FlowVersion
from wablast_box.engine.flows.starting import plans
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid, NotFound, WrongField

LONGEST_NOTE = 500


def publish(flow_id: int, by: Actor, note: str | None = None, *, revision: int | None = None) -> dict[str, Any]:
    """Raises Invalid (flow_has_problems) with every error, Conflict (draft_changed) when `revision` is not what the draft is at now.

    The flow is on afterwards; sessions finish what they began with.
    """
    # Code is read over in a process of its own: before anything is locked, and then remembered.
    problems_of(flow_of(flow_id).draft_json)
    with transaction():
        flow = flow_to_change(flow_id)
        require_unchanged(flow, revision)
        _require_sound(flow)
        number = 1 + FlowVersion.select().where(FlowVersion.flow == flow.id, FlowVersion.number > 0).count()
        FlowVersion.create(
            id=ids.new_id(), flow=flow.id, number=number, graph_json=flow.draft_json, note=(note or "").strip()[:LONGEST_NOTE] or None,
            published_by=by.ref, published_at=now(),
        )  # fmt: skip
        _keep_triggers(flow)
        plans.draw_up(flow.id, is_on=True)
        flow.published_number, flow.has_changes, flow.is_on = number, False, True
        flow.save()
        audit("flow.published", by=by, subject=f"flow:{flow.id}", subject_name=flow.name, detail={"version": number})
        announce(flow.id, "published", by)
    triggers.forget()
    return views.flow_view(flow)


def versions(flow_id: int) -> list[dict[str, Any]]:
    """Every published version, the newest first."""
    flow_of(flow_id)
    rows = FlowVersion.select().where(FlowVersion.flow == flow_id, FlowVersion.number > 0).order_by(FlowVersion.number.desc())
    return [views.version_view(row) for row in rows]


def version(flow_id: int, number: int) -> dict[str, Any]:
    """One version with its graph."""
    flow = flow_of(flow_id)
    # An address may hold any number, also one that no column holds.
    known = 0 < number <= (flow.published_number or 0)
    row = FlowVersion.get_or_none((FlowVersion.flow == flow_id) & (FlowVersion.number == number)) if known else None
    if row is None:
        raise NotFound("There is no such version.")
    return views.version_view(row) | {"graph": row.graph_json}


def restore(flow_id: int, number: int, by: Actor) -> dict[str, Any]:
    """The draft becomes what was published then; publish it to go back."""
    save_draft(flow_id, version(flow_id, number)["graph"], by)
    return views.flow_view(flow_of(flow_id))


def _require_sound(flow: Flow) -> None:
    found = [*problems_of(flow.draft_json), *clashes.clashes_of(flow), *places.missing_of(flow)]
    errors = [
        WrongField(f"{one.node_id or 'graph'}.{one.field or ''}".rstrip("."), one.message) for one in found if one.severity == "error"
    ]
    if errors:
        count = "one thing" if len(errors) == 1 else f"{len(errors)} things"
        words = f"This flow cannot be published yet, {count} must be mended: {errors[0].message}"
        raise Invalid(words, code="flow_has_problems", field=errors[0].field, fields=errors[:50])


def _keep_triggers(flow: Flow) -> None:
    FlowTrigger.delete().where(FlowTrigger.flow == flow.id).execute()
    start = parse_graph(flow.draft_json).start
    for given in (start.data.get("triggers") or []) if start else []:
        parsed = triggers.parse(given)
        FlowTrigger.create(id=ids.new_id(), flow=flow.id, kind=parsed["kind"], priority=parsed["priority"], trigger_json=parsed)
