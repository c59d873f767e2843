"""Templates that stand in the box without Meta having been asked."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.message_templates.models import MessageTemplate, TemplateSync
from wablast_box.engine.message_templates.shape import shape_of
from wablast_box.lib.clock import now
from wablast_box.lib.ids import new_id

Part = dict[str, Any]
ORDER: list[Part] = [
    {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["WB-1"]}},
    {"type": "BODY", "text": "Hello {{1}}, order {{2}} leaves today.", "example": {"body_text": [["Kabir", "WB-1"]]}},
    {"type": "FOOTER", "text": "Asha Textiles"},
    {
        "type": "BUTTONS",
        "buttons": [
            {"type": "QUICK_REPLY", "text": "Track"},
            {"type": "URL", "text": "Details", "url": "https://shop.example/o/{{1}}", "example": ["https://shop.example/o/1"]},
            {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+918047182200"},
            {"type": "COPY_CODE", "text": "Copy", "example": "DIWALI"},
        ],
    },
]
NAMED: list[Part] = [
    {"type": "HEADER", "format": "IMAGE"},
    {
        "type": "BODY",
        "text": "Hi {{first_name}}, your {{item}} is ready.",
        "example": {
            "body_text_named_params": [{"param_name": "first_name", "example": "Kabir"}, {"param_name": "item", "example": "saree"}]
        },
    },
]
CODE: list[Part] = [
    {"type": "BODY", "text": "*{{1}}* is your verification code.", "example": {"body_text": [["123456"]]}},
    {"type": "FOOTER", "code_expiration_minutes": 10},
    {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Copy code", "url": "https://www.whatsapp.com/otp/code/?code=otp{{1}}"}]},
]


def card(*, words: str = "{{1}} for {{2}}", kind: str = "IMAGE", buttons: list[Part] | None = None) -> Part:
    """One card of a carousel, as Meta describes it."""
    link = {"type": "URL", "text": "Buy", "url": "https://shop.example/p/{{1}}", "example": ["https://shop.example/p/1"]}
    return {
        "components": [
            {"type": "HEADER", "format": kind, "example": {"header_handle": ["4::aW1hZ2UvanBlZw=="]}},
            {"type": "BODY", "text": words, "example": {"body_text": [["Silk saree", "₹4,200"]]}},
            {"type": "BUTTONS", "buttons": buttons or [{"type": "QUICK_REPLY", "text": "Show me"}, link]},
        ]
    }


SAREES: list[Part] = [
    {"type": "BODY", "text": "New this week, {{1}}:", "example": {"body_text": [["Kabir"]]}},
    {"type": "CAROUSEL", "cards": [card(), card()]},
]
PLAIN: list[Part] = [{"type": "BODY", "text": "Your order is ready."}]


def plant(
    name: str,
    components: list[Part] | None = None,
    *,
    language: str = "en",
    category: str = "utility",
    status: str = "approved",
    named: bool = False,
) -> MessageTemplate:
    """The template of that name and language, made unless it is there."""
    parts, form = components or PLAIN, "named" if named else "positional"
    words = shape_of(parts, category=category, parameter_format=form).words
    MessageTemplate.insert(
        id=new_id(), meta_id=f"{name}.{language}", name=name, language=language, category=category, status=status, quality="unknown",
        parameter_format=form, components_json=parts, words=words, created_at=now(),
    ).on_conflict_ignore().execute()  # fmt: skip
    TemplateSync.insert(id=1, synced_at=now()).on_conflict_ignore().execute()
    return MessageTemplate.get((MessageTemplate.name == name) & (MessageTemplate.language == language))
