"""Ask after a resolve by a person, if the owner wants that. When the matter was opened is the key: one matter, one question."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.desk.survey.models import Survey
from wablast_box.engine.desk.survey.question import as_list, as_template
from wablast_box.engine.desk.triage.events import ConversationStateChanged
from wablast_box.engine.inbox.models import Conversation, Priority
from wablast_box.engine.message_templates import find
from wablast_box.engine.outbox import window
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.engine.settings import store
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict, Unavailable

SCOPE = "survey"
# Nobody likes to be asked every day.
AGAIN_AFTER_MS = 7 * 86_400_000


def is_resolved_by_a_person(event: ConversationStateChanged) -> bool:
    """Idle conversations are resolved by the box; their customers are left in peace."""
    return event.state == "resolved" and event.why == "person"


def ask(event: ConversationStateChanged) -> None:
    """Queue the question; whatever hinders it is kept with the survey."""
    if not store.get("survey_on"):
        return
    number = ids.new_id()
    with transaction():
        conversation = Conversation.get_or_none(Conversation.id == event.conversation_id)
        if conversation is None or conversation.state != "resolved" or _was_asked_lately(conversation.id):
            return
        taken = sql.run(
            "INSERT INTO survey (id, conversation_id, opened_at, agent_id, asked_at) SELECT ?, id, COALESCE(opened_at, 0), assignee_id, ?"
            " FROM conversation WHERE id = ? ON CONFLICT (conversation_id, opened_at) DO NOTHING RETURNING id",
            (number, now_ms(), conversation.id),
        )
        if taken:
            _send(number, conversation)


def _send(number: int, conversation: Conversation) -> None:
    try:
        with transaction():
            outbound = parse_outbound(_question(number, conversation))
            sent = send_message(conversation.id, outbound, actor="system", scope=SCOPE, idempotency_key=str(number), priority=Priority.FLOW)
    except Unavailable:
        raise
    except BoxError as refused:
        Survey.update(problem=refused.message).where(Survey.id == number).execute()
        return
    Survey.update(message_id=sent.id).where(Survey.id == number).execute()


def _question(number: int, conversation: Conversation) -> dict[str, Any]:
    if window.is_open(conversation):
        return as_list(number, str(store.get("survey_question")))
    name = str(store.get("survey_template"))
    if not name:
        raise Conflict("The window is closed, and no template is set for the question.", code="window_closed")
    row = find.choose(name, [conversation.contact.language])
    buttons = sum(1 for button in find.shape(row).buttons if button.kind == "quick_reply")
    return as_template(number, row.name, row.language, buttons)


def _was_asked_lately(conversation_id: int) -> bool:
    recent = (Survey.conversation == conversation_id) & (Survey.asked_at > now_ms() - AGAIN_AFTER_MS)
    return bool(Survey.select().where(recent & Survey.problem.is_null()).exists())
