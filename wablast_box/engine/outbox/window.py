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
    return _closes_at(conversation.last_inbound_at)


def is_open(conversation: Conversation, at: datetime | None = None) -> bool:
    """Has the customer written within the 24 hours before `at` (now)?"""
    return _is_open(conversation.last_inbound_at, at or now())


def require_open(conversation: Conversation, message_type: str) -> None:
    """Templates may go out at any time, everything else only while the window is open."""
    _raise(_window_refusal(message_type, conversation.last_inbound_at))


def require_consent(contact: Contact, category: str | None) -> None:
    """Nobody who stopped marketing gets any. `category` is the template's own, as far as the caller knows it."""
    _raise(_consent_refusal(category, contact.marketing_opted_out_at))


def refusal(message_type: str, last_inbound_at: datetime | None, category: str | None, opted_out_at: datetime | None) -> Conflict | None:
    """What either rule has against sending now, for whoever has the moments and not the rows."""
    return _window_refusal(message_type, last_inbound_at) or _consent_refusal(category, opted_out_at)


def _closes_at(last_inbound_at: datetime | None) -> datetime | None:
    return None if last_inbound_at is None else last_inbound_at + WINDOW


def _is_open(last_inbound_at: datetime | None, at: datetime) -> bool:
    closes = _closes_at(last_inbound_at)
    return closes is not None and at < closes


def _window_refusal(message_type: str, last_inbound_at: datetime | None) -> Conflict | None:
    if message_type == TEMPLATE or _is_open(last_inbound_at, now()):
        return None
    never = last_inbound_at is None
    return Conflict(
        "This customer has not written yet." if never else "The customer last wrote more than 24 hours ago.",
        code="window_closed",
        help="WhatsApp only allows an approved template now. When the customer answers, you can write freely for 24 hours.",
    )


def _consent_refusal(category: str | None, opted_out_at: datetime | None) -> Conflict | None:
    if (category or "").lower() != MARKETING or opted_out_at is None:
        return None
    return Conflict(
        "This customer has stopped marketing messages.",
        code="opted_out",
        help="Send none until the customer asks for them again. Answers and service messages are not affected.",
    )


def _raise(why: Conflict | None) -> None:
    if why is not None:
        raise why
