"""What was played: sessions and their steps, for those who may see the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.flows.models import FlowStep, SessionState
from wablast_box.engine.flows.play.trail import with_variables
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso
from wablast_box.lib.db import JsonField
from wablast_box.lib.errors import Invalid, NotFound
from wablast_box.lib.paging import Page, PageRequest, cut

MOST_STEPS = 5000
_read_json = JsonField().python_value
_SESSION = (
    "SELECT s.id, s.flow_id, f.name, v.number, s.conversation_id, k.name, s.state, s.node_id, s.reason, s.variables_json,"
    " s.started_at, s.ended_at, s.resume_at, s.started_by FROM flow_session s JOIN flow f ON f.id = s.flow_id"
    " JOIN flow_version v ON v.id = s.version_id JOIN conversation c ON c.id = s.conversation_id JOIN contact k ON k.id = c.contact_id"
)


def sessions(
    viewer: Viewer, request: PageRequest, *, conversation_id: int | None, flow_id: int | None, state: str | None
) -> Page[dict[str, Any]]:
    """Sessions in conversations that the viewer may see, the newest first. Raises Invalid for a state that there is not."""
    if state is not None and state not in set(SessionState):
        raise Invalid(f"A session is {', '.join(SessionState)}.", code="unknown_state", field="state")
    seen, params = viewer.condition()
    conditions: list[str] = [seen]
    wanted: Sequence[tuple[str, Any]] = (("s.conversation_id = ?", conversation_id), ("s.flow_id = ?", flow_id), ("s.state = ?", state))
    for condition, value in wanted:
        if value is not None:
            conditions.append(condition)
            params = [*params, value]
    if request.after is not None:
        conditions.append("s.id < ?")
        params = [*params, request.after]
    rows = sql.run(f"{_SESSION} WHERE {' AND '.join(conditions)} ORDER BY s.id DESC LIMIT ?", [*params, request.limit + 1])
    return cut([_session(row) for row in rows], request, lambda one: int(one["id"]))


def session(viewer: Viewer, session_id: int) -> dict[str, Any]:
    """One session, or NotFound."""
    seen, params = viewer.condition()
    rows = sql.run(f"{_SESSION} WHERE s.id = ? AND {seen}", [session_id, *params])
    if not rows:
        raise NotFound("There is no such session.")
    return _session(rows[0])


def steps(viewer: Viewer, session_id: int) -> list[dict[str, Any]]:
    """What a session did, in order."""
    session(viewer, session_id)
    rows = FlowStep.select().where(FlowStep.session == session_id).order_by(FlowStep.number).limit(MOST_STEPS)
    return list(with_variables(_step(row) for row in rows))


def _step(row: FlowStep) -> dict[str, Any]:
    return {
        "number": row.number, "node_id": row.node_id, "node_type": row.node_type, "input": row.input_json, "output": row.output_json,
        "outcome": row.outcome, "error": row.error, "started_at": iso(row.started_at), "duration_us": row.duration_us,
    }  # fmt: skip


def _session(row: Sequence[Any]) -> dict[str, Any]:
    return {
        "id": str(row[0]), "flow_id": str(row[1]), "flow_name": row[2], "version": row[3],
        "conversation_id": str(row[4]), "contact_name": row[5], "state": row[6], "node_id": row[7],
        "reason": row[8], "variables": _read_json(row[9]),
        "started_at": iso(from_ms(row[10])), "ended_at": _moment(row[11]), "resume_at": _moment(row[12]), "started_by": row[13],
        "is_trial": row[3] < 0,
    }  # fmt: skip


def _moment(at: int | None) -> str | None:
    return None if at is None else iso(from_ms(at))
