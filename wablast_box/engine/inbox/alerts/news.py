"""What there is to tell: events of the log, brought together by conversation, with what a person needs to recognise it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.events.cursor import Happened
from wablast_box.engine.inbox.events import ConversationAssigned, ConversationOverdue, MessageReceived
from wablast_box.engine.inbox.thread.events import NoteMentioned
from wablast_box.lib import sql

NAMES = (MessageReceived.name, ConversationAssigned.name, ConversationOverdue.name, NoteMentioned.name)
# Nobody is called to a heart or a corrected word.
_SILENT = frozenset({"system", "reaction", "edit", "revoke"})


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation as far as somebody must recognise it."""

    id: int
    assignee_id: int | None
    read_up_to_id: int
    customer: str | None
    team_id: int | None = None
    state: str = "open"
    is_waited_for: bool = True  # the customer's last words have no answer yet


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news. `only_user_id`: for this person alone, whoever else might hear of the conversation."""

    kind: str  # message, mention, assigned, overdue
    chat: Chat
    subject_id: int
    at_ms: int
    only_user_id: int | None = None
    type: str = ""  # of a message; of what is overdue: which promise
    text: str | None = None


def items_of(events: Sequence[Happened]) -> list[Item]:
    """The newest message of each conversation, and every mention, hand-over and missed promise. What was done meanwhile is no news."""
    chats = _chats(sorted({event.conversation_id for event in events if event.conversation_id is not None}))
    newest: dict[int, Item] = {}
    others: list[Item] = []
    for event in events:
        chat = chats.get(event.conversation_id or 0)
        if chat is None:
            continue
        if event.name == ConversationOverdue.name:
            others.extend(_late(event, chat))
        elif event.name != MessageReceived.name:
            others.extend(_for_one(event, chat))
        elif event.detail.get("type") not in _SILENT and (event.subject_id or 0) > chat.read_up_to_id:
            newest[chat.id] = Item("message", chat, event.subject_id or 0, event.at_ms, type=str(event.detail.get("type")))
    return [*_with_texts(list(newest.values())), *others]


def chats_of(numbers: Sequence[int]) -> list[Chat]:
    """Conversations by id, in the order of the ids."""
    return list(_chats(numbers).values())


def _for_one(event: Happened, chat: Chat) -> list[Item]:
    """News for one person, unless they did it themselves."""
    wanted = event.detail.get("assignee_id" if event.name == ConversationAssigned.name else "user_id")
    if wanted is None or event.actor == f"user:{wanted}":
        return []
    kind = "assigned" if event.name == ConversationAssigned.name else "mention"
    return [Item(kind, chat, event.subject_id or 0, event.at_ms, only_user_id=int(wanted))]


def _late(event: Happened, chat: Chat) -> list[Item]:
    """A missed promise, unless it was kept in the moment since."""
    promise = str(event.detail.get("promise"))
    is_late = chat.state in ("open", "pending") and (promise != "answer" or chat.is_waited_for)
    return [Item("overdue", chat, event.subject_id or 0, event.at_ms, type=promise)] if is_late else []


def _chats(numbers: Sequence[int]) -> dict[int, Chat]:
    if not numbers:
        return {}
    where, params = sql.among("c.id", list(numbers))
    rows = sql.run(
        "SELECT c.id, c.assignee_id, c.read_up_to_id, COALESCE(ct.name, ct.username), c.team_id, c.state, c.waiting_since_at"
        f" FROM conversation c JOIN contact ct ON ct.id = c.contact_id WHERE {where} ORDER BY c.id",
        params,
    )
    return {row[0]: _chat(*row) for row in rows}


def _chat(number: int, assignee: int | None, read: int, name: str | None, team: int | None, state: str, waits: int | None) -> Chat:
    return Chat(number, assignee, read, name, team, state, waits is not None)


def _with_texts(items: list[Item]) -> list[Item]:
    if not items:
        return []
    where, params = sql.among("id", [item.subject_id for item in items])
    texts: dict[int, Any] = dict(sql.run(f"SELECT id, text FROM message WHERE {where}", params))  # type: ignore[arg-type]
    return [Item(item.kind, item.chat, item.subject_id, item.at_ms, type=item.type, text=texts.get(item.subject_id)) for item in items]
