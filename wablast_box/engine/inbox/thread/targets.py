"""Say that a message looks different because of what came after it."""

from __future__ import annotations

from collections.abc import Sequence

from wablast_box.engine.events.publish import publish_all
from wablast_box.engine.inbox import news
from wablast_box.engine.inbox.events import MessageChanged
from wablast_box.lib import sql


def targets_changed(change_ids: Sequence[int]) -> None:
    """Announce the messages that these reactions, edits and deletions are about; in the caller's transaction."""
    if not change_ids:
        return
    where, params = sql.among("m.id", list(change_ids))
    rows = sql.run(
        "SELECT DISTINCT t.id, t.conversation_id, t.state FROM message m"
        f" JOIN message t ON t.wamid = m.about_wamid AND t.conversation_id = m.conversation_id WHERE {where} ORDER BY t.id",
        params,
    )
    numbers = publish_all([MessageChanged(*row) for row in rows])
    news.messages_changed({row[0]: number for row, number in zip(rows, numbers, strict=True)})
