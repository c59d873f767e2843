"""Staff at work on conversations, and open windows that hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from wablast_box.engine.desk.triage.bulk import in_bulk
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.inbox.thread.models import ConversationActivity
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor

HOUR = timedelta(hours=1)


def state_of(number: int) -> str:
    return str(Conversation.get_by_id(number).state)


def lines(number: int) -> list[tuple[str, dict[str, Any]]]:
    """What the thread says was done."""
    rows = ConversationActivity.select().where(ConversationActivity.conversation == number).order_by(ConversationActivity.id)
    return [(row.kind, row.detail_json) for row in rows]


def bulk(actor: Actor, numbers: Sequence[int], action: str, *, viewer: Viewer = EVERYTHING, **given: Any) -> dict[str, Any]:
    return in_bulk(viewer, actor, [str(number) for number in numbers], action, given)
