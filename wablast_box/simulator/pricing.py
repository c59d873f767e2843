"""What Meta would write into `pricing` and `conversation` of a status."""

from __future__ import annotations

from datetime import datetime

from wablast_box.simulator.records import FREE_ENTRY_POINT, Customer, Message, Number, Settings
from wablast_box.simulator.state import unix
from wablast_box.simulator.wire import Json

_TEMPLATE_KINDS = {"MARKETING": "marketing", "UTILITY": "utility", "AUTHENTICATION": "authentication"}
_FREE_ENTRY: Json = {
    "billable": False,
    "pricing_model": "PMP",
    "type": "free_entry_point",
    "category": "referral_conversion",
}
_FREE_SERVICE: Json = {
    "billable": False,
    "pricing_model": "PMP",
    "type": "free_customer_service",
    "category": "service",
}
_PAID_SERVICE: Json = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"}


def price(message: Message, *, category: str | None, number: Number, settings: Settings) -> None:
    """Decide once, when the message is accepted."""
    customer, at = message.customer, message.at
    if _opens_free_entry_point(customer, at):
        customer.free_until = at + FREE_ENTRY_POINT
        message.conversation = {
            "id": message.wamid[-32:].strip("=").lower(),
            "expiration_timestamp": unix(customer.free_until),
            "origin": {"type": "referral_conversion"},
        }
    if customer.free_until is not None and at < customer.free_until:
        message.pricing = _FREE_ENTRY
    elif category is not None:
        kind = _TEMPLATE_KINDS.get(category, category.lower())
        message.pricing = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": kind}
    else:
        message.pricing = _service(number, settings, at)


def _service(number: Number, settings: Settings, at: datetime) -> Json:
    month = f"{at.year}-{at.month}"
    used = number.free_services_used.get(month, 0)
    number.free_services_used[month] = used + 1
    return _FREE_SERVICE if used < settings.free_service_messages else _PAID_SERVICE


def _opens_free_entry_point(customer: Customer, at: datetime) -> bool:
    came = customer.came_from_ad_at
    if came is None or (customer.free_until is not None and at < customer.free_until):
        return False
    customer.came_from_ad_at = None
    return (at - came).total_seconds() < 24 * 3600
