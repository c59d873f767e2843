"""Begin and stop a flow with a customer because somebody says so."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.flows.keeping import hold, turns
from wablast_box.engine.flows.keeping.begin import begin, start_for
from wablast_box.engine.flows.models import Cut, FlowSession, SessionState
from wablast_box.engine.flows.node import values
from wablast_box.engine.flows.node.step import LARGEST_VARIABLE
from wablast_box.engine.flows.running import history
from wablast_box.engine.inbox.read import conversation
from wablast_box.engine.inbox.thread import activity
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid
from wablast_box.lib.ids import parse_id


def start_flow(flow_id: int, viewer: Viewer, by: Actor, *, conversation_id: str | None, to: str | None, variables: dict[str, Any]) -> None:
    """Let the published version begin. Raises NotFound, Conflict when a person answers there, Invalid."""
    if (conversation_id is None) == (to is None):
        raise Invalid("Say for whom: conversation_id, or to.", field="conversation_id")
    with transaction():
        if conversation_id is not None:
            number = parse_id(conversation_id)
            conversation(viewer, number)
            begin(flow_id, number, by.ref, variables)
        else:
            number = start_for(flow_id, str(to), by.ref, variables)
        audit("flow.started", by=by, subject=f"flow:{flow_id}", detail={"conversation": str(number)})


def resume_session(viewer: Viewer, session_id: int, payload: dict[str, Any]) -> dict[str, Any]:
    """Another system has what a session waits for. Once for each wait; Conflict when it waits for no webhook."""
    history.session(viewer, session_id)
    given = values.plain(payload, LARGEST_VARIABLE)
    with transaction():
        row = FlowSession.get_by_id(session_id)
        body = {"session_id": str(session_id), "waits": row.waits, "payload": given}
        is_waiting = row.state == SessionState.WAITING and row.wait_for == "webhook"
        if not is_waiting or not turns.add(row.conversation_id, "webhook", f"webhook:{session_id}:{row.waits}", body):
            raise Conflict("This session does not wait for a webhook.", code="not_waiting")
    return history.session(viewer, session_id)


def stop_session(viewer: Viewer, session_id: int, by: str) -> dict[str, Any]:
    """End what is played; nothing more is sent after this returns."""
    shown = history.session(viewer, session_id)
    if shown["state"] not in ("running", "waiting"):
        raise _over()
    number = int(shown["conversation_id"])
    with transaction():
        hold.lock(number)
        if not FlowSession.select().where(FlowSession.id == session_id, FlowSession.ended_at.is_null()).exists():
            raise _over()
        hold.silence(number, Cut.BY_HAND)
        activity.record(number, "flow_stopped", by, {"flow": shown["flow_name"]})
    return history.session(viewer, session_id)


def _over() -> Conflict:
    return Conflict("This session is over.", code="session_over")
