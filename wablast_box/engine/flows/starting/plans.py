"""The plans of a flow that is on: one row for each trigger that the clock sets off. Drawn up anew with each publishing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from wablast_box.engine.flows.keeping.surroundings import zone
from wablast_box.engine.flows.models import FlowTrigger
from wablast_box.engine.flows.node.calendar import next_after
from wablast_box.engine.flows.node.occasions import PLANNED
from wablast_box.engine.flows.starting.models import FlowPlan
from wablast_box.lib import ids
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.errors import Invalid

# How long a plan that only looks at messages rests between two looks.
LOOK_AGAIN = timedelta(seconds=30)


def draw_up(flow_id: int, *, is_on: bool) -> None:
    """In the caller's transaction. What has not changed keeps its next moment; what passed while a flow was off is not made up for."""
    wanted = _wanted(flow_id) if is_on else {}
    known: dict[str, FlowPlan] = {row.trigger_key: row for row in FlowPlan.select().where(FlowPlan.flow == flow_id)}
    for key, row in known.items():
        if key not in wanted or wanted[key].trigger_json != row.trigger_json:
            row.delete_instance()
    for key, trigger in wanted.items():
        if key not in known or known[key].trigger_json != trigger.trigger_json:
            moment = now()
            FlowPlan.create(
                id=ids.new_id(), flow=flow_id, trigger_key=key, kind=trigger.kind, trigger_json=trigger.trigger_json,
                next_at=next_moment(trigger.kind, trigger.trigger_json, moment), cursor=ids.first_id_at(moment),
            )  # fmt: skip


def next_moment(kind: str, given: Mapping[str, Any], after: datetime) -> datetime | None:
    """When the plan is due next; None: never, or it cannot be read."""
    if kind == "not_read":
        return after + LOOK_AGAIN
    try:
        return next_after(given, after, zone())
    except Invalid:
        return None


def put_right() -> int:
    """After the clock or the zone of the business was changed: what would be due too late or at another hour; how many."""
    changed, moment = 0, now()
    for row in FlowPlan.select().where(FlowPlan.kind != "not_read", FlowPlan.next_at > moment):
        right = next_moment(row.kind, row.trigger_json, moment)
        if right is not None and to_ms(right) != to_ms(row.next_at):
            changed += FlowPlan.update(next_at=right).where(FlowPlan.id == row.id, FlowPlan.next_at == row.next_at).execute()
    return changed


def _wanted(flow_id: int) -> dict[str, FlowTrigger]:
    rows = FlowTrigger.select().where((FlowTrigger.flow == flow_id) & FlowTrigger.kind.in_(PLANNED))
    return {str(row.trigger_json.get("id")): row for row in rows}
