"""For screens: the list of flows, and how many customers went which way."""

from __future__ import annotations

from collections import Counter
from typing import Any

from wablast_box.engine.flows.design.flows import flow_of
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.models import Flow, FlowTrigger
from wablast_box.lib import sql
from wablast_box.lib.clock import iso


def flows() -> list[dict[str, Any]]:
    """Every flow, the last changed first."""
    rows = list(Flow.select().where(Flow.archived_at.is_null()).order_by(Flow.updated_at.desc(), Flow.id.desc()))
    running = dict(sql.run("SELECT flow_id, count(*) FROM flow_session WHERE state IN ('running', 'waiting') GROUP BY flow_id"))
    starts: dict[int, list[str]] = {}
    for one in FlowTrigger.select().order_by(FlowTrigger.id):
        starts.setdefault(one.flow_id, []).append(_start(one.trigger_json))
    return [
        {
            "id": str(row.id), "name": row.name, "is_on": row.is_on, "published_number": row.published_number,
            "has_changes": row.has_changes, "starts": starts.get(row.id, []),
            "problems": sum(one.severity == "error" for one in problems_of(row.draft_json)),
            "running": int(running.get(row.id, 0)), "updated_at": iso(row.updated_at),
        }
        for row in rows
    ]  # fmt: skip


def stats(flow_id: int) -> dict[str, Any]:
    """Of the published version: how many sessions, how many came to each node, and which way they left it."""
    flow = flow_of(flow_id)
    found = sql.run(
        "SELECT s.state, count(*) FROM flow_session s JOIN flow_version v ON v.id = s.version_id"
        " WHERE s.flow_id = ? AND v.number = ? GROUP BY s.state",
        (flow_id, flow.published_number or 0),
    )
    ways = sql.run(
        "SELECT p.node_id, p.outcome, count(DISTINCT p.session_id) FROM flow_step p JOIN flow_session s ON s.id = p.session_id"
        " JOIN flow_version v ON v.id = s.version_id AND v.id = p.version_id"
        " WHERE s.flow_id = ? AND v.number = ? GROUP BY p.node_id, p.outcome",
        (flow_id, flow.published_number or 0),
    )
    counts = Counter({state: int(count) for state, count in found})
    visits: Counter[str] = Counter()
    for node_id, _, count in ways:
        visits[node_id] += int(count)
    return {
        "sessions": {"started": counts.total(), "waiting": counts["waiting"], "ended": counts["ended"], "failed": counts["failed"]},
        "nodes": {node_id: {"visits": count} for node_id, count in visits.items()},
        "edges": [
            {"from": node_id, "output": outcome, "count": int(count)} for node_id, outcome, count in ways if outcome not in ("wait", "end")
        ],
    }


def _start(given: dict[str, Any]) -> str:
    words = ", ".join(given["words"])
    return f"{given['kind']}: {words or given['value']}" if words or given["value"] else str(given["kind"])
