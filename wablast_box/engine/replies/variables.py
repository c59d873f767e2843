"""What a canned reply may ask for, and what that is in a conversation."""

from __future__ import annotations

import re
from typing import Any

from wablast_box.engine.contacts.fields import read as fields
from wablast_box.engine.contacts.models import Contact, FieldKind
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.errors import Invalid, NotFound
from wablast_box.lib.interpolate import names_in

KNOWN = ("contact.name", "contact.first_name", "contact.username", "agent.name", "agent.first_name", "business.name")
# A field of the shop's own making: whether a customer has it is seen when it is filled.
OWN_FIELDS = "contact.fields."


def values_for(conversation_id: int, actor: Actor) -> dict[str, Any]:
    """Names and what they stand for. A customer is called as their profile says, never by their number."""
    contact = Contact.select().join(Conversation).where(Conversation.id == conversation_id).first()
    if contact is None:
        raise NotFound("There is no such conversation.")
    return {
        "contact": {
            "name": contact.name,
            "first_name": _first(contact.name),
            "username": contact.username,
            "fields": _own_fields(contact.id, actor),
        },
        "agent": {"name": actor.name, "first_name": _first(actor.name)},
        "business": {"name": store.get("business_name")},
    }


def require_known(text: str) -> None:
    """Refuse a text that asks for what does not exist: it could never be sent."""
    unknown = [name for name in names_in(text) if name not in KNOWN and not name.startswith(OWN_FIELDS)]
    if unknown:
        raise Invalid(
            "There is nothing called " + ", ".join(f"“{name}”" for name in unknown) + ".",
            help="Known are " + ", ".join(KNOWN) + f" and {OWN_FIELDS}NAME.",
            field="text",
        )


def key_of(field: str) -> str:
    """How a field of the shop's own making is named in a text: "Blouse size" is contact.fields.blouse_size."""
    return re.sub(r"[\s.|{}]+", "_", field.strip().lower())


def _own_fields(contact_id: int, actor: Actor) -> dict[str, str]:
    """Whoever sees no numbers sends none: half of one in a message would help nobody."""
    known = fields.values_of([contact_id]).get(contact_id, [])
    return {key_of(one["name"]): one["value"] for one in known if not (actor.hides_numbers and one["kind"] == FieldKind.PHONE)}


def _first(name: str | None) -> str | None:
    words = (name or "").split()
    return words[0] if words else None
