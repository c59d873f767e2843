"""One message of a webhook, from a customer, an echo of our own phone, or an old one out of the history."""

from typing import Any

from wablast_box.engine.meta.payloads.items import (
    INBOUND_TYPES,
    Attachment,
    Direction,
    InboundMessage,
    MetaError,
    Surroundings,
)
from wablast_box.engine.meta.payloads.texts import list_text
from wablast_box.engine.meta.payloads.values import (
    EMPTY,
    Bad,
    Object,
    ident,
    moment,
    number,
    obj,
    objects,
    pick,
    required,
    text,
    yes,
)

MEDIA = frozenset({"image", "video", "audio", "document", "sticker"})
OLD_NAMES = {"voice": "audio", "unknown": "unsupported"}
WITHOUT_OBJECT = frozenset({"request_welcome", "unsupported"})
COMMON = frozenset(
    [
        "id",
        "from",
        "from_user_id",
        "from_parent_user_id",
        "to",
        "to_user_id",
        "to_parent_user_id",
        "timestamp",
        "type",
        "context",
        "referral",
        "errors",
        "group_id",
    ]
)
EXTRAS = ("identity", "from_logical_id", "to_logical_id", "history_context", "recipient_type")


def parse_message(message: Object, around: Surroundings, direction: Direction = "in") -> InboundMessage:
    """Raises `Bad` when the message cannot be told from others, for lack of a usable id."""
    wamid = required(message.get("id"), "the message's id")
    original, kind = type_of(message)
    content = content_of(message, kind, original)
    wa_id, user_id, parent_user_id = customer_of(message, direction)
    contact = contact_of(around, wa_id, user_id)
    profile = obj(contact.get("profile"))
    context = obj(message.get("context"))
    if contact and (wa_id is None or wa_id == contact.get("wa_id") or user_id == contact.get("user_id")):
        # Ids are only taken from a contact that surely is this customer: a wrong pairing would merge two people.
        wa_id = wa_id or ident(contact.get("wa_id"), "wa_id")
        user_id = user_id or ident(contact.get("user_id"), "user_id")
        parent_user_id = parent_user_id or ident(contact.get("parent_user_id"), "parent_user_id")
    if wa_id is None and user_id is None:
        raise Bad("the message names no customer")
    return InboundMessage(
        wamid=wamid,
        field=around.field,
        direction=direction,
        type=kind,
        original_type=original,
        text=list_text(kind, content),
        content=content,
        sent_at=moment(message.get("timestamp")),
        wa_id=wa_id,
        user_id=user_id,
        parent_user_id=parent_user_id,
        profile_name=text(profile.get("name")),
        username=text(profile.get("username")),
        waba_id=around.waba_id,
        phone_number_id=around.phone_number_id,
        display_phone_number=around.display_phone_number,
        attachment=attachment_of(content) if kind in MEDIA else None,
        reply_to_wamid=ident(context.get("id"), "context.id"),
        forwarded=yes(context.get("forwarded")),
        frequently_forwarded=yes(context.get("frequently_forwarded")),
        referral=obj(message.get("referral")) or None,
        group_id=ident(message.get("group_id"), "group_id"),
        errors=errors_of(message.get("errors")) or around.errors,
        extras=extras_of(message, context, around),
    )


def type_of(message: Object) -> tuple[str, str]:
    """The name Meta gave and the one we use. Without a name the object that is there names it."""
    original = message.get("type")
    if type(original) is not str or not original:
        original = next((name for name in message if name in INBOUND_TYPES), "unsupported")
    original = original[:64]
    kind = OLD_NAMES.get(original, original)
    return original, kind if kind in INBOUND_TYPES else "unsupported"


def content_of(message: Object, kind: str, original: str) -> Object:
    if kind == "contacts":
        # `origin` tells the number that was asked for from a card of anybody's.
        return {"contacts": objects(message.get("contacts"))} | pick(message, ("origin",))
    found = message.get(original)
    if type(found) is dict and kind not in WITHOUT_OBJECT:
        return found
    # An object we cannot type is kept whole, so that nothing a customer sent is lost.
    return {key: value for key, value in message.items() if key not in COMMON and key not in EXTRAS}


def customer_of(message: Object, direction: Direction) -> tuple[str | None, str | None, str | None]:
    if direction == "in":
        return (
            ident(message.get("from"), "from"),
            ident(message.get("from_user_id"), "from_user_id"),
            ident(message.get("from_parent_user_id"), "from_parent_user_id"),
        )
    return (
        ident(message.get("to"), "to"),
        ident(message.get("to_user_id"), "to_user_id"),
        ident(message.get("to_parent_user_id"), "to_parent_user_id"),
    )


def contact_of(around: Surroundings, wa_id: str | None, user_id: str | None) -> Object:
    """The contact that speaks of this customer, or an empty one."""
    contacts = around.contacts
    for contact in contacts:
        if wa_id is not None and contact.get("wa_id") == wa_id:
            return contact
        if user_id is not None and contact.get("user_id") == user_id:
            return contact
    if len(contacts) != 1:
        return EMPTY
    nameless = not contacts[0].get("wa_id") and not contacts[0].get("user_id")
    return contacts[0] if around.alone or nameless or (wa_id is None and user_id is None) else EMPTY


def attachment_of(media: Object) -> Attachment | None:
    media_id, url = ident(media.get("id"), "media id"), text(media.get("url"))
    if media_id is None and url is None:
        return None
    return Attachment(
        media_id=media_id,
        mime_type=text(media.get("mime_type")),
        sha256=text(media.get("sha256")),
        filename=text(media.get("filename")),
        voice=yes(media.get("voice")),
        animated=yes(media.get("animated")),
        url=url,
    )


def errors_of(value: Any) -> tuple[MetaError, ...]:
    if value is None:
        return ()
    return tuple(
        MetaError(
            code=number(error.get("code")),
            title=text(error.get("title")) or text(error.get("message")),
            details=text(obj(error.get("error_data")).get("details")) or text(error.get("details")),
            href=text(error.get("href")),
        )
        for error in objects(value)
    )


def extras_of(message: Object, context: Object, around: Surroundings) -> Object:
    extras = around.extras | pick(message, EXTRAS)
    if context and "referred_product" in context:
        extras["referred_product"] = context["referred_product"]
    return extras
