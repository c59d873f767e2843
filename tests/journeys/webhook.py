"""Meta's door of a demo, knocked at directly: for what no pretend phone would send."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
import urllib.request
from typing import Any

from .demo import Demo

SECRET = "simulator-app-secret"
_numbers = itertools.count(1)


def message(body: dict[str, Any], *, wa_id: str, name: str) -> dict[str, Any]:
    """One message of a customer and the contact beside it, now."""
    head = {"id": f"wamid.J{time.time_ns()}.{next(_numbers)}", "from": wa_id, "timestamp": str(int(time.time()))}
    return {"messages": [head | body], "contacts": [{"wa_id": wa_id, "profile": {"name": name}}]}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": {"body": words}}


def delivers(demo: Demo, *values: dict[str, Any]) -> None:
    """Post them all in one body, signed."""
    metadata = {"display_phone_number": "918047182200", "phone_number_id": "106540352242922"}
    changes = [{"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata} | value} for value in values]
    raw = json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": changes}]}).encode()
    request = urllib.request.Request(f"{demo.address}/hooks/meta", data=raw, headers={"Content-Type": "application/json"})
    request.add_header("X-Hub-Signature-256", "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest())
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200
