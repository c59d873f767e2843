"""The one line that a person reads in a list for each kind of message, and what a message's typed object is.

Customers' words pass byte for byte: nothing is stripped, joined or normalised.
"""

from collections.abc import Callable
from typing import Any

from wablast_box.engine.meta.payloads.values import Object, obj, objects, text


def caption(content: Object) -> str | None:
    return text(content.get("caption"))


def body(content: Object) -> str | None:
    return text(content.get("body"))


def place(content: Object) -> str | None:
    return text(content.get("name")) or text(content.get("address"))


def people(content: Object) -> str | None:
    names = [name for card in objects(content.get("contacts")) if (name := card_name(card))]
    return ", ".join(names) or None


def card_name(card: Object) -> str | None:
    """Cards shared on request may carry no name: then the number speaks for itself."""
    name = obj(card.get("name"))
    given = " ".join(part for key in ("first_name", "last_name") if (part := text(name.get(key))))
    phones = (text(phone.get("phone")) or text(phone.get("wa_id")) for phone in objects(card.get("phones")))
    return text(name.get("formatted_name")) or given or text(name.get("name")) or next((p for p in phones if p), None)


def tapped(content: Object) -> str | None:
    """The title that the customer tapped, or what stands for it."""
    kind = content.get("type")
    reply = obj(content.get(kind)) if type(kind) is str else {}
    if kind == "call_permission_reply":
        answer = text(reply.get("response"))
        return f"📞 {answer}" if answer else None
    if kind == "payment_method":
        paid = text(reply.get("reference_id")) or text(reply.get("payment_method"))
        return f"💳 {paid}" if paid else None
    return text(reply.get("title")) or text(reply.get("body"))


def cart(content: Object) -> str | None:
    count = len(objects(content.get("product_items")))
    return text(content.get("text")) or (f"🛒 {count} item{'' if count == 1 else 's'}" if count else None)


def emoji(content: Object) -> str | None:
    """No emoji, or an empty one, means that the reaction was taken back."""
    return text(content.get("emoji"))


def new_words(content: Object) -> str | None:
    """What the message says after the edit."""
    inner = obj(content.get("message"))
    kind = inner.get("type")
    if type(kind) is not str:
        return None
    return list_text(kind, obj(inner.get(kind)))


TEXTS: dict[str, Callable[[Object], str | None]] = {
    "text": body,
    "image": caption,
    "video": caption,
    "document": caption,
    "audio": caption,
    "location": place,
    "contacts": people,
    "interactive": tapped,
    "button": lambda content: text(content.get("text")),
    "order": cart,
    "reaction": emoji,
    "system": body,
    "edit": new_words,
}


def list_text(kind: str, content: dict[str, Any]) -> str | None:
    found = TEXTS.get(kind)
    return found(content) if found else None
