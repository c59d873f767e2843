"""Meta's side in tests: bodies as it posts them, delivered straight to the box's table."""

from __future__ import annotations

import itertools
from typing import Any

import orjson

from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.process import process_due

_numbers = itertools.count(1)


def text(
    body: str = "hi", *, wamid: str | None = None, wa_id: str | None = "919812345678", name: str = "Kabir", **more: Any
) -> dict[str, Any]:
    """A text message and the contact beside it."""
    message = {"id": wamid or f"wamid.T{next(_numbers)}", "timestamp": "1760000000", "type": "text", "text": {"body": body}, **more}
    contact: dict[str, Any] = {"profile": {"name": name}}
    if wa_id:
        message["from"] = contact["wa_id"] = wa_id
    if "from_user_id" in more:
        contact["user_id"] = more["from_user_id"]
    return {"messages": [message], "contacts": [contact]}


def status(wamid: str, word: str, *, at: int = 1760000100, **more: Any) -> dict[str, Any]:
    """One status update."""
    return {"statuses": [{"id": wamid, "status": word, "timestamp": str(at), "recipient_id": "919812345678", **more}]}


def body(*values: dict[str, Any], field: str = "messages") -> bytes:
    """One webhook body with a change for each value."""
    metadata = {"display_phone_number": "918047182200", "phone_number_id": "106540352242922"}
    changes = [{"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}} for value in values]
    return orjson.dumps({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": changes}]})


def delivers(*bodies: bytes) -> None:
    """Meta posts, the box stores and processes."""
    accept([knock("meta", raw) for raw in bodies])
    while process_due():
        pass
