"""Customers and messages as the phone page draws them and scripts read them."""

from __future__ import annotations

from wablast_box.lib.clock import iso, now
from wablast_box.simulator.reading import choices, summary
from wablast_box.simulator.records import Customer, Message, Progress
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json


def customer_shown(customer: Customer) -> Json:
    """One line of the list of customers."""
    last = customer.thread[-1] if customer.thread else None
    typing = customer.typing_until is not None and customer.typing_until > now()
    return {
        "id": customer.id,
        "name": customer.name,
        "phone": customer.phone,
        "username": customer.username,
        "user_id": customer.user_id,
        "online": customer.online,
        "read_receipts": customer.read_receipts,
        "reachable": customer.reachable,
        "blocked": customer.blocked,
        "auto_read": customer.auto_read,
        "unread": customer.unread,
        "typing_until": iso(customer.typing_until) if typing else None,
        "window_open": customer.window_is_open(now()),
        "last": None if last is None else {"text": summary(last), "mine": last.from_customer, "at": iso(last.at)},
    }


def message_shown(message: Message, state: State) -> Json:
    """One bubble."""
    return {
        "wamid": message.wamid,
        "customer_id": message.customer.id,
        "mine": message.from_customer,
        "type": message.type,
        "content": message.content,
        "at": iso(message.at),
        "state": _ticks(message),
        "quoted": _quoted(message, state),
        "forwarded": message.forwarded,
        "reactions": list(message.reactions.values()),
        "my_reaction": message.reactions.get("customer"),
        "edited": message.edited,
        "revoked": message.revoked,
        "answered": message.answered,
        "choices": [choice.title for choice in choices(message)],
    }


def accepted_shown(message: Message) -> Json:
    """A message the box has sent, for those who count."""
    return {
        "wamid": message.wamid,
        "to": message.customer.phone or message.customer.user_id,
        "customer_id": message.customer.id,
        "type": message.type,
        "content": message.content,
        "context_message_id": message.quoted,
        "biz_opaque_callback_data": message.callback_data,
        "state": message.progress.value,
        "errors": message.errors,
        "at": iso(message.at),
    }


def _ticks(message: Message) -> str:
    if message.from_customer and message.read_by_business:
        return Progress.READ.value
    return Progress.SENT.value if message.progress is Progress.ACCEPTED else message.progress.value


def _quoted(message: Message, state: State) -> Json | None:
    if message.quoted is None or message.type == "template":
        return None
    quoted = state.messages.get(message.quoted)
    if quoted is None or quoted.customer is not message.customer:
        return None
    return {"wamid": quoted.wamid, "text": summary(quoted), "mine": quoted.from_customer, "type": quoted.type}
