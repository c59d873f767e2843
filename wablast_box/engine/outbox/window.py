"""May we write now? Meta's 24-hour customer service window for what is written freely, consent for marketing.

The free 72 hours after an advertisement are about the price alone: in them a template costs nothing, but what is written
freely still needs the 24 hours (Cloud API, Pricing, Free entry points).
"""

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


def is_free_entry(conversation: Conversation, at: datetime | None = None) -> bool:
    """Does Meta charge nothing for what we send, because the customer came by an advertisement?"""
    until = conversation.free_entry_until
    return until is not None and (at or now()) < until


def require_open(conversation: Conversation, message_type: str) -> None:
    """Templates may go out at any time, everything else only while the window is open."""
    why = _window_refusal(message_type, conversation.last_inbound_at)
    if why is not None and is_free_entry(conversation):
        until = f"{conversation.free_entry_until:%d %B, %H:%M} UTC"
        why.help = f"{why.help} Until {until} a template costs nothing, because they came by an advertisement."
    _raise(why)


def require_consent(contact: Contact, category: str | None) -> None:
    """Nobody who stopped marketing gets any. `category` is the template's own, as far as the caller knows it."""
    _raise(_consent_refusal(category, contact.marketing_opted_out_at))


def require_not_blocked(contact: Contact) -> None:
    """Nothing goes to somebody whom the business has blocked at WhatsApp."""
    _raise(_block_refusal(contact.blocked_at))


def refusal(
    message_type: str,
    last_inbound_at: datetime | None,
    category: str | None,
    opted_out_at: datetime | None,
    blocked_at: datetime | None = None,
) -> Conflict | None:
    """What any rule has against sending now, for whoever has the moments and not the rows."""
    return _block_refusal(blocked_at) or _window_refusal(message_type, last_inbound_at) or _consent_refusal(category, opted_out_at)


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


def _block_refusal(blocked_at: datetime | None) -> Conflict | None:
    if blocked_at is None:
        return None
    return Conflict(
        "This customer is blocked.",
        code="blocked",
        help="WhatsApp sends them nothing from you. Unblock them to write to them again.",
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
