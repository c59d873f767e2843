"""What a turn means: an answer for the session that waits, or the beginning of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wablast_box.engine.flows.acting.taps import tap_of
from wablast_box.engine.flows.keeping import hold, trials, triggers
from wablast_box.engine.flows.models import FlowSession, FlowStep, FlowTrial, FlowTurn
from wablast_box.engine.flows.node.outcome import Answer
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.inbox.taps import tapped_id
from wablast_box.lib import sql


@dataclass(frozen=True, slots=True)
class Begin:
    """Which flow begins, by what, and with which variables."""

    flow_id: int
    started_by: str
    seen_message_id: int
    variables: dict[str, Any] = field(default_factory=dict)
    version_id: int | None = None  # of a trial: what is drawn, not what is published


def answer_for(session: FlowSession, turn: FlowTurn) -> Answer | None:
    """What the session's node hears; None when it waits for something else."""
    body = turn.body_json or {}
    if turn.kind == "message":
        message = message_of(turn)
        return Answer("reply", _reply(session, message)) if message is not None and session.wait_for == "reply" else None
    if turn.kind == "address":
        is_ours = body.get("session_id") == str(session.id)
        return Answer("address") if is_ours and session.wait_for == "address" else None
    is_this_wait = body.get("session_id") == str(session.id) and body.get("waits") == session.waits
    if not is_this_wait or (turn.kind == "webhook" and session.wait_for != "webhook"):
        return None
    return Answer(turn.kind, body.get("payload") or {})


def beginning(conversation: Conversation, turn: FlowTurn) -> Begin | None:
    """The flow that answers this turn; None when none does. Nobody is interrupted by one who talks to the customer."""
    body = turn.body_json or {}
    if (trial := trial_of(turn) or _tried(turn)) is not None:
        newest = max(message_id(turn), newest_message(conversation.id))
        return Begin(trial.flow_id, trial.ref, newest, dict(body.get("variables") or {}), trials.drawn(trial))
    if turn.kind == "start":
        if "trial_id" in body:
            return None  # it is over
        return Begin(int(body["flow_id"]), str(body["by"]), newest_message(conversation.id), dict(body.get("variables") or {}))
    message = message_of(turn)
    if message is None or hold.is_with_person(conversation):
        return None
    found = triggers.choose(_heard(conversation.id, message))
    return None if found is None else Begin(found.flow_id, f"{found.kind}:{found.id}", message.id)


def trial_of(turn: FlowTurn) -> FlowTrial | None:
    """The trial whose code this message is; from now on its draft answers here. A start may ask for one, too."""
    if turn.kind == "start":
        return trials.live(int((turn.body_json or {}).get("trial_id") or 0))
    message = message_of(turn) if turn.kind == "message" and trials.are_any() else None
    return None if message is None else trials.pair(turn.conversation_id, text_of(message))


def _tried(turn: FlowTurn) -> FlowTrial | None:
    """The trial of this conversation, if the message sets off what is drawn."""
    message = message_of(turn) if turn.kind == "message" and trials.are_any() else None
    trial = None if message is None else trials.of_conversation(turn.conversation_id)
    if message is None or trial is None:
        return None
    heard = _heard(turn.conversation_id, message)
    return trial if any(triggers.fits(one, heard) for one in trials.triggers_of(trial)) else None


def message_of(turn: FlowTurn) -> Message | None:
    """The customer's message that a turn is about."""
    number = message_id(turn)
    found = sql.load(Message, "id = ?", (number,)) if number else []
    return found[0] if found else None


def is_from_our_phone(turn: FlowTurn) -> bool:
    """Has one of us written it, on the shop's phone?"""
    number = message_id(turn)
    return bool(number and sql.run("SELECT 1 FROM message WHERE id = ? AND sender = 'phone_app'", (number,)))


def message_id(turn: FlowTurn) -> int:
    """Its id; 0 when the turn is about something else."""
    return int((turn.body_json or {}).get("message_id") or 0)


def text_of(message: Message) -> str:
    """What the customer said in words: of a tap, what stood on the button."""
    return message.text or ""


def _reply(session: FlowSession, message: Message) -> dict[str, Any]:
    content = message.content_json or {}
    return {
        "type": message.type,
        "text": text_of(message),
        "reply_id": _own_tap(session, tapped_id(content)),
        "message_id": str(message.id),
        "media_id": _media_id(message.id),
        "content": content,
    }


def _own_tap(session: FlowSession, reply_id: str) -> str | None:
    """What was tapped, if it stood under a question of the node that asks now."""
    tap = tap_of(reply_id)
    if tap is None or tap[0] != session.id:
        return None
    asked = FlowStep.get_or_none((FlowStep.session == session.id) & (FlowStep.number == tap[1]))
    return tap[2] if asked is not None and asked.node_id == session.node_id else None


def _media_id(number: int) -> str | None:
    found = sql.run("SELECT media_file_id FROM attachment WHERE message_id = ? AND media_file_id IS NOT NULL", (number,))
    return str(found[0][0]) if found else None


def _heard(conversation_id: int, message: Message) -> triggers.Heard:
    content = message.content_json or {}
    referral = content.get("referral")
    before = sql.run(
        "SELECT 1 FROM message WHERE conversation_id = ? AND direction = 'in' AND id < ? LIMIT 1", (conversation_id, message.id)
    )
    tapped = tapped_id(content)
    return triggers.Heard(
        text=text_of(message),
        reply_id="" if tap_of(tapped) else tapped,
        ad_id=str(referral.get("source_id") or "") if isinstance(referral, dict) else None,
        is_first=not before,
    )


def newest_message(conversation_id: int) -> int:
    """The last message here, whoever wrote it; 0 when there is none."""
    return int(sql.run("SELECT COALESCE(max(id), 0) FROM message WHERE conversation_id = ?", (conversation_id,))[0][0])
