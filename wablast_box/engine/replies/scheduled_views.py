"""Scheduled messages as screens and the API are shown them, and the news of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wablast_box.engine.events.live import News, tell_what_is_kept
from wablast_box.engine.inbox.read import conversations_by_id
from wablast_box.engine.inbox.views import sender_names
from wablast_box.engine.inbox.visibility import rooms_of
from wablast_box.engine.replies.models import ScheduledMessage, ScheduledState
from wablast_box.lib.clock import iso

LINE = 80


def open_in(conversation_id: int) -> list[dict[str, Any]]:
    """Waiting and failed ones, soonest first."""
    table = ScheduledMessage
    states = table.state.in_([ScheduledState.WAITING, ScheduledState.FAILED])
    return _views(table.select().where((table.conversation == conversation_id) & states).order_by(table.due_at, table.id))


def one(number: int) -> dict[str, Any]:
    """By id; it exists."""
    return _views(ScheduledMessage.select().where(ScheduledMessage.id == number))[0]


def words(kind: str, text: str | None) -> str:
    """A line that says what it is about."""
    line = " ".join((text or kind).split())
    return line if len(line) <= LINE else line[: LINE - 1] + "…"


def tell_changed(number: int) -> None:
    """Open windows of the conversation hear of it after commit. Others ask when they open it."""

    tell_what_is_kept(lambda: _news(number))


def _news(number: int) -> list[News]:
    view = one(number)
    told = {"conversation_id": view["conversation_id"], "scheduled": view}
    found = conversations_by_id([int(view["conversation_id"])])
    return [
        News(rooms_of(int(row["id"]), int(row["assignee"]["id"]) if row["assignee"] else None), "scheduled.changed", told) for row in found
    ]


def _views(rows: Iterable[ScheduledMessage]) -> list[dict[str, Any]]:
    found = list(rows)
    names = sender_names({row.actor for row in found})
    return [_view(row, names) for row in found]


def _view(row: ScheduledMessage, names: dict[str, str]) -> dict[str, Any]:
    kind, _, number = row.actor.partition(":")
    error = None if row.error_code is None else {"code": row.error_code, "message": row.error, "help": row.error_help}
    return {
        "id": str(row.id),
        "conversation_id": str(row.conversation_id),
        "message": row.body_json,
        "at": iso(row.due_at),
        "state": row.state,
        "author": {"kind": kind, "id": number or None, "name": names.get(row.actor)},
        "error": error,
        "message_id": None if row.message_id is None else str(row.message_id),
        "created_at": iso(row.created_at),
    }
