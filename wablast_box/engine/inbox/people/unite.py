"""Let two rows become one person: conversations, messages and everything that hangs on them move, nothing is lost."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.contacts import accounts, activity
from wablast_box.engine.contacts.events import ContactsMerged
from wablast_box.engine.inbox.people import news, thread_lines
from wablast_box.engine.inbox.people.outcome import Outcome, Side, outcome, sides
from wablast_box.lib import sql
from wablast_box.lib.db import is_postgres
from wablast_box.lib.errors import NotFound
from wablast_box.lib.references import move_references

# What is one per conversation and cannot be added up: of the one that stays, else of the other.
_FIRST_OF = ("assignee_id", "team_id", "reminder", "in_flow_at")


def unite(kept_id: int, gone_id: int, *, actor: str | None, main_id: int | None = None, left_at: int | None = None) -> None:
    """Move everything of one to the other, in the caller's transaction. Two at once queue here: the second finds one gone.

    `main_id`: whose number leads where Meta says so; the other was left at `left_at`.
    """
    _lock("contact", [kept_id, gone_id])
    found = sides((kept_id, gone_id))
    if len(found) != 2:
        raise NotFound("One of the two is not there any more.")
    kept, gone = found[kept_id], found[gone_id]
    decided = outcome(kept, gone, main=found.get(main_id) if main_id else None)
    _unite_conversations(kept, gone)
    _unite_people(kept, gone, decided, left_at)
    _announce(kept, gone, actor)


def _unite_conversations(kept: Side, gone: Side) -> None:
    if gone.conversation_id is None:
        return
    if kept.conversation_id is None:
        sql.run("UPDATE conversation SET contact_id = ? WHERE id = ?", (kept.id, gone.conversation_id))
        return
    _lock("conversation", [kept.conversation_id, gone.conversation_id])
    columns = _added_up(_row("conversation", kept.conversation_id), _row("conversation", gone.conversation_id))
    move_references("conversation", gone.conversation_id, kept.conversation_id)
    sql.run("DELETE FROM conversation WHERE id = ?", (gone.conversation_id,))
    _update("conversation", kept.conversation_id, columns)


def _unite_people(kept: Side, gone: Side, decided: Outcome, left_at: int | None) -> None:
    move_references("contact", gone.id, kept.id, but=frozenset({"conversation"}))
    sql.run("DELETE FROM contact WHERE id = ?", (gone.id,))
    _update("contact", kept.id, decided.columns)
    accounts.keep(kept.id, *decided.other_account, left_at=left_at)


def _announce(kept: Side, gone: Side, actor: str | None) -> None:
    detail = {"name": gone.name or gone.username, "phone": gone.phone}
    activity.record(kept.id, "merged", actor, detail)
    thread_lines.add(kept.id, "contact.merged", actor, detail)
    conversation_id = kept.conversation_id or gone.conversation_id
    moved = gone.conversation_id if kept.conversation_id is not None else None
    news.contacts_merged(ContactsMerged(kept.id, gone.id, conversation_id, moved), gone.assignee_id, actor)
    news.contact_changed(kept.id, actor)


def _added_up(kept: dict[str, Any], gone: dict[str, Any]) -> dict[str, Any]:
    """What a conversation is after another one came into it. What is unread in either stays unread."""
    columns: dict[str, Any] = {name: kept[name] if kept[name] is not None else gone[name] for name in _FIRST_OF}
    for name in ("last_message_id", "last_inbound_id", "sort_id"):
        columns[name] = max(kept[name], gone[name])
    for name, choose in (
        ("last_inbound_at", max),
        ("free_entry_until", max),
        ("routed_at", max),
        ("waiting_since_at", min),
        ("opened_at", max),
    ):
        there = [row[name] for row in (kept, gone) if row[name] is not None]
        columns[name] = choose(there) if there else None
    unread = [row["read_up_to_id"] for row in (kept, gone) if row["last_inbound_id"] > row["read_up_to_id"]]
    columns["read_up_to_id"] = min(unread) if unread else max(kept["read_up_to_id"], gone["read_up_to_id"])
    columns["created_at"] = min(kept["created_at"], gone["created_at"])
    livelier = min((kept, gone), key=lambda row: ("open", "pending", "snoozed", "resolved").index(row["state"]))
    columns |= {"state": livelier["state"], "snoozed_until": livelier["snoozed_until"]}
    return columns


_CONVERSATION = (
    "assignee_id", "team_id", "reminder", "last_message_id", "last_inbound_id", "sort_id", "last_inbound_at", "free_entry_until",
    "routed_at", "waiting_since_at", "opened_at", "read_up_to_id", "created_at", "state", "snoozed_until", "in_flow_at",
)  # fmt: skip


def _row(table: str, number: int) -> dict[str, Any]:
    rows = sql.run(f"SELECT {', '.join(_CONVERSATION)} FROM {table} WHERE id = ?", (number,))
    return dict(zip(_CONVERSATION, rows[0], strict=True))


def _update(table: str, number: int, columns: dict[str, Any]) -> None:
    sets = ", ".join(f"{name} = ?" for name in columns)
    sql.run(f"UPDATE {table} SET {sets} WHERE id = ?", [*columns.values(), number])


def _lock(table: str, numbers: list[int]) -> None:
    """In the order of their ids, so that two who do the same wait for each other and not both for ever."""
    if is_postgres():
        where, params = sql.among("id", sorted(numbers))
        sql.run(f"SELECT id FROM {table} WHERE {where} ORDER BY id FOR UPDATE", params)
