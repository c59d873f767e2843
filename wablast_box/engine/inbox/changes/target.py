"""Which message a reaction, an edit or a deletion is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Where Meta's body of each kind names the message.
_NAMES_TARGET = {"reaction": "message_id", "edit": "original_message_id", "revoke": "original_message_id"}


def about_wamid(kind: str, content: Mapping[str, Any]) -> str | None:
    """The wamid of the message that this one changes; None for one that stands for itself."""
    name = _NAMES_TARGET.get(kind)
    found = content.get(name) if name else None
    return found if isinstance(found, str) and found else None
