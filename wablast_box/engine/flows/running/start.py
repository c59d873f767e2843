"""Begin and stop a flow with a customer because somebody says so."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.contacts.upsert import find_or_create
from wablast_box.engine.flows.node import values
from wablast_box.engine.flows.node.step import LARGEST_VARIABLE
from wablast_box.engine.flows.running import history, hold, sessions, turns
from wablast_box.engine.inbox import conversations
from wablast_box.engine.inbox.read import conversation
from wablast_box.engine.inbox.thread import activity
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.outbox.address import parse_address
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid
from wablast_box.lib.ids import parse_id


def start_flow(flow_id: int, viewer: Viewer, by: Actor, *, conversation_id: str | None, to: str | None, variables: dict[str, Any]) -> None:
    """Let the published version begin. Raises NotFound, Conflict when a person answers there, Invalid."""
    sessions.live_version(flow_id)
    given = values.plain(variables, LARGEST_VARIABLE)
    if (conversation_id is None) == (to is None):
        raise Invalid("Say for whom: conversation_id, or to.", field="conversation_id")
    with transaction():
        number = parse_id(conversation_id) if conversation_id else _conversation_with(str(to))
        if conversation_id:
            conversation(viewer, number)
        if hold.is_held(number):
            raise Conflict("A person answers in this conversation.", code="held", help="Let the bot go on there first.")
        turns.add(number, "start", f"start:{ids.new_id()}", {"flow_id": str(flow_id), "by": by.ref, "variables": given})
        audit("flow.started", by=by, subject=f"flow:{flow_id}", detail={"conversation": str(number)})


def stop_session(viewer: Viewer, session_id: int, by: str) -> dict[str, Any]:
    """End what is played; nothing more is sent after this returns."""
    shown = history.session(viewer, session_id)
    if shown["state"] not in ("running", "waiting"):
        raise Conflict("This session is over.", code="session_over")
    number = int(shown["conversation_id"])
    with transaction():
        hold.lock(number)
        hold.end_session(number, "stopped by hand")
        activity.record(number, "flow_stopped", by, {"flow": shown["flow_name"]})
    return history.session(viewer, session_id)


def _conversation_with(to: str) -> int:
    address = parse_address(to)
    return conversations.of_contacts([find_or_create(wa_id=address.wa_id, user_id=address.user_id)])[0]
