"""A flow that cannot go on: a person is told, with what hindered it, and answers instead."""

from __future__ import annotations

from wablast_box.engine.events.publish import publish
from wablast_box.engine.flows.acting.acts import ACTS, Here
from wablast_box.engine.flows.events import FlowFailed
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.models import FlowSession


def tell_people(session: FlowSession, why: str) -> None:
    """In the caller's transaction."""
    here = Here(session.conversation_id, f"flow:{session.flow_id}")
    if not hold.is_held(session.conversation_id):
        ACTS["hand_off"](here, note=f"The flow could not go on: {why}")
    publish(FlowFailed(session.id, session.flow_id, session.conversation_id, why), actor=here.actor)
