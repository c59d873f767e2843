"""The proof of the set-up, read from the messages themselves: one came in, an answer went out and Meta confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.outbox.answer import answer
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms
from wablast_box.lib.errors import Conflict


@dataclass(frozen=True, slots=True)
class Proof:
    """`sent_at` is set once Meta's own status confirms an answer; `message_id` is the newest answer."""

    received_at: datetime | None = None
    sent_at: datetime | None = None
    message_id: int | None = None


def proof() -> Proof:
    """What has been proven so far."""
    first = sql.run("SELECT id, created_at FROM message WHERE direction = 'in' AND sender IS NULL ORDER BY id LIMIT 1")
    if not first:
        return Proof()
    first_id, received_at = first[0]
    confirmed = sql.run(
        "SELECT m.id, m.sent_at FROM message m WHERE m.direction = 'out' AND m.id > ? AND EXISTS"
        " (SELECT 1 FROM message_status s WHERE s.wamid = m.wamid AND s.status IN ('sent', 'delivered', 'read')) ORDER BY m.id LIMIT 1",
        (first_id,),
    )
    if confirmed:
        number, sent_at = confirmed[0]
        return Proof(from_ms(received_at), from_ms(sent_at or received_at), number)
    latest = sql.run("SELECT id FROM message WHERE direction = 'out' AND id > ? ORDER BY id DESC LIMIT 1", (first_id,))
    return Proof(from_ms(received_at), None, latest[0][0] if latest else None)


def send_proof(actor: Actor) -> dict[str, Any]:
    """Answer the customer who wrote in last."""
    newest = sql.run("SELECT conversation_id FROM message WHERE direction = 'in' AND sender IS NULL ORDER BY id DESC LIMIT 1")
    if not newest:
        raise Conflict(
            "Nobody has written in yet.",
            code="nobody_wrote",
            help="Write a WhatsApp message to your number from another phone, then try again.",
        )
    name = store.get("business_name") or "us"
    return answer(
        EVERYTHING, actor, newest[0][0], {"type": "text", "text": {"body": f"This is {name}: your message has arrived."}}, key=None
    )
