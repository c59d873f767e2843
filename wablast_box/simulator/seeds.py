"""The people who write in, and the templates the business already has."""

from __future__ import annotations

from wablast_box.simulator.records import Template
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json

PEOPLE: tuple[tuple[str, str, str], ...] = (
    ("kabir", "Kabir Mehta", "919845012345"),
    ("ananya", "Ananya Rao", "919845067890"),
    ("imran", "Imran Sheikh", "919000010037"),
    ("lakshmi", "Lakshmi Iyer", "919443311220"),
)
DEV_USER_ID = "IN.13491208655302741918"
DEV_NUMBER = "919845098765"


def plant(state: State) -> None:
    """Fill an empty state."""
    for id, name, phone in PEOPLE:
        state.add_customer(name, phone=phone, id=id)
    dev = state.add_customer("Dev Patel", username="@dev.patel", user_id=DEV_USER_ID, id="dev")
    dev.own_number = dev.own_number or DEV_NUMBER
    for name, category, components in TEMPLATES:
        made = Template(state.new_number(), name, "en_US", category, components, status="APPROVED")
        state.templates[made.id] = made
    hindi = Template(state.new_number(), "order_update", "hi", "UTILITY", ORDER_UPDATE_HINDI, status="APPROVED")
    state.templates[hindi.id] = hindi


def _body(text: str, *examples: str) -> Json:
    body: Json = {"type": "BODY", "text": text}
    if examples:
        body["example"] = {"body_text": [list(examples)]}
    return body


def _quick(*labels: str) -> Json:
    return {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": label} for label in labels]}


ORDER_UPDATE_HINDI: list[Json] = [
    _body("नमस्ते {{1}}, आपका ऑर्डर {{2}} पैक हो गया है।", "काबीर", "WB-2051"),
    _quick("ट्रैक करें"),
]


def _card(example: str, price: str, code: str) -> Json:
    link = {"type": "URL", "text": "See it", "url": "https://shop.example/p/{{1}}", "example": [f"https://shop.example/p/{code}"]}
    return {
        "components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW1hZ2UvanBlZw=="]}},
            _body("The {{1}}, now for {{2}} only", example, price),
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Keep it for me"}, link]},
        ]
    }


TEMPLATES: tuple[tuple[str, str, list[Json]], ...] = (
    (
        "hello_world",
        "UTILITY",
        [
            {"type": "HEADER", "format": "TEXT", "text": "Hello World"},
            _body(
                "Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message "
                "notification from the Cloud API, hosted by Meta. Thank you for taking the time to test with us."
            ),
            {"type": "FOOTER", "text": "WhatsApp Business Platform sample message"},
        ],
    ),
    (
        "order_update",
        "UTILITY",
        [
            _body("Hello {{1}}, your order {{2}} is packed and leaves our shop today.", "Kabir", "WB-2051"),
            {"type": "FOOTER", "text": "Asha Textiles, Mysuru"},
            {
                "type": "BUTTONS",
                "buttons": [
                    {"type": "QUICK_REPLY", "text": "Track order"},
                    {"type": "QUICK_REPLY", "text": "Talk to us"},
                    {
                        "type": "URL",
                        "text": "See details",
                        "url": "https://shop.example/orders/{{1}}",
                        "example": ["https://shop.example/orders/2051"],
                    },
                ],
            },
        ],
    ),
    (
        "diwali_offer",
        "MARKETING",
        [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW1hZ2UvanBlZw=="]}},
            _body("Diwali is near, {{1}}! Until {{2}} every handloom saree comes with a gift box.", "Ananya", "Sunday"),
            {"type": "FOOTER", "text": "Reply STOP to hear no more offers"},
            _quick("Show me", "Not now"),
        ],
    ),
    (
        "new_arrivals",
        "MARKETING",
        [
            _body("New on our shelves, {{1}}:", "Ananya"),
            {"type": "CAROUSEL", "cards": [_card("Mysore silk saree", "₹4,200", "silk"), _card("Cotton saree", "₹900", "cotton")]},
        ],
    ),
    (
        "login_code",
        "AUTHENTICATION",
        [
            _body("*{{1}}* is your verification code.", "123456"),
            {"type": "FOOTER", "code_expiration_minutes": 10},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"}]},
        ],
    ),
)
