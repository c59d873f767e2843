"""Say who answers a conversation."""

from __future__ import annotations

from wablast_box.engine.events.publish import publish
from wablast_box.engine.inbox import news
from wablast_box.engine.inbox.events import ConversationAssigned
from wablast_box.engine.inbox.thread import activity
from wablast_box.engine.team.models import User
from wablast_box.engine.team.users import can_answer
from wablast_box.lib import sql
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid, NotFound


def assign(conversation_id: int, user_id: int | None, *, actor: str) -> None:
    """Give the conversation to a person, or back to nobody."""
    name = None if user_id is None else answering_user(user_id).name
    with transaction():
        before = sql.run("SELECT assignee_id FROM conversation WHERE id = ?", (conversation_id,))
        changed = sql.run(
            "UPDATE conversation SET assignee_id = ? WHERE id = ? AND COALESCE(assignee_id, 0) <> ? RETURNING id",
            (user_id, conversation_id, user_id or 0),
        )
        if changed:
            number = publish(ConversationAssigned(conversation_id, user_id), actor=actor)
            news.conversation_taken(conversation_id, before[0][0], user_id, number)
            news.conversation_changed(conversation_id, number)
            activity.record(conversation_id, "assigned", actor, {"user": None if user_id is None else {"id": str(user_id), "name": name}})


def answering_user(user_id: int) -> User:
    """The user, if it is one who can answer conversations."""
    user = User.get_or_none(User.id == user_id)
    if user is None:
        raise NotFound("There is no such person.")
    if not can_answer(user):
        raise Invalid(f"{user.name} cannot answer conversations.", field="user_id")
    return user
