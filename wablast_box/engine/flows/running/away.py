"""The away message: while the shop is closed and nobody else answers, a customer is told so, once in a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.flows.keeping import hold, sessions
from wablast_box.engine.flows.keeping.surroundings import zone
from wablast_box.engine.flows.models import FlowTurn
from wablast_box.engine.flows.node import values
from wablast_box.engine.flows.running import hearing
from wablast_box.engine.inbox.models import Conversation, Message, Priority
from wablast_box.engine.inbox.taps import FOR_THE_BOX, tapped_id
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.engine.settings import store
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Unavailable
from wablast_box.lib.opening_hours import is_open, parse_days, parse_hours

SCOPE = "away"
# Whoever of us wrote so lately is still there, whatever the hour; a flow that has just ended has answered.
STILL_THERE, JUST_ENDED = timedelta(hours=1), timedelta(minutes=1)


def is_on() -> bool:
    """Does the owner want it?"""
    return bool(store.get("away_on")) and bool(str(store.get("away_text")).strip())


def answer(turn: FlowTurn) -> None:
    """Tell the customer, if this message is one to be told. In the turn's transaction."""
    message = hearing.message_of(turn) if turn.kind == "message" and is_on() else None
    if message is None or not _is_closed() or _is_for_the_box(message) or _is_answered(turn.conversation_id):
        return
    try:
        with transaction():
            if _may_again(turn.conversation_id):
                outbound = parse_outbound({"type": "text", "text": {"body": _text(turn.conversation_id)}})
                key = f"{SCOPE}:{message.id}"
                send_message(turn.conversation_id, outbound, actor="system", scope=SCOPE, idempotency_key=key, priority=Priority.FLOW)
    except Unavailable:
        raise
    except BoxError:
        return  # the window has shut, or they are blocked: then nothing is said


def _is_closed() -> bool:
    local = now().astimezone(zone())
    return not is_open(parse_hours(str(store.get("opening_hours"))), parse_days(str(store.get("closed_on"))), local)


def _is_for_the_box(message: Message) -> bool:
    return tapped_id(message.content_json or {}).startswith(FOR_THE_BOX)


def _is_answered(conversation_id: int) -> bool:
    """By a flow, or by somebody who is still there."""
    if sessions.active_session(conversation_id) is not None or hold.person_wrote(conversation_id, ids.first_id_at(now() - STILL_THERE)):
        return True
    held = sql.run("SELECT 1 FROM flow_hold WHERE conversation_id = ? AND held_at > ?", (conversation_id, to_ms(now() - STILL_THERE)))
    ended = "SELECT 1 FROM flow_session WHERE conversation_id = ? AND ended_at > ? LIMIT 1"
    return bool(held) or bool(sql.run(ended, (conversation_id, to_ms(now() - JUST_ENDED))))


def _may_again(conversation_id: int) -> bool:
    """Once in so many hours; after a clock was set back, too."""
    moment, gap = now(), timedelta(hours=int(store.get("away_every_h")))
    return bool(
        sql.run(
            "INSERT INTO away_reply (conversation_id, sent_at) VALUES (?, ?) ON CONFLICT (conversation_id) DO UPDATE"
            " SET sent_at = excluded.sent_at WHERE away_reply.sent_at <= ? OR away_reply.sent_at > ? RETURNING conversation_id",
            (conversation_id, to_ms(moment), to_ms(moment - gap), to_ms(moment)),
        )
    )


def _text(conversation_id: int) -> str:
    contact = Contact.select().join(Conversation).where(Conversation.id == conversation_id).get()
    name = contact.name or ""
    known: dict[str, Any] = {
        "contact": {"name": name, "first_name": (name.split() or [""])[0]},
        "business": {"name": store.get("business_name")},
    }
    return values.fill(str(store.get("away_text")), known, "text", zone())
