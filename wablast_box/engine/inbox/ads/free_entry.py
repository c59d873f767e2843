"""Meta's free entry point: who came by an advertisement and is answered within a day costs nothing for 72 hours.

Meta says so in the statuses of our messages: `pricing.type` is free_entry_point, and the status that opens the window
carries when it ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wablast_box.lib import sql
from wablast_box.lib.db import JsonField

LASTS = timedelta(hours=72)
# A window that Meta has not dated runs from its first message; a dated one is believed.
_OPEN = "UPDATE conversation SET free_entry_until = ? WHERE id = ? AND COALESCE(free_entry_until, 0) < ?"
_json = JsonField().python_value


@dataclass(frozen=True, slots=True)
class Priced:
    """A status of ours that says something about its price."""

    conversation_id: int
    at: int
    detail_json: str


def open_free_entry(priced: Sequence[Priced]) -> None:
    """Note until when each conversation is free; in the caller's transaction."""
    for one in priced:
        detail = _json(one.detail_json) or {}
        dated = _expires_at(detail)
        if dated is not None:
            sql.run(_OPEN, (dated, one.conversation_id, dated))
        elif _get(detail, "pricing", "type") == "free_entry_point":
            sql.run(_OPEN, (one.at + round(LASTS.total_seconds() * 1000), one.conversation_id, one.at))


def _expires_at(detail: Mapping[str, Any]) -> int | None:
    if _get(detail, "conversation", "origin", "type") != "referral_conversion":
        return None
    given = str(_get(detail, "conversation", "expiration_timestamp") or "")
    return int(given) * 1000 if given.isascii() and given.isdigit() and len(given) <= 11 else None


def _get(found: Any, *path: str) -> Any:
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found
