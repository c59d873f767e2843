"""What the editor asks of a stored flow: its draft, what is wrong with it, and how a talk would go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from wablast_box.engine.flows.design import views
from wablast_box.engine.flows.design.clashes import clashes_of
from wablast_box.engine.flows.design.flows import flow_of
from wablast_box.engine.flows.design.places import missing_of
from wablast_box.engine.flows.design.problem import Problem
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.keeping import sessions
from wablast_box.engine.flows.keeping.surroundings import zone
from wablast_box.engine.flows.play.trail import with_variables
from wablast_box.engine.flows.rehearsal.play import play
from wablast_box.engine.settings import store


def flow(flow_id: int) -> dict[str, Any]:
    """A flow with its draft."""
    return views.flow_view(flow_of(flow_id))


def problems(flow_id: int, graph: Any = None) -> list[Problem]:
    """What is wrong with the draft, or with a graph drawn instead."""
    stored = flow_of(flow_id)
    if graph is not None:
        stored.draft_json = graph
    return [*problems_of(stored.draft_json), *clashes_of(stored), *missing_of(stored)]


def simulate(
    flow_id: int, said: Sequence[Any], *, graph: Any = None, contact: Mapping[str, Any] | None = None, begin: datetime | None = None,
    pinned: Mapping[str, Any] | None = None, pins: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """How a talk would go, with the draft or with a graph drawn instead."""
    drawn = parse_graph(flow_of(flow_id).draft_json if graph is None else graph)
    done = play(
        drawn, said, contact=contact, begin=begin, zone=zone(), business=str(store.get("business_name") or ""), pinned=pinned, pins=pins,
        load=sessions.graph_of, find=sessions.live_version,
    )  # fmt: skip
    run = done.run
    return {
        "replies": done.replies, "acts": done.acts, "steps": list(with_variables(done.steps)), "state": run.state,
        "node_id": run.at, "reason": run.reason,
        "variables": run.variables, "resume_at": run.resume_at, "now": done.now,
    }  # fmt: skip
