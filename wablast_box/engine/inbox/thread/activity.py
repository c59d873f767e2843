"""Say what was done with a conversation: a quiet line of its thread. Every verb that changes a conversation calls `record`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wablast_box.engine.events.publish import publish_all
from wablast_box.engine.inbox.thread import news
from wablast_box.engine.inbox.thread.events import ActivityAdded
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import JsonField

_to_json = JsonField().db_value


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: a kind (`assigned`, `state`, `tag` …) and whatever the line needs to say it in words."""

    conversation_id: int
    kind: str
    detail: Mapping[str, Any] = field(default_factory=dict)


def record(conversation_id: int, kind: str, actor: str | None, detail: Mapping[str, Any] | None = None) -> int:
    """Write one line in the caller's transaction; its id. `actor`: user:ID, api_key:ID, system; None: the customer or Meta."""
    return record_all([Done(conversation_id, kind, detail or {})], actor)[0]


def record_all(done: Sequence[Done], actor: str | None) -> list[int]:
    """Write many lines in the caller's transaction: for verbs that change hundreds of conversations at once."""
    numbers, moment = ids.new_ids(len(done)), now_ms()
    rows = list(zip(numbers, done, strict=True))
    sql.run_many(
        "INSERT INTO conversation_activity (id, conversation_id, kind, actor, detail_json, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        [(number, one.conversation_id, one.kind, actor, _to_json(one.detail) if one.detail else None, moment) for number, one in rows],
    )
    events = publish_all([ActivityAdded(number, one.conversation_id, one.kind) for number, one in rows], actor=actor)
    news.activities_added(dict(zip(numbers, events, strict=True)))
    return numbers
