"""What a customer tapped: a button, a row of a list, a quick reply of a template. Their ids are ours, sent out with the message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Ids that begin so are answers to a question the box asked by itself: nobody needs to read or answer them.
FOR_THE_BOX = "box:"


def tapped_id(content: Mapping[str, Any]) -> str:
    """The id of what was tapped; empty when the message is no tap. Never more than text, whatever came in."""
    for kind in ("button_reply", "list_reply"):
        tapped = content.get(kind)
        if isinstance(tapped, Mapping) and isinstance(tapped.get("id"), str):
            return str(tapped["id"])
    payload = content.get("payload")
    return payload if isinstance(payload, str) else ""
