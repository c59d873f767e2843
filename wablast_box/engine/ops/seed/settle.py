"""What became of made-up conversations: who has them, whether they are over, what is unread."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from wablast_box.engine.ops.seed.dialogues import script
from wablast_box.engine.ops.seed.messages import Newest, from_id, words
from wablast_box.engine.ops.seed.people import tag_ids
from wablast_box.lib import sql

NOTED = 1 / 12
_DAY_MS = 24 * 3600 * 1000
_MOVE = (
    "UPDATE conversation SET last_message_id = ?, sort_id = ?, last_inbound_id = ?, last_inbound_at = ?, read_up_to_id = ?,"
    " waiting_since_at = ?, state = ?, snoozed_until = ?, assignee_id = ? WHERE id = ? AND last_message_id < ?"
)
_TAG = "INSERT INTO conversation_tag (conversation_id, tag_id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"


def conversations(newest: Mapping[int, Newest], staff: Sequence[int], moment: int, rng: random.Random) -> None:
    """Bring conversations up to their newest messages, and give them an end or somebody who answers. Call inside a transaction."""
    tags = tag_ids(moment)
    tagged: list[tuple[int, int, int]] = []
    moves: list[tuple[Any, ...]] = []
    for conversation_id in sorted(newest):
        moves.append(_move(conversation_id, newest[conversation_id], staff, moment, rng))
        if rng.random() < 0.3:
            tagged.append((conversation_id, rng.choice(tags), moment))
    sql.run_many(_MOVE, moves)
    _note(newest, staff, rng)
    sql.run_many(_TAG, tagged)


def _note(newest: Mapping[int, Newest], staff: Sequence[int], rng: random.Random) -> None:
    """Notes between colleagues, in one conversation of twelve, behind its newest message."""
    rows = []
    for number, (conversation_id, last) in enumerate(sorted(newest.items())):
        if staff and rng.random() < NOTED:
            at = from_id(last.id)
            text = rng.choice(script().notes).format_map(words(number, at))
            rows.append((last.id + 1, conversation_id, f"user:{rng.choice(staff)}", text, at))
    sql.run_many("INSERT INTO note (id, conversation_id, author, text, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)


def _move(conversation_id: int, last: Newest, staff: Sequence[int], moment: int, rng: random.Random) -> tuple[Any, ...]:
    age = moment - max(last.inbound_at, 1)
    is_unread = last.inbound_id == last.id and age < 5 * _DAY_MS
    state, snoozed_until = _state(age, is_unread, moment, rng)
    answered = state in ("resolved", "snoozed")
    has_owner = bool(staff) and rng.random() < (0.85 if answered else 0.55)
    return (
        last.id, last.id, last.inbound_id, last.inbound_at or None, last.id - 1 if is_unread else last.id,
        last.waits_since if is_unread else None, state, snoozed_until,
        staff[conversation_id % len(staff)] if has_owner else None, conversation_id, last.id,
    )  # fmt: skip


def _state(age: int, is_unread: bool, moment: int, rng: random.Random) -> tuple[str, int | None]:
    if is_unread:
        return "open", None
    mark = rng.random()
    if age > 6 * _DAY_MS:
        return ("resolved", None) if mark < 0.97 else ("open", None)
    if mark < 0.12:
        return "snoozed", moment + int(rng.random() * 3 * _DAY_MS)
    return ("pending", None) if mark < 0.3 else ("open", None) if mark < 0.6 else ("resolved", None)
