"""Try a draft on one's own phone: what the editor asks and shows."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.flows.design.flows import flow_of
from wablast_box.engine.flows.keeping import hold, trials, turns
from wablast_box.engine.flows.models import FlowSession, FlowTrial
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids
from wablast_box.lib.clock import iso, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, NotFound


def begin_trial(flow_id: int, by: Actor) -> dict[str, Any]:
    """A code for one's own phone; what was tried of this flow before ends."""
    with transaction():
        flow = flow_of(flow_id)
        made = trials.open_trial(flow, by.ref)
        audit("flow.tried", by=by, subject=f"flow:{flow.id}", subject_name=flow.name)
    return _shown(made)


def trial(flow_id: int, by: Actor) -> dict[str, Any] | None:
    """One's own trial of a flow, as far as it is; None when there is none that is not over."""
    row = _found(flow_id, by)
    return None if row is None else _shown(row)


def again(flow_id: int, by: Actor) -> None:
    """Begin the draft anew on the phone, as it is drawn now. Conflict when a person answers there, or no phone is known yet."""
    with transaction():
        row = _own(flow_id, by)
        if row.conversation_id is None:
            raise Conflict("No phone is known yet: send the code first.", code="no_phone")
        trials.let_go(row)
        if hold.is_held(row.conversation_id):
            raise Conflict("A person answers in this conversation.", code="held", help="Let the bot go on there first.")
        turns.add(row.conversation_id, "start", f"trial:{ids.new_id()}", {"flow_id": str(flow_id), "trial_id": str(row.id), "by": row.ref})


def end_trial(flow_id: int, by: Actor) -> None:
    """Over: nothing of the draft is said any more once this returns."""
    with transaction():
        trials.end(_own(flow_id, by))


def _found(flow_id: int, by: Actor) -> FlowTrial | None:
    flow_of(flow_id)
    return FlowTrial.get_or_none(
        (FlowTrial.flow == flow_id) & (FlowTrial.made_by == by.ref) & FlowTrial.ended_at.is_null() & (FlowTrial.until_at > now())
    )


def _own(flow_id: int, by: Actor) -> FlowTrial:
    row = _found(flow_id, by)
    if row is None:
        raise NotFound("Nothing of this flow is being tried on your phone.", code="no_trial")
    return row


def _shown(row: FlowTrial) -> dict[str, Any]:
    conversation = None if row.conversation_id is None else Conversation.get_by_id(row.conversation_id)
    session = (
        FlowSession.select().where(FlowSession.conversation == row.conversation_id, FlowSession.started_by == row.ref)
        .order_by(FlowSession.id.desc()).first()
    )  # fmt: skip
    return {
        "code": row.code,
        "until_at": iso(row.until_at),
        "conversation_id": None if conversation is None else str(conversation.id),
        "contact_name": None if conversation is None else conversation.contact.name,
        "contact_phone": None if conversation is None else conversation.contact.phone,
        "is_held": conversation is not None and hold.is_held(conversation.id),
        "session": None if session is None else {
            "id": str(session.id), "state": session.state, "node_id": session.node_id, "reason": session.reason,
            "variables": session.variables_json,
        },
    }  # fmt: skip
