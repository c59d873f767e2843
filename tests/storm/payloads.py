"""What customers say in the storm: recorded messages, each with an id and a sender of its own."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .texts import text_for

Json = dict[str, Any]
# Kinds that are one new message each; edits, reactions and the like are about another message.
KINDS = {"text", "image", "video", "audio", "document", "sticker", "location", "contacts", "interactive", "button", "order"}
OUR_RECORDINGS = Path(__file__).parent.parent / "contract" / "meta"
FIRST_PHONE = 919_820_000_000
BASE_TIME = 1_790_000_000


@dataclass(frozen=True, slots=True)
class Said:
    """One message of one customer, as a webhook carries it."""

    wamid: str
    phone: str
    kind: str
    text: str | None
    message: Json
    contact: Json


def recordings(*folders: Path) -> list[Json]:
    """Every customer's message in the recorded webhooks of the folders."""
    return [message for folder in folders for path in sorted(folder.glob("*.json")) for message in _messages_of(path)]


def _messages_of(path: Path) -> Iterator[Json]:
    try:
        body = json.loads(path.read_bytes())
        for entry in body["entry"]:
            for change in entry["changes"]:
                for message in change["value"].get("messages", []):
                    # Groups, and customers who hide their number, have ids of another kind.
                    if message.get("type") in KINDS and isinstance(message.get("from"), str) and "group_id" not in message and message.get(message["type"]):
                        yield message
    except (ValueError, KeyError, TypeError, AttributeError):
        return  # recordings of broken bodies belong to other tests


def invent(rng: random.Random, count: int, recorded: Sequence[Json], *, prefix: str, now_s: int) -> list[Said]:
    """`count` messages: half of them text, the rest as recorded, all with ids and senders of their own."""
    return [_said(rng, rng.choice(recorded), f"wamid.{prefix}{serial:06d}", serial, now_s) for serial in range(count)]


def _said(rng: random.Random, recorded: Json, wamid: str, serial: int, now_s: int) -> Said:
    message = copy.deepcopy(recorded)
    text = None
    if message["type"] == "text" or rng.random() < 0.5:
        text = text_for(rng, serial)
        message = {"type": "text", "text": {"body": text}}
    phone = str(FIRST_PHONE + rng.randrange(max(8, serial // 3 + 1)))
    message |= {"id": wamid, "from": phone, "timestamp": str(now_s - rng.randrange(3600))}
    message.pop("from_user_id", None)
    contact = {"profile": {"name": f"Kabir {phone[-4:]}"}, "wa_id": phone}
    return Said(wamid, phone, message["type"], text, message, contact)


def statuses_for(wamid: str, phone: str, callback: str | None, now_s: int) -> list[Json]:
    """What Meta reports about a message that was read."""
    extra = {"biz_opaque_callback_data": callback} if callback else {}
    return [
        {"id": wamid, "status": status, "timestamp": str(now_s + step), "recipient_id": phone, **extra}
        for step, status in enumerate(("sent", "delivered", "read"))
    ]
