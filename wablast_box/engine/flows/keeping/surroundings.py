"""What a flow's texts and conditions see beside its own variables: who writes, where, what they wrote last, and us."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.contacts.fields import read as fields
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.flows.keeping.sessions import name_of
from wablast_box.engine.flows.models import FlowSession
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.replies.variables import key_of
from wablast_box.engine.settings import store
from wablast_box.lib import sql
from wablast_box.lib.clock import iso


def zone() -> ZoneInfo:
    """The time zone of the business."""
    return ZoneInfo(str(store.get("time_zone")))


def surroundings(session: FlowSession, message: Message | None, moment: datetime) -> dict[str, Any]:
    """Plain values only: nothing here leads back to the box."""
    conversation = sql.load(Conversation, "id = ?", (session.conversation_id,))[0]
    return {
        "contact": _contact(conversation.contact_id),
        "conversation": {"id": str(conversation.id), "tags": _tags(conversation.id)},
        "message": {} if message is None else {"text": message.text or "", "type": message.type, "id": str(message.id)},
        "business": {"name": store.get("business_name")},
        "flow": {"id": str(session.flow_id), "name": name_of(session.flow_id)},
        "session": {"id": str(session.id)},
        "now": iso(moment),
    }


def _contact(contact_id: int) -> dict[str, Any]:
    contact = sql.load(Contact, "id = ?", (contact_id,))[0]
    name = contact.name or ""
    own = fields.values_of([contact.id]).get(contact.id, [])
    return {
        "id": str(contact.id),
        "name": name,
        "first_name": (name.split() or [""])[0],
        "phone": contact.phone,
        "language": contact.language,
        "fields": {key_of(one["name"]): one["value"] for one in own},
    }


def _tags(conversation_id: int) -> list[str]:
    rows = sql.run("SELECT t.name FROM conversation_tag c JOIN tag t ON t.id = c.tag_id WHERE c.conversation_id = ?", (conversation_id,))
    return sorted(row[0] for row in rows)
