"""FlowSession as a Run and back; and the graphs of published versions, which never change and are read once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from wablast_box.engine.flows.graph import Graph, parse_graph
from wablast_box.engine.flows.models import FlowSession, FlowVersion, SessionState
from wablast_box.engine.flows.play.run import Memory, Record, Run
from wablast_box.lib import ids, sql
from wablast_box.lib.cache import Remembered
from wablast_box.lib.clock import now, now_ms, to_ms
from wablast_box.lib.db import JsonField, after_commit
from wablast_box.lib.errors import NotFound

_to_json = JsonField().db_value
_playing: Remembered[bool] = Remembered(1.0)
_STEP = (
    "INSERT INTO flow_step (session_id, number, version_id, node_id, node_type, input_json, output_json, outcome, error,"
    " started_at, duration_us)",
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
)


@lru_cache(maxsize=200)
def graph_of(version_id: int) -> Graph:
    """The graph of a published version."""
    row = FlowVersion.get_or_none(FlowVersion.id == version_id)
    if row is None:
        raise NotFound("This version of the flow is gone.")
    return parse_graph(row.graph_json)


def live_version(flow_id: int) -> int:
    """The version that customers get now. Raises NotFound when the flow is off or was never published."""
    found = sql.run(
        "SELECT v.id FROM flow f JOIN flow_version v ON v.flow_id = f.id AND v.number = f.published_number"
        " WHERE f.id = ? AND f.is_on AND f.archived_at IS NULL",
        (flow_id,),
    )
    if not found:
        raise NotFound("The other flow is off or was never published.", code="flow_is_off")
    return int(found[0][0])


def active_session(conversation_id: int) -> FlowSession | None:
    """What is played in a conversation now."""
    found = sql.load(FlowSession, "conversation_id = ? AND state IN ('running', 'waiting')", (conversation_id,))
    return found[0] if found else None


def is_any_played() -> bool:
    """Does any flow talk with anybody? Asked for each message, so a second old at most; what has begun is known at once."""
    return _playing.get("", lambda: bool(sql.run("SELECT 1 FROM flow_session WHERE state IN ('running', 'waiting') LIMIT 1")))


def forget() -> None:
    """Look anew who is played with."""
    _playing.forget()


def name_of(flow_id: int) -> str:
    """What the flow is called."""
    return str(sql.run("SELECT name FROM flow WHERE id = ?", (flow_id,))[0][0])


def open_session(
    flow_id: int, version_id: int, conversation_id: int, *, started_by: str, seen: int, variables: dict[str, Any]
) -> FlowSession:
    """Begin at the start node; the unique index refuses a second one in the same conversation."""
    start = graph_of(version_id).start
    sql.run("UPDATE conversation SET in_flow_at = ? WHERE id = ?", (now_ms(), conversation_id))
    after_commit(forget)
    return FlowSession.create(
        id=ids.new_id(), flow=flow_id, version=version_id, conversation=conversation_id, state=SessionState.RUNNING,
        node_id=start.id if start else None, variables_json=variables, memory_json=Memory().as_json(), seen_message_id=seen,
        started_by=started_by, started_at=now(), waits=0, steps=0,
    )  # fmt: skip


def run_of(session: FlowSession) -> Run:
    """The session as the executor plays it."""
    memory = Memory.from_json(session.memory_json)
    return Run(
        key=str(session.id), version_id=memory.version or session.version_id, load=graph_of, find=live_version, at=session.node_id,
        variables=dict(session.variables_json), memory=memory, state=session.state,
        wait_for=session.wait_for, resume_at=session.resume_at, waits=session.waits, steps=session.steps, reason=session.reason,
    )  # fmt: skip


def save(session: FlowSession, run: Run) -> None:
    """Write where it stands and the steps since the last save; in the caller's transaction."""
    run.memory.version = None if run.version_id == session.version_id else run.version_id
    ended = now_ms() if run.state in ("ended", "failed") else None
    sql.run(
        "UPDATE flow_session SET state = ?, node_id = ?, variables_json = ?, memory_json = ?, wait_for = ?, resume_at = ?,"
        " waits = ?, steps = ?, reason = ?, seen_message_id = ?, ended_at = ? WHERE id = ?",
        (
            run.state, run.at, _to_json(run.variables), _to_json(run.memory.as_json()), run.wait_for,
            None if run.resume_at is None else to_ms(run.resume_at), run.waits, run.steps, run.reason,
            session.seen_message_id, ended, session.id,
        ),
    )  # fmt: skip
    if ended is not None:
        leave(session.conversation_id)
    sql.insert_rows(*_STEP, [_row(session.id, one) for one in run.records])
    run.records.clear()


def leave(conversation_id: int) -> None:
    """No flow talks here any more: somebody may be looked for. In the caller's transaction."""
    sql.run("UPDATE conversation SET in_flow_at = NULL WHERE id = ? AND in_flow_at IS NOT NULL", (conversation_id,))


def _row(session_id: int, one: Record) -> tuple[Any, ...]:
    return (
        session_id, one.number, one.version_id, one.node_id, one.node_type,
        _to_json(one.input) if one.input else None, _to_json(one.output) if one.output else None, one.outcome, one.error,
        to_ms(one.started_at), one.duration_us,
    )  # fmt: skip
