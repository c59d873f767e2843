"""Waiting that is over: each due wait becomes a turn, once. What is not due costs nothing: the index holds only what waits for a moment."""

from __future__ import annotations

from wablast_box.engine.flows.keeping import turns
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction

BATCH = 500
_DUE = (
    "SELECT id, conversation_id, waits FROM flow_session WHERE state = 'waiting' AND resume_at IS NOT NULL AND resume_at <= ?"
    " ORDER BY resume_at LIMIT ?"
)


def wake_due() -> int:
    """Let flows go on whose time has come; how many."""
    due = sql.run(_DUE, (now_ms(), BATCH))
    if not due:
        return 0
    with transaction():
        return sum(_wake(*row) for row in due)


def _wake(session_id: int, conversation_id: int, waits: int) -> bool:
    body = {"session_id": str(session_id), "waits": waits}
    return turns.add(conversation_id, "time", f"time:{session_id}:{waits}", body)
