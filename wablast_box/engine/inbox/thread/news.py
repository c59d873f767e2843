"""Tell open windows of new notes and activities: after commit, from what is on disk, and only when somebody listens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wablast_box.engine.events.live import News, tell_what_is_kept
from wablast_box.engine.inbox.thread import views
from wablast_box.engine.inbox.visibility import rooms_of
from wablast_box.lib import sql


def notes_added(event_ids: Mapping[int, int]) -> None:
    """Notes were written: note id → event id."""
    tell_what_is_kept(lambda: _packets("note", views.notes_by_id(sorted(event_ids)), event_ids))


def notes_changed(event_ids: Mapping[int, int]) -> None:
    """Notes were changed or taken back: note id → event id."""
    tell_what_is_kept(lambda: _packets("note", views.notes_by_id(sorted(event_ids)), event_ids, "updated"))


def activities_added(event_ids: Mapping[int, int]) -> None:
    """Something was done with conversations: activity id → event id."""
    tell_what_is_kept(lambda: _packets("activity", views.activities_by_id(sorted(event_ids)), event_ids))


def _packets(kind: str, shown: Sequence[dict[str, Any]], event_ids: Mapping[int, int], what: str = "added") -> list[News]:
    rooms = _rooms({int(view["conversation_id"]) for view in shown})
    return [News(rooms[view["conversation_id"]], f"{kind}.{what}", _payload(kind, view, event_ids)) for view in shown]


def _payload(kind: str, view: dict[str, Any], event_ids: Mapping[int, int]) -> dict[str, Any]:
    return {"event_id": str(event_ids[int(view["id"])]), "conversation_id": view["conversation_id"], kind: view}


def _rooms(numbers: set[int]) -> dict[str, Sequence[str]]:
    if not numbers:
        return {}
    where, params = sql.among("id", sorted(numbers))
    rows = sql.run(f"SELECT id, assignee_id FROM conversation WHERE {where}", params)
    return {str(number): rooms_of(number, assignee_id) for number, assignee_id in rows}
