"""One good request of every kind that may be sent, and a way to spoil it in one place."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

from wablast_box.lib.clock import now

BODY = {"text": "Which one?"}
LINK = {"name": "cta_url", "parameters": {"display_text": "Open", "url": "https://shop.test/a"}}


def tap(kind: str, action: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, "body": BODY, "action": action} | parts}


def rows(count: int, section: int = 0) -> list[dict[str, str]]:
    return [{"id": f"{section}-{n}", "title": f"Row {n}"} for n in range(count)]


def card(index: int, **parts: Any) -> dict[str, Any]:
    return {"card_index": index, "type": "cta_url", "header": {"type": "image", "image": {"media_id": "7"}}, "action": LINK} | parts


def money(value: int) -> dict[str, int]:
    return {"value": value, "offset": 100}


ORDER = {
    "name": "review_and_pay",
    "parameters": {
        "reference_id": "INV-2026_1.a",
        "type": "digital-goods",
        "currency": "INR",
        "total_amount": money(11_000),
        "payment_settings": [{"type": "payment_gateway", "payment_gateway": {"type": "razorpay", "configuration_name": "main"}}],
        "order": {
            "status": "pending",
            "catalog_id": "1",
            "items": [{"name": "Filter coffee", "amount": money(5_000), "quantity": 2, "retailer_id": "C1"}],
            "subtotal": money(10_000),
            "tax": money(500),
            "shipping": money(700),
            "discount": money(200) | {"description": "Diwali"},
            "expiration": {"timestamp": str(int((now() + timedelta(hours=1)).timestamp())), "description": "One hour"},
        },
    },
}
FLOW = {"name": "flow", "parameters": {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Book"}}

GOOD: dict[str, dict[str, Any]] = {
    "text": {"type": "text", "text": {"body": "Namaste", "preview_url": True}},
    "image": {"type": "image", "image": {"media_id": "7", "caption": "new"}},
    "audio": {"type": "audio", "audio": {"media_id": "7", "voice": True}},
    "video": {"type": "video", "video": {"link": "https://shop.test/v.mp4"}},
    "document": {"type": "document", "document": {"media_id": "7", "filename": "bill.pdf"}},
    "sticker": {"type": "sticker", "sticker": {"media_id": "7"}},
    "location": {"type": "location", "location": {"latitude": 12.97, "longitude": "77.59", "name": "Shop"}},
    "contacts": {
        "type": "contacts",
        "contacts": [{"name": {"formatted_name": "Asha", "first_name": "Asha"}, "phones": [{"phone": "+91 1"}]}],
    },
    "reaction": {"type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": "👍🏽"}},
    "template": {
        "type": "template",
        "template": {
            "name": "diwali_offer",
            "language": {"code": "en_US"},
            "components": [
                {"type": "header", "parameters": [{"type": "image", "image": {"media_id": "7"}}]},
                {"type": "body", "parameters": [{"type": "text", "text": "Kabir"}]},
                {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "x"}]},
            ],
        },
    },
    "button": tap("button", {"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Yes"}}]}, footer={"text": "Asha's Shop"}),
    "list": tap("list", {"button": "Menu", "sections": [{"title": "A", "rows": rows(5)}, {"title": "B", "rows": rows(5, 1)}]}),
    "cta_url": tap("cta_url", LINK, header={"type": "text", "text": "Look"}),
    "location_request_message": tap("location_request_message", {"name": "send_location"}),
    "address_message": tap("address_message", {"name": "address_message", "parameters": {"country": "IN", "values": {"name": "Kabir"}}}),
    "contact_request": tap("contact_request", {"name": "request_contact_info"}),
    "call_permission_request": tap("call_permission_request", {"name": "call_permission_request"}),
    "voice_call": tap("voice_call", {"name": "voice_call", "parameters": {"display_text": "Call us"}}),
    "flow": tap("flow", FLOW),
    "catalog_message": tap("catalog_message", {"name": "catalog_message"}),
    "product": tap("product", {"catalog_id": "1", "product_retailer_id": "C1"}),
    "product_list": tap(
        "product_list",
        {"catalog_id": "1", "sections": [{"title": "Sweets", "product_items": [{"product_retailer_id": "C1"}]}]},
        header={"type": "text", "text": "Ours"},
    ),
    "carousel": tap("carousel", {"cards": [card(0), card(1, body={"text": "a\nb\nc"})]}),
    "order_details": tap("order_details", ORDER),
    "order_status": tap("order_status", {"name": "review_order", "parameters": {"reference_id": "INV", "order": {"status": "shipped"}}}),
}


def changed(kind: str, path: str, value: Any) -> dict[str, Any]:
    """A good request with one place of it changed; "…" removes it."""
    body = copy.deepcopy(GOOD[kind])
    *places, last = path.split(".")
    inside: Any = body
    for place in places:
        inside = inside[int(place)] if place.isdigit() else inside[place]
    if value == "…":
        del inside[last]
    else:
        inside[int(last) if last.isdigit() else last] = value
    return body
