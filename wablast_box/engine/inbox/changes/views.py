"""How changes look on the message that they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wablast_box.engine.inbox.changes import read
from wablast_box.engine.inbox.changes.read import Change
from wablast_box.lib.clock import from_ms, iso

_SIDES = {"in": "customer", "out": "us"}


def changes_view(row: Mapping[str, Any], changes: Sequence[Change], names: Mapping[str, str]) -> dict[str, Any]:
    """`reactions`, `edited` and `revoked` of a message."""
    gone = read.revoke(changes)
    return {
        "reactions": [_reaction(change, names) for change in read.reactions(changes)],
        "edited": _edited(row, read.edits(changes)),
        "revoked": None if gone is None else {"by": _SIDES[gone.direction], "at": _moment(gone.at)},
    }


def words_now(row: Mapping[str, Any], changes: Sequence[Change]) -> str | None:
    """What the message says after all edits."""
    last = read.edits(changes)[-1:]
    return last[0].text if last else row["text"]


def _reaction(change: Change, names: Mapping[str, str]) -> dict[str, Any]:
    return {"emoji": change.text, "by": _SIDES[change.direction], "name": names.get(change.sender or ""), "at": _moment(change.at)}


def _edited(row: Mapping[str, Any], edits: Sequence[Change]) -> dict[str, Any] | None:
    """When it was last edited, and what it said before, oldest first. The same edit twice is one."""
    if not edits:
        return None
    said = [(row["text"], row["sent_at"] or row["created_at"])]
    for edit in edits:
        if edit.text != said[-1][0]:
            said.append((edit.text, edit.at))
    return {"at": _moment(edits[-1].at), "earlier": [{"text": text, "at": _moment(at)} for text, at in said[:-1]]}


def _moment(milliseconds: int) -> str | None:
    return iso(from_ms(milliseconds))
