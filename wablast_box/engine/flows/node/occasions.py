"""What begins a flow, by kind: the words an owner reads. A kind stands here once something in the box makes it happen."""

from __future__ import annotations

MESSAGES = {
    "keyword": "The message says", "any_message": "Any message", "first_message": "The first message of a customer",
    "unmatched": "No other flow answers", "button": "A button of a template", "ad": "Coming from an advertisement",
}  # fmt: skip
TIMES = {"schedule": "At a time", "date_field": "A date of the customer"}
EVENTS = {
    "tag_added": "A tag was put on", "tag_removed": "A tag was taken off", "contact_created": "A new customer",
    "contact_field_changed": "A field of the customer changed", "conversation_opened": "A conversation opened",
    "conversation_resolved": "A conversation was resolved", "conversation_assigned": "A conversation was assigned",
}  # fmt: skip
STATUSES = {"not_read": "A message was not read for", "message_read": "A message was read", "message_failed": "A message failed"}
KINDS = MESSAGES | TIMES | EVENTS | STATUSES
# Nobody wrote to begin these.
BY_ITSELF = frozenset(TIMES | EVENTS | STATUSES)
# The customer may have written long ago then, or never: WhatsApp may take templates only.
WINDOW_MAY_BE_SHUT = BY_ITSELF - {"conversation_opened"}
# What a plan has to look for, because nothing tells of it.
PLANNED = ("schedule", "date_field", "not_read")
