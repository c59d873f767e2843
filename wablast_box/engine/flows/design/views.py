"""Flows and versions as the API shows them."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.flows.models import Flow, FlowVersion
from wablast_box.engine.inbox.views import sender_names
from wablast_box.lib.clock import iso


def flow_view(flow: Flow) -> dict[str, Any]:
    """One flow with its draft."""
    row = FlowVersion.get_or_none((FlowVersion.flow == flow.id) & (FlowVersion.number == flow.published_number))
    return {
        "id": str(flow.id),
        "name": flow.name,
        "is_on": flow.is_on,
        "revision": flow.revision,
        "graph": flow.draft_json,
        "published": None if row is None else version_view(row),
        "has_changes": flow.has_changes,
        "updated_at": iso(flow.updated_at),
    }


def version_view(row: FlowVersion) -> dict[str, Any]:
    """One version, without its graph."""
    return {
        "number": row.number,
        "published_at": iso(row.published_at),
        "by": sender_names({row.published_by}).get(row.published_by),
        "note": row.note,
    }
