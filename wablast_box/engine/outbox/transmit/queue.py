"""The outbox as a queue: which rows may go next, and the mark that they are on their way.

Within a conversation one after the other, by priority and then by age; conversations side by side. The mark is
committed before the request leaves: what is still marked after a crash may have arrived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from wablast_box.engine.outbox.outbound.media import media_ids
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, now_ms
from wablast_box.lib.db import JsonField, transaction

_from_json = JsonField().python_value

# The states are written out: only then do both engines use the partial indexes.
_HEADS = (
    "SELECT m.id FROM message m WHERE m.state = 'queued' AND m.next_attempt_at <= ? AND NOT EXISTS ("
    " SELECT 1 FROM message p WHERE p.conversation_id = m.conversation_id AND p.state IN ('queued', 'sending')"
    " AND p.id <> m.id AND (p.state = 'sending' OR p.priority < m.priority OR (p.priority = m.priority AND p.id < m.id)))"
    " ORDER BY m.priority, m.id LIMIT ?"
)
_LOAD = (
    "SELECT m.id, m.conversation_id, m.type, m.content_json, m.reply_to_wamid, m.attempts, c.contact_id, ct.wa_id, ct.user_id,"
    " m.template_category, c.last_inbound_at, ct.marketing_opted_out_at, ct.blocked_at"
    " FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN contact ct ON ct.id = c.contact_id WHERE "
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of ours that goes along, and Meta's id of its copy while that lives."""

    id: int
    meta_media_id: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """A message on its way: all that its request is made of."""

    id: int
    conversation_id: int
    type: str
    content: Any
    reply_to_wamid: str | None
    attempts: int  # this one included
    contact_id: int
    wa_id: str | None
    user_id: str | None
    files: tuple[File, ...] = field(default=())
    category: str | None = None
    last_inbound_at: datetime | None = None
    opted_out_at: datetime | None = None
    blocked_at: datetime | None = None


def is_anything_due() -> bool:
    """Is there a row whose time has come? Asked every second, so it costs next to nothing."""
    return bool(sql.run("SELECT 1 FROM message WHERE state = 'queued' AND next_attempt_at <= ? LIMIT 1", (now_ms(),)))


def find_due(limit: int) -> list[Due]:
    """Up to `limit` messages that may go next: those that overtake nobody, most urgent first."""
    return _load([row[0] for row in sql.run(_HEADS, (now_ms(), limit))])


def claim(found: Sequence[Due]) -> list[Due]:
    """Mark them as being sent, committed on return; those that were still there to be marked.

    Everything that could go wrong comes before: a row that is marked and forgotten would block its conversation.
    """
    if not found:
        return []
    where, params = sql.among("id", sorted(due.id for due in found))
    with transaction():
        claimed = dict(
            sql.run(
                "UPDATE message SET state = 'sending', claimed_at = ?, attempts = attempts + 1"
                f" WHERE state = 'queued' AND {where} RETURNING id, attempts",
                [now_ms(), *params],
            )
        )
    return [replace(due, attempts=claimed[due.id]) for due in found if due.id in claimed]


def _load(numbers: Sequence[int]) -> list[Due]:
    if not numbers:
        return []
    where, params = sql.among("m.id", list(numbers))
    rows = {row[0]: row for row in sql.run(_LOAD + where, params)}
    contents = {number: _content(rows[number][3]) for number in numbers}
    files = _files({file_id for content in contents.values() for file_id in media_ids(content)})
    return [_due(rows[number], contents[number], files) for number in numbers]


def _due(row: Sequence[Any], content: Any, files: dict[int, File]) -> Due:
    number, conversation_id, kind, _, reply_to, attempts, contact_id, wa_id, user_id, category, wrote_at, stopped_at, blocked_at = row
    going_along = tuple(files.get(file_id, File(file_id, None)) for file_id in media_ids(content))
    return Due(
        number, conversation_id, kind, content, reply_to, attempts, contact_id, wa_id, user_id, going_along,
        category, _moment(wrote_at), _moment(stopped_at), _moment(blocked_at),
    )  # fmt: skip


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)


def _content(text: str | None) -> Any:
    """A row that cannot be read fails by itself, as a message without content, and not its neighbours with it."""
    try:
        return _from_json(text) or {}
    except ValueError:
        return {}


def _files(numbers: set[int]) -> dict[int, File]:
    if not numbers:
        return {}
    where, params = sql.among("id", sorted(numbers))
    rows = sql.run(f"SELECT id, meta_media_id, meta_media_expires_at FROM media_file WHERE {where}", params)
    return {row[0]: File(row[0], row[1] if row[1] and (row[2] or 0) > now_ms() else None) for row in rows}
