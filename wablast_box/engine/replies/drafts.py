"""Words that are not sent yet, the same on every device of whoever writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.events.live import News, is_anyone_listening, tell
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.replies.models import Mode
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import from_ms, iso, now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid

LONGEST = 20_000
_FIELDS = "d.conversation_id, d.mode, d.text, d.version, d.updated_at"


def drafts_of(viewer: Viewer, actor: Actor) -> list[dict[str, Any]]:
    """What this person has begun, in conversations that they may still see. A machine begins nothing."""
    if actor.kind != "user":
        return []
    seen, params = viewer.condition()
    rows = sql.run(
        f"SELECT {_FIELDS} FROM draft d JOIN conversation c ON c.id = d.conversation_id WHERE d.user_id = ? AND {seen}"
        " ORDER BY d.updated_at DESC",
        [actor.id, *params],
    )
    return [_view(row) for row in rows]


def keep_draft(
    viewer: Viewer, actor: Actor, conversation_id: int, *, mode: Mode, text: str, based_on: int | None, window: str
) -> dict[str, Any]:
    """Keep what was typed; the newest writer wins. What is kept now.

    One thing a window that is behind may not do: empty a draft that it has not seen. That happens when a message is sent
    from one device while another goes on writing.
    """
    if actor.kind != "user":
        raise Invalid("Only people have drafts.", help="Send the message at once.")
    if len(text) > LONGEST:
        raise Invalid(f"A draft has at most {LONGEST:,} characters.", field="text")
    read.conversation(viewer, conversation_id)
    place = (conversation_id, actor.id, mode.value)
    with transaction():
        before = _kept(place)
        if text == "" and before is not None and based_on != before[3]:
            return _view(before)
        if text == "":
            return _emptied(place, before, window)
        if before is not None and before[2] == text:
            return _view(before)
        return _told(_write(place, text), actor.id, window)


def _write(place: Sequence[Any], text: str) -> tuple[Any, ...]:
    return sql.run(
        "INSERT INTO draft (conversation_id, user_id, mode, text, version, updated_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (conversation_id, user_id, mode) DO UPDATE SET"
        " text = excluded.text, version = excluded.version, updated_at = excluded.updated_at"
        " RETURNING conversation_id, mode, text, version, updated_at",
        (*place, text, ids.new_id(), now_ms()),
    )[0]


def _emptied(place: Sequence[Any], before: tuple[Any, ...] | None, window: str) -> dict[str, Any]:
    row = (place[0], place[2], "", ids.new_id(), now_ms())
    if before is None:
        return _view(row)
    sql.run("DELETE FROM draft WHERE conversation_id = ? AND user_id = ? AND mode = ?", place)
    return _told(row, place[1], window)


def _kept(place: Sequence[Any]) -> tuple[Any, ...] | None:
    found = sql.run(f"SELECT {_FIELDS} FROM draft d WHERE d.conversation_id = ? AND d.user_id = ? AND d.mode = ?", place)
    return found[0] if found else None


def _told(row: tuple[Any, ...], user_id: int | None, window: str) -> dict[str, Any]:
    """The writer's other windows hear of it; `window` lets the one that wrote know its own words."""
    view = _view(row)
    if is_anyone_listening():
        tell([News((f"user:{user_id}",), "draft.updated", {"draft": view, "window": window})])
    return view


def _view(row: tuple[Any, ...]) -> dict[str, Any]:
    conversation_id, mode, text, version, at = row
    return {"conversation_id": str(conversation_id), "mode": mode, "text": text, "version": str(version), "updated_at": iso(from_ms(at))}
