"""What a window missed while it was away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wablast_box.lib import sql

# Only what windows show; the rest of the log is for the house.
SHOWN = (
    "message.received", "message.queued", "message.updated", "conversation.updated", "conversation.assigned",
    "conversation.state_changed", "conversation.tagged", "note.added", "note.updated", "activity.added",
    "contact.updated", "contact.merged",
)  # fmt: skip
SLACK_MS = 2_000


@dataclass(frozen=True, slots=True)
class Missed:
    """Events after one that the window saw; `reload` when they are too many or already forgotten."""

    items: list[dict[str, Any]]
    next_cursor: str | None
    reload: bool


def newest_id() -> int:
    """The id of the newest event, 0 when nothing has happened yet."""
    return int(sql.run("SELECT COALESCE(MAX(id), 0) FROM event")[0][0])


def seen_id() -> int:
    """From here on a window that loads everything now asks what it missed. A little in the past: ids are made before the commit."""
    return max(newest_id() - (SLACK_MS << 21), int(sql.run("SELECT COALESCE(MIN(id), 0) FROM event")[0][0]))


def missed(after: int, limit: int, visible_to: int | None, *, sees_free: bool = True) -> Missed:
    """Oldest first. `visible_to`: an agent hears only of conversations that are theirs, and with `sees_free` of nobody's."""
    oldest = int(sql.run("SELECT COALESCE(MIN(id), 0) FROM event")[0][0])
    if after < oldest - 1 and after != 0:
        return Missed([], None, reload=True)
    where, params = sql.among("e.name", SHOWN)
    seen, seen_params = "1 = 1", []
    if visible_to is not None:
        seen, seen_params = "(c.assignee_id IS NULL OR c.assignee_id = ?)" if sees_free else "c.assignee_id = ?", [visible_to]
    rows = sql.run(
        "SELECT e.id, e.name, e.conversation_id, e.subject_id FROM event e"  # noqa: S608
        " JOIN conversation c ON c.id = e.conversation_id"
        f" WHERE e.id > ? AND {where} AND {seen} ORDER BY e.id LIMIT ?",
        [after, *params, *seen_params, limit + 1],
    )
    shown = rows[:limit]
    return Missed([_view(row) for row in shown], str(shown[-1][0]) if len(rows) > limit else None, reload=False)


def _view(row: tuple[Any, ...]) -> dict[str, Any]:
    number, name, conversation_id, subject_id = row
    return {
        "event_id": str(number),
        "name": name,
        "conversation_id": str(conversation_id),
        "message_id": str(subject_id) if name.startswith("message.") else None,
        "subject_id": None if subject_id is None else str(subject_id),
    }
