"""A person answers here: flows keep quiet in this conversation until somebody lets them, or it is resolved."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.flows.keeping.sessions import leave
from wablast_box.engine.flows.models import Cut, Flow, FlowHold, FlowSession, SessionState
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.inbox.thread import activity
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.outbox.transmit.settle import give_way
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import iso, now, now_ms
from wablast_box.lib.db import is_postgres, transaction

_ACTIVE = (SessionState.RUNNING, SessionState.WAITING)


def hold(conversation_id: int, actor: str, note: str | None = None) -> bool:
    """Stop every flow in this conversation, in the caller's transaction. False when a person had it already."""
    taken = sql.run(
        "INSERT INTO flow_hold (conversation_id, held_by, note, held_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (conversation_id) DO NOTHING RETURNING conversation_id",
        (conversation_id, actor, note, now_ms()),
    )
    if taken:
        activity.record(conversation_id, "bot_stopped", actor, {"note": note} if note else None)
    return bool(taken)


def hold_bot(viewer: Viewer, conversation_id: int, actor: str) -> None:
    """A person takes over: from the moment this returns no flow sends anything here."""
    read.conversation(viewer, conversation_id)
    with transaction():
        lock(conversation_id)
        hold(conversation_id, actor)
        silence(conversation_id, Cut.PERSON)


def resume_bot(viewer: Viewer, conversation_id: int, actor: str) -> None:
    """Flows may answer here again; the customer's next message finds one."""
    read.conversation(viewer, conversation_id)
    with transaction():
        if release(conversation_id):
            activity.record(conversation_id, "bot_resumed", actor)


def release(conversation_id: int) -> bool:
    """Take the hold away, in the caller's transaction. False when there was none."""
    return bool(sql.run("DELETE FROM flow_hold WHERE conversation_id = ? RETURNING conversation_id", (conversation_id,)))


def lock(conversation_id: int) -> None:
    """Nobody takes over between here and the end of the caller's transaction. SQLite has one writer anyway."""
    if is_postgres():
        sql.run("SELECT 1 FROM conversation WHERE id = ? FOR UPDATE", (conversation_id,))


def is_held(conversation_id: int) -> bool:
    """Does a person answer here?"""
    return bool(sql.run("SELECT 1 FROM flow_hold WHERE conversation_id = ?", (conversation_id,)))


def person_wrote(conversation_id: int, since_message_id: int) -> bool:
    """Has one of us written here after that message?"""
    return bool(
        sql.run(
            "SELECT 1 FROM message WHERE conversation_id = ? AND id > ? AND direction = 'out'"
            " AND (sender LIKE ? OR sender = 'phone_app') LIMIT 1",
            (conversation_id, since_message_id, "user:%"),
        )
    )


def is_with_person(conversation: Conversation) -> bool:
    """Has one of us written since this matter was opened, and is it not done?"""
    opened = conversation.opened_at
    return opened is not None and conversation.state != "resolved" and person_wrote(conversation.id, ids.first_id_at(opened))


def end_session(conversation_id: int, reason: str) -> None:
    """End what is played in a conversation, in the caller's transaction."""
    active = (FlowSession.conversation == conversation_id) & FlowSession.state.in_(_ACTIVE)
    changes: dict[str, Any] = {"state": SessionState.ENDED, "reason": reason, "ended_at": now(), "resume_at": None, "wait_for": None}
    if FlowSession.update(**changes).where(active).execute():
        leave(conversation_id)


def silence(conversation_id: int, reason: str) -> None:
    """The same, and what it has queued does not leave either: somebody of us said stop."""
    end_session(conversation_id, reason)
    give_way(conversation_id, reason)


def give_way_to_person(session: FlowSession) -> bool:
    """Has one of us written since the customer did? Then a person has it, and what is played ends. In the caller's transaction."""
    if not person_wrote(session.conversation_id, session.seen_message_id):
        return False
    hold(session.conversation_id, f"flow:{session.flow_id}")
    silence(session.conversation_id, Cut.PERSON)
    return True


def bot_of(viewer: Viewer, conversation_id: int) -> dict[str, Any]:
    """Who answers here: the hold, and the flow that is played or was played last, with what it found out."""
    read.conversation(viewer, conversation_id)
    row = FlowHold.get_or_none(FlowHold.conversation == conversation_id)
    last = FlowSession.select(FlowSession, Flow).join(Flow).where(FlowSession.conversation == conversation_id)
    session = last.order_by(FlowSession.id.desc()).first()
    return {
        "is_held": row is not None,
        "held_at": None if row is None else iso(row.held_at),
        "session": None if session is None else _played(session),
    }


def _played(session: FlowSession) -> dict[str, Any]:
    return {
        "id": str(session.id),
        "flow_id": str(session.flow_id),
        "flow_name": session.flow.name,
        "is_active": session.state in _ACTIVE,
        "is_trial": session.is_trial,
        "variables": session.variables_json,
        "started_at": iso(session.started_at),
    }
