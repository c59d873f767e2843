"""May we write now? Meta's 24-hour customer service window for what is written freely, consent for marketing."""

from __future__ import annotations

from datetime import datetime

from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.inbox.views import WINDOW
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Conflict

TEMPLATE = "template"
MARKETING = "marketing"


def closes_at(conversation: Conversation) -> datetime | None:
    """When the window closes or closed; None when the customer never wrote."""
    last = conversation.last_inbound_at
    return None if last is None else last + WINDOW


def is_open(conversation: Conversation, at: datetime | None = None) -> bool:
    """Has the customer written within the 24 hours before `at` (now)?"""
    closes = closes_at(conversation)
    return closes is not None and (at or now()) < closes


def require_open(conversation: Conversation, message_type: str) -> None:
    """Templates may go out at any time, everything else only while the window is open."""
    if message_type == TEMPLATE or is_open(conversation):
        return
    never = conversation.last_inbound_at is None
    raise Conflict(
        "This customer has not written yet." if never else "The customer last wrote more than 24 hours ago.",
        code="window_closed",
        help="WhatsApp only allows an approved template now. When the customer answers, you can write freely for 24 hours.",
    )


def require_consent(contact: Contact, category: str | None) -> None:
    """Nobody who stopped marketing gets any. `category` is the template's own, as far as the caller knows it."""
    if (category or "").lower() == MARKETING and contact.marketing_opted_out_at is not None:
        raise Conflict(
            "This customer has stopped marketing messages.",
            code="opted_out",
            help="Send none until the customer asks for them again. Answers and service messages are not affected.",
        )
