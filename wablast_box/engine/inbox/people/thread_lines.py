"""What was done with a person and matters to whoever answers them: a line of the thread too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wablast_box.engine.inbox.thread import activity
from wablast_box.lib import sql

# Beginning of the kinds of these lines: the person's own history has them already.
PREFIX = "contact."


def add(contact_id: int, kind: str, actor: str | None, detail: Mapping[str, Any] | None = None) -> None:
    """One line in the person's conversation, if there is one; in the caller's transaction."""
    rows = sql.run("SELECT id FROM conversation WHERE contact_id = ?", (contact_id,))
    if rows:
        activity.record(rows[0][0], kind, actor, detail)
