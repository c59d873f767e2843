"""What begins a flow, by kind: the words an owner reads. A kind stands here once something in the box makes it happen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def in_words(given: Mapping[str, Any]) -> str:
    """A trigger that no message sets off, in a line: “Every week Mon, Thu at 10:00: customers with VIP”."""
    kind = str(given["kind"])
    if kind == "schedule":
        return _schedule(given)
    if kind == "date_field":
        return f"{_days(given)}{given.get('field', '')} at {given.get('at') or '10:00'}"
    if kind == "not_read":
        return f"Not read for {float(given.get('amount') or 6):g} {given.get('unit') or 'hours'}"
    about = " ".join(str(given[name]) for name in ("tag", "field", "becomes", "template") if given.get(name))
    return f"{KINDS[kind]}: {about}" if about else KINDS[kind]


def _schedule(given: Mapping[str, Any]) -> str:
    often = {
        "once": f"On {given.get('on', '')}", "weekly": f"Every week {given.get('weekdays', '')}",
        "monthly": f"Every month on the {float(given.get('day') or 1):g}.",
    }.get(str(given.get("repeat")), "Every day")  # fmt: skip
    wrote = f"who wrote in the last {float(given.get('who_days') or 30):g} days"
    whom = wrote if given.get("who") == "wrote" else f"customers with {given.get('who_tag', '')}"
    return f"{often} at {given.get('at') or '10:00'}: {whom}"


def _days(given: Mapping[str, Any]) -> str:
    count = float(given.get("days") or 1)
    days = f"{count:g} {'day' if count == 1 else 'days'}"
    return {"before": f"{days} before ", "after": f"{days} after "}.get(str(given.get("side")), "On ")
