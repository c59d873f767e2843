"""For screens: the list of flows, and how many customers went which way."""

from __future__ import annotations

from collections import Counter
from typing import Any

from wablast_box.engine.flows.design.flows import flow_of
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.figures import ENDING, SILENT_AFTER
from wablast_box.engine.flows.models import TRIAL, Flow, FlowTrigger, FlowVersion
from wablast_box.engine.flows.node.occasions import BY_ITSELF, in_words
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import iso, now

# The counts on the canvas are asked for every few seconds: they look at so many sessions, the newest.
MOST_SESSIONS = 10_000
_RECENT = "SELECT {} FROM flow_session WHERE version_id = ? ORDER BY started_at DESC LIMIT ?"


def flows() -> list[dict[str, Any]]:
    """Every flow, the last changed first."""
    rows = list(Flow.select().where(Flow.archived_at.is_null()).order_by(Flow.updated_at.desc(), Flow.id.desc()))
    running = dict(
        sql.run(
            "SELECT flow_id, count(*) FROM flow_session WHERE state IN ('running', 'waiting') AND started_by NOT LIKE ? GROUP BY flow_id",
            (f"{TRIAL}%",),
        )
    )
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
    """Of the last MOST_SESSIONS of the published version: how many came to each node, which way they left it, and who went no further."""
    flow = flow_of(flow_id)
    version = FlowVersion.get_or_none((FlowVersion.flow == flow.id) & (FlowVersion.number == flow.published_number))
    if version is None:
        return {"sessions": _counts(Counter()), "nodes": {}, "edges": [], "most": MOST_SESSIONS}
    recent = (version.id, MOST_SESSIONS)
    silent = ids.first_id_at(now() - SILENT_AFTER)
    states: Counter[str] = Counter()
    left: Counter[str] = Counter()
    endings = f"SELECT state, node_id, {ENDING} AS ending FROM ({_RECENT.format('*')}) AS r"
    for state, node_id, ending, count in sql.run(
        f"SELECT state, node_id, ending, count(*) FROM ({endings}) AS e GROUP BY state, node_id, ending", (silent, *recent)
    ):
        states[state] += int(count)
        if ending in ("left", "failed") and node_id is not None:
            left[node_id] += int(count)
    steps = f"FROM flow_step p JOIN ({_RECENT.format('id')}) AS r ON r.id = p.session_id WHERE p.version_id = ?"
    visits = sql.run(f"SELECT p.node_id, count(DISTINCT p.session_id) {steps} GROUP BY p.node_id", (*recent, version.id))
    ways = sql.run(
        f"SELECT p.node_id, p.outcome, count(DISTINCT p.session_id) {steps} GROUP BY p.node_id, p.outcome", (*recent, version.id)
    )
    return {
        "sessions": _counts(states),
        "nodes": {node_id: {"visits": int(count), "left": left[node_id]} for node_id, count in visits},
        "edges": [
            {"from": node_id, "output": outcome, "count": int(count)} for node_id, outcome, count in ways if outcome not in ("wait", "end")
        ],
        "most": MOST_SESSIONS,
    }


def _counts(states: Counter[str]) -> dict[str, int]:
    return {"started": states.total(), **{state: states[state] for state in ("waiting", "ended", "failed")}}


def _start(given: dict[str, Any]) -> str:
    if given["kind"] in BY_ITSELF:
        return in_words(given)
    words = ", ".join(given["words"])
    return f"{given['kind']}: {words or given['value']}" if words or given["value"] else str(given["kind"])
