"""Staff have seen a conversation up to its newest message. The customer's phone is told afterwards, if the owner wants that."""

from __future__ import annotations

from wablast_box.engine.events.publish import publish
from wablast_box.engine.inbox import news
from wablast_box.engine.inbox.events import ConversationChanged
from wablast_box.engine.outbox import tasks
from wablast_box.engine.settings import store
from wablast_box.lib import sql
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import NotFound


def mark_read(conversation_id: int, *, actor: str) -> None:
    """Nothing happens when there is nothing new."""
    with transaction():
        rows = sql.run("SELECT last_message_id, read_up_to_id FROM conversation WHERE id = ?", (conversation_id,))
        if not rows:
            raise NotFound("There is no such conversation.")
        newest, before = rows[0]
        if newest <= before:
            return
        sql.run("UPDATE conversation SET read_up_to_id = ? WHERE id = ? AND read_up_to_id < ?", (newest, conversation_id, newest))
        number = publish(ConversationChanged(conversation_id), actor=actor)
        news.conversation_changed(conversation_id, number)
        if store.get("read_receipts") and _customer_wrote_after(conversation_id, before):
            after_commit(lambda: tasks.tell_read(conversation_id))


def _customer_wrote_after(conversation_id: int, message_id: int) -> bool:
    return bool(
        sql.run("SELECT 1 FROM message WHERE conversation_id = ? AND id > ? AND direction = 'in' LIMIT 1", (conversation_id, message_id))
    )
