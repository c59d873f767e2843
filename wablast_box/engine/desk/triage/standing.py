"""How conversations stand: read for a change, written after it. In bulk, because five hundred are changed at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.lib import sql
from wablast_box.lib.db import is_postgres

COLUMNS = ("state", "snoozed_until", "reminder", "waiting_since_at", "opened_at", "assignee_id", "team_id", "read_up_to_id")
_SELECT = f"SELECT c.id, c.last_message_id, c.last_inbound_id, {', '.join(f'c.{column}' for column in COLUMNS)} FROM conversation c WHERE "


@dataclass(frozen=True, slots=True)
class Standing:
    """One conversation before a change. Times are milliseconds."""

    id: int
    last_message_id: int
    last_inbound_id: int
    state: str
    snoozed_until: int | None
    reminder: str | None
    waiting_since_at: int | None
    opened_at: int | None
    assignee_id: int | None
    team_id: int | None
    read_up_to_id: int
    tags: frozenset[int]


def standing(numbers: Sequence[int], viewer: Viewer = EVERYTHING) -> dict[int, Standing]:
    """Those that the viewer may see, held until the transaction ends."""
    if not numbers:
        return {}
    where, params = sql.among("c.id", sorted(set(numbers)))
    seen, seen_params = viewer.condition()
    # In the order of their ids, so that two of us cannot wait for each other.
    rows = sql.run(f"{_SELECT}{where} AND {seen} ORDER BY c.id{' FOR UPDATE' if is_postgres() else ''}", [*params, *seen_params])
    tags = _tags([int(row[0]) for row in rows])
    return {int(row[0]): Standing(*(*row, frozenset(tags.get(int(row[0]), ())))) for row in rows}


def write(changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Store what became of conversations; those with the same columns in one statement."""
    for columns in sorted({tuple(sorted(change)) for change in changes.values() if change}):
        rows = [(*(changes[number][c] for c in columns), number) for number in sorted(changes) if tuple(sorted(changes[number])) == columns]
        sql.run_many(f"UPDATE conversation SET {', '.join(f'{column} = ?' for column in columns)} WHERE id = ?", rows)


def write_tags(added: Mapping[int, Sequence[int]], removed: Mapping[int, Sequence[int]], moment: int) -> None:
    """Put tags on and take tags off."""
    sql.run_many(
        "INSERT INTO conversation_tag (conversation_id, tag_id, created_at) VALUES (?, ?, ?)"
        " ON CONFLICT (conversation_id, tag_id) DO NOTHING",
        [(number, tag, moment) for number, tags in sorted(added.items()) for tag in tags],
    )
    sql.run_many(
        "DELETE FROM conversation_tag WHERE conversation_id = ? AND tag_id = ?",
        [(number, tag) for number, tags in sorted(removed.items()) for tag in tags],
    )


def _tags(numbers: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    if numbers:
        where, params = sql.among("conversation_id", list(numbers))
        for number, tag in sql.run(f"SELECT conversation_id, tag_id FROM conversation_tag WHERE {where}", params):
            found.setdefault(number, []).append(tag)
    return found
