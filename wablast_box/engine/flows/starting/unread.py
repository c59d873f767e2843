"""Messages of ours that were not read in time. A plan goes along the messages behind the present; each is looked at once.

What was read or answered meanwhile begins nothing: how the message stands is asked when its time is over, and once more in
the turn that would begin the flow, because Meta's word may come late.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.lib import sql
from wablast_box.lib.clock import now

UNREAD = ("sent", "delivered")
ON_ITS_WAY = ("queued", "sending", "unconfirmed")
# Meta's "failed" and "read" are final; a reaction or a correction is nothing to be read.
NOTHING_TO_READ = frozenset({"reaction", "edit", "revoke"})


def wait_of(given: Mapping[str, Any]) -> timedelta:
    """For how long a message may stay unread."""
    amount = float(given.get("amount") or 6)
    return timedelta(minutes=amount) if given.get("unit") == "minutes" else timedelta(hours=amount)


def not_before(about: Mapping[str, Any] | None, kind: str) -> datetime | None:
    """When the message's time is over, if that is still to come; None: now."""
    message = _message(about, kind)
    if message is None or about is None:
        return None
    wait = timedelta(seconds=float(about["wait_s"]))
    if message.state in ON_ITS_WAY:
        return now() + wait
    over = (message.sent_at or message.created_at) + wait
    return over if over > now() else None


def refusal(conversation: Conversation, about: Mapping[str, Any] | None, kind: str) -> str | None:
    """Why a message begins nothing any more; None: it is still unread."""
    if kind != "not_read":
        return None
    message = _message(about, kind)
    if message is None or message.state not in (*UNREAD, *ON_ITS_WAY):
        return "The message was read, or failed."
    if conversation.last_inbound_at is not None and conversation.last_inbound_at >= message.created_at:
        return "The customer has answered."
    return None


def _message(about: Mapping[str, Any] | None, kind: str) -> Message | None:
    if kind != "not_read" or about is None:
        return None
    found = sql.load(Message, "id = ?", (int(about["message_id"]),))
    return found[0] if found else None
