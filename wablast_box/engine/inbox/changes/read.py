"""What messages show of the changes that came after them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wablast_box.lib import sql
from wablast_box.lib.db import JsonField

_json = JsonField().python_value
_FIELDS = "about_wamid, id, conversation_id, direction, type, text, content_json, sender, COALESCE(sent_at, created_at)"


@dataclass(frozen=True, slots=True)
class Change:
    """One reaction, edit or deletion, as it came."""

    about_wamid: str
    id: int
    conversation_id: int
    direction: str
    type: str
    text: str | None
    content_json: str | None
    sender: str | None
    at: int

    @property
    def content(self) -> dict[str, Any]:
        return _json(self.content_json) or {}


def changes_of(wamids: Iterable[str | None]) -> dict[str, list[Change]]:
    """All changes of messages, by wamid, in the order in which they were made. One of ours that failed never happened."""
    wanted = sorted({wamid for wamid in wamids if wamid})
    found: dict[str, list[Change]] = {}
    if wanted:
        where, params = sql.among("about_wamid", wanted)
        rows = sql.run(f"SELECT {_FIELDS} FROM message WHERE {where} AND state <> 'failed'", params)
        for change in sorted((Change(*row) for row in rows), key=lambda change: (change.at, change.id)):
            found.setdefault(change.about_wamid, []).append(change)
    return found


def fitting(changes: Sequence[Change], row: Mapping[str, Any]) -> list[Change]:
    """Those that may change this message: of its own conversation, and words only by the side that wrote them."""
    return [
        change
        for change in changes
        if change.conversation_id == row["conversation_id"] and (change.type == "reaction" or change.direction == row["direction"])
    ]


def reactions(changes: Sequence[Change]) -> list[Change]:
    """The last of each side, unless it was taken back."""
    last = {change.direction: change for change in changes if change.type == "reaction"}
    return [change for change in last.values() if change.text]


def edits(changes: Sequence[Change]) -> list[Change]:
    """Edits with new words, in order."""
    return [change for change in changes if change.type == "edit" and change.text is not None]


def revoke(changes: Sequence[Change]) -> Change | None:
    """The deletion, if there is one."""
    return next((change for change in changes if change.type == "revoke"), None)
