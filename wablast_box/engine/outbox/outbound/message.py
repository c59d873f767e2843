"""What may be sent: `parse_outbound` checks a request against WhatsApp's limits before a row is written.

Whom it goes to, whether the window is open and whether the customer agreed are decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.meta.payloads.texts import list_text
from wablast_box.engine.outbox.outbound.fields import Fields, our_id
from wablast_box.engine.outbox.outbound.interactive import check_interactive
from wablast_box.engine.outbox.outbound.media import OutboundMedia, check_media, media_ids

TEMPLATE_NAME = re.compile(r"[a-z0-9_]{1,512}")
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")
BUTTON_PLACE = re.compile(r"[0-9]")
CARD_LISTS = ("addresses", "emails", "phones", "urls")
CARD_NAMES = ("formatted_name", "first_name", "last_name", "middle_name", "suffix", "prefix")


@dataclass(frozen=True, slots=True)
class Outbound:
    """A request that WhatsApp's limits allow. `content` is the typed object as Meta wants it, with `media_id`s of ours."""

    type: str
    text: str | None
    content: dict[str, Any]
    media: OutboundMedia | None = None
    card_media: tuple[OutboundMedia, ...] = ()  # of a template's cards, from left to right
    media_ids: tuple[int, ...] = ()
    reply_to_message_id: int | None = None
    reacts_to_message_id: int | None = None  # a reaction may name our id; its content then has no wamid yet
    client_key: str | None = None


def parse_outbound(body: Mapping[str, Any]) -> Outbound:
    """Raises Invalid with the field and what to write instead."""
    fields = Fields(body, "")
    kind = fields.choice("type", *KINDS)
    fields.optional_choice("messaging_product", "whatsapp")
    fields.optional_choice("recipient_type", "individual")
    fields.raw("to")
    client_key = fields.optional("client_key", 200)
    reply_to = our_id(fields, "reply_to")
    content = without_nulls(check_content(fields, kind))
    fields.end()
    reacts_to = our_id(Fields(content, kind), "message_id") if _names_our_message(kind, content) else None
    return Outbound(
        type=kind,
        text=_line(kind, content),
        content=content,
        media=OutboundMedia.of(kind, content),
        media_ids=media_ids(content),
        reply_to_message_id=reply_to if kind != "reaction" else None,
        reacts_to_message_id=reacts_to,
        client_key=client_key,
    )


def check_content(fields: Fields, kind: str) -> dict[str, Any]:
    if kind == "contacts":
        return {"contacts": check_contacts(fields)}
    inner = fields.inner(kind)
    KINDS[kind](inner)
    return dict(inner.source)


def without_nulls(value: Any) -> Any:
    """A copy. To us null means "not given"; Graph refuses it."""
    if isinstance(value, Mapping):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [without_nulls(inner) for inner in value]
    return value


def _names_our_message(kind: str, content: Mapping[str, Any]) -> bool:
    return kind == "reaction" and not content["message_id"].startswith("wamid.")


def _line(kind: str, content: dict[str, Any]) -> str | None:
    """What a person reads in a list."""
    if kind == "template":
        return str(content["name"])
    if kind == "interactive":
        body = content.get("body")
        return body["text"] if isinstance(body, Mapping) else None
    return list_text(kind, content)


def check_text(text: Fields) -> None:
    text.text("body", 4096)
    text.flag("preview_url")
    text.end()


def check_location(location: Fields) -> None:
    location.degrees("latitude", 90)
    location.degrees("longitude", 180)
    location.optional("name", 1000)
    location.optional("address", 1000)
    location.end()


def check_contacts(message: Fields) -> list[dict[str, Any]]:
    cards = message.each("contacts", 1, 257, "contact cards")
    for card in cards:
        check_card(card)
    return [dict(card.source) for card in cards]


def check_card(card: Fields) -> None:
    name = card.inner("name")
    name.text("formatted_name", 512)
    for part in CARD_NAMES[1:]:
        name.optional(part, 512)
    name.end()
    for key in CARD_LISTS:
        if key in card:
            check_strings(card.each(key, 0, 100, "entries"))
    if "org" in card:
        check_strings([card.inner("org")])
    card.optional("birthday", 32)
    for key in (*CARD_LISTS, "org"):
        card.raw(key)
    card.end()


def check_strings(entries: list[Fields]) -> None:
    """Addresses, phones and the like: whatever keys, short texts only."""
    for entry in entries:
        for key in entry.source:
            entry.optional(str(key), 1000)


def check_reaction(reaction: Fields) -> None:
    """An empty emoji takes the reaction back."""
    reaction.text("message_id", 512)
    emoji = reaction.optional("emoji", 32)
    if emoji is None:
        raise reaction.fail("emoji", 'is missing: write one emoji, or "" to take the reaction back.')
    if any(c.isspace() or (c.isascii() and c.isalpha()) for c in emoji):
        raise reaction.fail("emoji", "should be one emoji.")
    reaction.end()


def check_template(template: Fields) -> None:
    name = template.text("name", 512)
    if not TEMPLATE_NAME.fullmatch(name):
        raise template.fail("name", "is not a template's name: lower-case letters, digits and _ only.")
    language = template.inner("language")
    code = language.text("code", 16)
    if not LANGUAGE.fullmatch(code):
        raise language.fail("code", 'is not a language code such as "en", "en_US" or "hi".')
    language.optional_choice("policy", "deterministic")
    language.end()
    if "components" in template:
        for component in template.each("components", 0, 20, "components"):
            check_component(component)
    template.raw("components")
    template.end()


def check_component(component: Fields) -> None:
    """How many values of which kind is the template's own affair; their form is checked here."""
    kind = component.choice("type", "header", "body", "button", "carousel", "limited_time_offer", "order_status")
    component.optional("sub_type", 64)
    index = component.raw("index")
    if index is not None and (isinstance(index, bool) or not BUTTON_PLACE.fullmatch(str(index))):
        raise component.fail("index", "should be the button's place, counted from 0.")
    if kind == "carousel":
        for card in component.each("cards", 1, 10, "cards"):
            card.whole("card_index", 0, 9)
            for inner in card.each("components", 0, 10, "components"):
                check_component(inner)
            card.end()
    elif "parameters" in component:
        for parameter in component.each("parameters", 0, 100, "values"):
            check_parameter(parameter)
    component.raw("parameters")
    component.end()


def check_parameter(parameter: Fields) -> None:
    kind = parameter.text("type", 64)
    if kind == "text":
        parameter.text("text", 4096)
        parameter.optional("parameter_name", 512)
        parameter.end()
    elif kind in ("image", "video", "document"):
        check_media(parameter.inner(kind), kind, bare=True)


KINDS: dict[str, Callable[[Fields], None]] = {
    "text": check_text,
    "image": lambda media: check_media(media, "image"),
    "audio": lambda media: check_media(media, "audio"),
    "video": lambda media: check_media(media, "video"),
    "document": lambda media: check_media(media, "document"),
    "sticker": lambda media: check_media(media, "sticker"),
    "location": check_location,
    "contacts": check_card,
    "reaction": check_reaction,
    "interactive": check_interactive,
    "template": check_template,
}
