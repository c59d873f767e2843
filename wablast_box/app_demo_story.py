"""A little history for the demo, played on the pretend phones: the customers write by HTTP, the owner answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.inbox.models import Conversation, Message, MessageState
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.outbox.answer import answer
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Unavailable, Upstream

ARRIVES_WITHIN_S = 10.0
ARRIVED = (MessageState.DELIVERED, MessageState.READ, MessageState.PLAYED)
Line = tuple[str, dict[str, Any] | str]

# (who, what they do on the phone) or ("asha", what she answers to the one who wrote last)
STORY: tuple[Line, ...] = (
    ("lakshmi", {"type": "text", "text": "வணக்கம், போன வாரம் வாங்கிய புடவையின் பில் கிடைக்குமா?"}),
    ("asha", "வணக்கம் Lakshmi! Of course, I will send you the bill today."),
    ("lakshmi", {"type": "text", "text": "Thank you 🙏"}),
    ("imran", {"type": "text", "text": "Salaam, can you deliver 20 cotton bedsheets to our guest house?"}),
    ("asha", "Salaam Imran, yes: within three days. Where is it?"),
    (
        "imran",
        {"type": "location", "latitude": 12.3052, "longitude": 76.6552, "name": "Green Leaf Guest House", "address": "Temple Road, Mysuru"},
    ),
    ("dev", {"type": "text", "text": "Hi, found you through Instagram. Do you ship to Pune?"}),
    ("ananya", {"type": "image", "caption": "Do you have this border in green?"}),
    ("kabir", {"type": "text", "text": "Hello! Is the indigo block print still in stock?"}),
    ("asha", "Hello Kabir, yes: 14 metres are left. Shall I keep some for you?"),
    ("kabir", {"type": "text", "text": "Please keep 3 metres for me, I'll come by on Saturday."}),
)


def was_told() -> bool:
    """Has the story happened on an earlier start?"""
    return Message.select(Message.id).first() is not None


def tell_story(address: str, owner: User) -> None:
    """Let it happen."""
    with _phones(address) as phones:
        _play(phones, Actor("user", owner.id, owner.name, Role.OWNER))


def remind_phones(address: str) -> None:
    """Whatever the phones remember: the 24-hour windows must be the same on both sides."""
    with _phones(address) as phones:
        for customer in phones.get("/control/customers").raise_for_status().json()["items"]:
            wrote_at = _last_wrote(customer)
            if wrote_at is not None:
                hours = max(0.0, (now() - wrote_at).total_seconds() / 3600)
                phones.patch(f"/control/customers/{customer['id']}", json={"wrote_hours_ago": hours}).raise_for_status()


@contextmanager
def _phones(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{address}/simulator", trust_env=False, timeout=10) as phones:
        try:
            yield phones
        except httpx.HTTPError as failed:
            raise Upstream(f"The simulator did not answer ({type(failed).__name__}).") from failed


def _play(phones: httpx.Client, asha: Actor) -> None:
    conversation_id = 0
    for who, what in STORY:
        if isinstance(what, str):
            queued = answer(EVERYTHING, asha, conversation_id, {"type": "text", "text": {"body": what}}, key=None)
            _has_got_there(int(queued["id"]))
        else:
            said = phones.post(f"/control/customers/{who}/acts", json=what).raise_for_status().json()
            conversation_id = _arrived(said.get("wamid") or said["id"])


def _arrived(wamid: str) -> int:
    """The conversation of a message, once it has come through the webhook."""
    for _ in _until(ARRIVES_WITHIN_S):
        found = Message.get_or_none(Message.wamid == wamid)
        if found is not None:
            return int(found.conversation.id)
    raise Unavailable("A message of the story did not arrive.")


def _has_got_there(message_id: int) -> None:
    """Nobody goes on talking before the answer is on their phone: it would stand below what they say next."""
    for _ in _until(ARRIVES_WITHIN_S):
        if Message.get_by_id(message_id).state in ARRIVED:
            return
    raise Unavailable("An answer of the story did not arrive.")


def _last_wrote(customer: dict[str, Any]) -> Any:
    wa_id = "".join(c for c in customer.get("phone") or "" if c.isdigit()) or None
    found = (
        Conversation.select(Conversation.last_inbound_at)
        .join(Contact)
        .where((Contact.wa_id == wa_id) | (Contact.user_id == customer.get("user_id")))
        .first()
    )
    return found.last_inbound_at if found is not None else None


def _until(limit_s: float) -> Iterator[None]:
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        yield
        time.sleep(0.03)
