"""Tell open windows that a person changed: after commit, and only who it is; what is known of them they ask for themselves."""

from __future__ import annotations

from wablast_box.engine.contacts.events import ContactChanged, ContactsMerged
from wablast_box.engine.events.live import News, is_anyone_listening, tell
from wablast_box.engine.events.publish import publish
from wablast_box.engine.inbox import news
from wablast_box.engine.inbox.visibility import rooms_of
from wablast_box.lib import sql
from wablast_box.lib.db import after_commit


def contact_changed(contact_id: int, actor: str | None) -> int:
    """In the caller's transaction: the event, and after it the news; also for the conversation that shows the person."""
    conversation_id, rooms = _where(contact_id)
    event_id = publish(ContactChanged(contact_id, conversation_id), actor=actor)
    payload = {"event_id": str(event_id), "contact_id": str(contact_id), "conversation_id": _text(conversation_id)}
    _tell_after_commit(News(rooms, "contact.updated", payload))
    if conversation_id is not None:
        news.conversation_changed(conversation_id, event_id)
    return event_id


def contacts_merged(event: ContactsMerged, gone_assignee_id: int | None, actor: str | None) -> None:
    """Whoever looks at the conversation that is gone is led to the one that stayed."""
    event_id = publish(event, actor=actor)
    payload = {
        "event_id": str(event_id),
        "contact_id": str(event.subject_id),
        "gone_id": str(event.gone_id),
        "conversation_id": _text(event.conversation_id),
        "gone_conversation_id": _text(event.gone_conversation_id),
    }
    gone = event.gone_conversation_id
    rooms = ("inbox:all",) if gone is None else rooms_of(gone, gone_assignee_id)
    _tell_after_commit(News((*rooms, *_where(event.subject_id)[1]), "contact.merged", payload))


def _tell_after_commit(one: News) -> None:
    after_commit(lambda: tell([one]) if is_anyone_listening() else None)


def _where(contact_id: int) -> tuple[int | None, tuple[str, ...]]:
    rows = sql.run("SELECT id, assignee_id FROM conversation WHERE contact_id = ?", (contact_id,))
    return (rows[0][0], rooms_of(rows[0][0], rows[0][1])) if rows else (None, ("inbox:all",))


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
