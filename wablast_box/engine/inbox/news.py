"""Tell open windows what changed in the inbox: after commit, from what is on disk, and only when somebody listens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wablast_box.engine.events.live import News, tell, tell_what_is_kept
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.visibility import rooms_of


def messages_received(event_ids: Mapping[int, int]) -> None:
    """Customers wrote: message id → event id."""
    _after_commit("message.received", event_ids)


def messages_changed(event_ids: Mapping[int, int]) -> None:
    """Messages moved on: message id → event id."""
    _after_commit("message.updated", event_ids)


def conversation_changed(conversation_id: int, event_id: int) -> None:
    """Read by staff, or assigned."""
    tell_what_is_kept(lambda: _conversation_news({conversation_id: event_id}))


def conversations_changed(event_ids: Mapping[int, int]) -> None:
    """Many at once: conversation id → event id."""
    if event_ids:
        tell_what_is_kept(lambda: _conversation_news(event_ids))


def conversation_taken(conversation_id: int, before: int | None, after: int | None, event_id: int) -> None:
    """Somebody else answers now: those who may only see what is theirs or nobody's lose sight of it."""
    if after is None or after == before:
        return
    room = "inbox:unassigned" if before is None else f"inbox:user:{before}"
    told = {"event_id": str(event_id), "conversation_id": str(conversation_id), "assignee_id": str(after)}
    tell([News((room,), "conversation.taken", told)])


def _after_commit(name: str, event_ids: Mapping[int, int]) -> None:
    if event_ids:
        tell_what_is_kept(lambda: _message_news(name, event_ids))


def _message_news(name: str, event_ids: Mapping[int, int]) -> list[News]:
    views = read.messages_by_id(sorted(event_ids))
    newest = {int(view["conversation_id"]): event_ids[int(view["id"])] for view in views}
    conversations = {view["id"]: view for view in read.conversations_by_id(sorted(newest))} if newest else {}
    told = [
        News(_rooms(conversations[view["conversation_id"]]), name, _message_payload(event_ids[int(view["id"])], view))
        for view in views
        if view["conversation_id"] in conversations
    ]
    return told + [_packet(conversations[str(number)], event_id) for number, event_id in newest.items() if str(number) in conversations]


def _conversation_news(event_ids: Mapping[int, int]) -> list[News]:
    return [_packet(view, event_ids[int(view["id"])]) for view in read.conversations_by_id(sorted(event_ids))]


def _message_payload(event_id: int, view: dict[str, Any]) -> dict[str, Any]:
    return {"event_id": str(event_id), "conversation_id": view["conversation_id"], "message": view}


def _packet(view: dict[str, Any], event_id: int) -> News:
    return News(_rooms(view), "conversation.updated", {"event_id": str(event_id), "conversation": view})


def _rooms(view: Mapping[str, Any]) -> Sequence[str]:
    assignee = view["assignee"]
    return rooms_of(int(view["id"]), int(assignee["id"]) if assignee else None)
