"""A flow that cannot go on: a person is told, with what hindered it, and answers instead."""

from __future__ import annotations

from wablast_box.engine.events.publish import publish
from wablast_box.engine.flows.acting.acts import ACTS, Here
from wablast_box.engine.flows.events import FlowFailed
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.models import FlowSession
from wablast_box.engine.flows.node.occasions import TIMES
from wablast_box.lib import ids, sql


def tell_people(session: FlowSession, why: str) -> None:
    """In the caller's transaction. Of what the clock began nobody waits for an answer: it is noted, and no person gets a thousand."""
    here = Here(session.conversation_id, f"flow:{session.flow_id}")
    if not hold.is_held(session.conversation_id) and not _is_by_the_clock(session):
        ACTS["hand_off"](here, note=f"The flow could not go on: {why}")
    publish(FlowFailed(session.id, session.flow_id, session.conversation_id, why), actor=here.actor)


def _is_by_the_clock(session: FlowSession) -> bool:
    if session.started_by.partition(":")[0] not in TIMES:
        return False
    heard = "SELECT 1 FROM message WHERE conversation_id = ? AND id > ? AND direction = 'in' LIMIT 1"
    return not sql.run(heard, (session.conversation_id, ids.first_id_at(session.started_at)))
