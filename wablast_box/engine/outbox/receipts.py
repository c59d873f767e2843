"""Tell the customer's phone that staff have read, or are writing. Meta wants the newest message of theirs named.

The typing sign cannot be shown without marking as read, so it also needs leave to send read receipts.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from wablast_box.engine.meta import messages
from wablast_box.engine.meta.connection import our_client
from wablast_box.engine.settings import store
from wablast_box.lib import sql
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.errors import BoxError, Unavailable, Upstream

logger = logging.getLogger(__name__)

# Meta takes no older message for either (Cloud API, Typing indicators).
OLDEST = timedelta(days=30)


def tell_read(conversation_id: int) -> None:
    """Blue ticks for everything the customer wrote that staff have seen."""
    if (wamid := newest_wamid(conversation_id, only_seen=True)) is not None:
        _say("read", lambda: messages.mark_read(our_client(), store.get("phone_number_id"), wamid))


def tell_typing(conversation_id: int) -> None:
    """Somebody is writing an answer; the sign goes out by itself after 25 seconds."""
    if (wamid := newest_wamid(conversation_id, only_seen=False)) is not None:
        _say("typing", lambda: messages.show_typing(our_client(), store.get("phone_number_id"), wamid))


def newest_wamid(conversation_id: int, *, only_seen: bool) -> str | None:
    """Meta's id of the newest message of the customer, if Meta still takes it."""
    rows = sql.run(
        "SELECT m.wamid FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.conversation_id = ?"
        " AND m.direction = 'in' AND m.wamid IS NOT NULL AND m.created_at > ? AND (m.id <= c.read_up_to_id OR ? = 0)"
        " ORDER BY m.id DESC LIMIT 1",
        (conversation_id, to_ms(now() - OLDEST), int(only_seen)),
    )
    return rows[0][0] if rows else None


def _say(what: str, call: object) -> None:
    """A sign on a phone is worth a few tries, never an alarm."""
    try:
        call()  # type: ignore[operator]
    except BoxError as refused:
        logger.info("the customer's phone was not told", extra={"what": what, "why": refused.message})
        passing = isinstance(refused, Unavailable) or (isinstance(refused, Upstream) and not refused.permanent)
        if passing and what == "read":
            raise
