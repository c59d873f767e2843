"""A customer's message in Meta's form: what stands in `value.messages[]` of a webhook."""

from __future__ import annotations

import base64
from typing import TypedDict

from wablast_box.simulator.records import Account, Customer, MediaFile, Message, Settings
from wablast_box.simulator.state import State, unix
from wablast_box.simulator.wire import Json


class How(TypedDict, total=False):
    """How a message is sent: as an answer, passed on, from an ad, about a product."""

    quoting: Message | str | None
    forwarded: bool
    forwarded_often: bool
    referral: Json | None
    product: Json | None


def raw_message(state: State, message: Message, how: How) -> Json:
    """The whole entry."""
    raw = raw_sender(message.customer, state.settings)
    raw |= {"id": message.wamid, "timestamp": unix(message.at), "type": message.type}
    if message.content is not None:
        raw[message.type] = message.content
    if context := _context(state, message, how):
        raw["context"] = context
    if referral := how.get("referral"):
        raw["referral"] = referral
    return raw


def raw_sender(customer: Customer, settings: Settings) -> Json:
    """Who writes: the number, the user id, or both."""
    raw: Json = {"from": customer.phone} if customer.phone else {}
    if settings.user_ids or not customer.phone:
        raw["from_user_id"] = customer.user_id
        if customer.parent_user_id:
            raw["from_parent_user_id"] = customer.parent_user_id
    return raw


def described(file: MediaFile, graph_url: str) -> Json:
    """A file as an incoming message names it."""
    return {
        "id": file.id,
        "mime_type": file.mime_type,
        "sha256": base64.b64encode(file.sha256).decode(),
        "url": f"{graph_url}/lookaside/{file.id}?source=webhook",
    }


def card(name: str, phone: str) -> Json:
    """A contact card."""
    first, _, last = name.partition(" ")
    digits = "".join(filter(str.isdigit, phone))
    return {
        "name": {"formatted_name": name, "first_name": first, **({"last_name": last} if last else {})},
        "phones": [{"phone": phone, "wa_id": digits, "type": "CELL"}],
    }


def preferences_value(customer: Customer, preference: Json, *, account: Account, settings: Settings) -> Json:
    """The value of a `user_preferences` webhook."""
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": account.digits, "phone_number_id": account.phone_number_id},
        "contacts": [{key: value for key, value in customer.contact(user_ids=settings.user_ids).items() if key != "profile"}],
        "user_preferences": [preference],
    }


def _context(state: State, message: Message, how: How) -> Json:
    context: Json = {}
    if message.quoted is not None:
        quoted = state.messages.get(message.quoted)
        customer = message.customer
        author = customer.phone if quoted is not None and quoted.from_customer else state.account.digits
        # Without a phone number the thread knows no numbers at all.
        if customer.phone and author:
            context["from"] = author
        context["id"] = message.quoted
    if how.get("forwarded_often"):
        context["frequently_forwarded"] = True
    elif how.get("forwarded"):
        context["forwarded"] = True
    if product := how.get("product"):
        context["referred_product"] = product
    return context
