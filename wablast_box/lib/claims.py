"""The only way a worker takes work: one UPDATE that marks rows as taken and says which they are. `is_due` looks before it begins one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from wablast_box.lib import sql
from wablast_box.lib.clock import now, now_ms, to_ms
from wablast_box.lib.db import transaction


def is_due(table: type[Any], *, pending: str, working: str) -> bool:
    """May there be something to take? Asked again and again: the states are written out as in the partial index that answers it."""
    name = table._meta.table_name
    look = f"SELECT 1 FROM {name} WHERE state IN ('{pending}', '{working}') AND next_attempt_at <= ? LIMIT 1"  # noqa: S608
    return bool(sql.run(look, (now_ms(),)))


def claim(
    table: type[Any], *, pending: str, working: str, limit: int, stale_after: timedelta | None = None, newest_first: bool = False,
    only: tuple[str, Sequence[Any]] = ("", ()),
) -> list[int]:  # fmt: skip
    """Take up to `limit` due rows of `table`, oldest first unless said otherwise, and return their ids.

    The table has `state`, `claimed_at`, `next_attempt_at` and `attempts`. A row that was claimed longer than
    `stale_after` ago belongs to a worker that died and may be taken again; None means: never. `only`: a further condition.
    """
    name, moment = table._meta.table_name, to_ms(now())
    stale = to_ms(now() - stale_after) if stale_after is not None else -1
    with transaction():
        rows = sql.run(
            f"UPDATE {name} SET state = ?, claimed_at = ?, attempts = attempts + 1 WHERE id IN ("  # noqa: S608
            f" SELECT id FROM {name}"
            f" WHERE ((state = ? AND next_attempt_at <= ?) OR (state = ? AND claimed_at < ?)){' AND ' + only[0] if only[0] else ''}"
            f" ORDER BY id{' DESC' if newest_first else ''} LIMIT ?" + sql.skip_locked() + ") RETURNING id",
            (working, moment, pending, moment, working, stale, *only[1], limit),
        )
    return sorted(row[0] for row in rows)
