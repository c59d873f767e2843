"""Keep the index: first what came or changed, then what is older than the index. In small transactions, off the hot path."""

from __future__ import annotations

import time
from collections.abc import Sequence

from wablast_box.engine.search import documents, store
from wablast_box.engine.search.store import KINDS, Kind
from wablast_box.lib import sql
from wablast_box.lib.db import transaction

# As many as can be written without anybody noticing that the database was busy.
BATCH = 200
# A tick works so long at most, and half of it on what is older, so that a big box goes on being quick while it is indexed.
DUE_S, OLDER_S, BREATH_S = 1.5, 0.5, 0.01


def index_some() -> None:
    """A tick of the schedule: nothing to do costs two look-ups."""
    until = time.monotonic() + DUE_S
    while index_due() == BATCH and time.monotonic() < until:
        time.sleep(BREATH_S)
    until = time.monotonic() + OLDER_S
    while index_older() and time.monotonic() < until:
        time.sleep(BREATH_S)


def index_everything() -> None:
    """Until nothing is left: for commands and measurements."""
    while index_due(5_000):
        pass
    while index_older(5_000):
        pass


def start_over() -> None:
    """Take everything as not indexed yet: cheaper than so many single changes after a box was filled."""
    with transaction():
        sql.run("DELETE FROM search_due")
        for kind in KINDS:
            sql.run(f"DELETE FROM search_backlog WHERE kind = '{kind}'")
            sql.run(f"INSERT INTO search_backlog (kind, below_id) SELECT '{kind}', max(id) + 1 FROM {kind} HAVING max(id) IS NOT NULL")


def index_due(limit: int = BATCH) -> int:
    """Index what came, changed or went; how much was looked at."""
    if not sql.run("SELECT 1 FROM search_due LIMIT 1"):
        return 0
    with transaction():
        rows = sql.run("SELECT id, kind, subject_id FROM search_due ORDER BY id LIMIT ?" + sql.skip_locked(), (limit,))
        for kind in KINDS:
            _index(kind, sorted({row[2] for row in rows if row[1] == kind}))
        where, params = sql.among("id", [row[0] for row in rows])
        sql.run(f"DELETE FROM search_due WHERE {where}", params)
    return len(rows)


def index_older(limit: int = BATCH) -> bool:
    """Index some of what was there before the index, newest first; False when nothing is left."""
    backlog = sql.run("SELECT kind, below_id FROM search_backlog ORDER BY kind LIMIT 1")
    if not backlog:
        return False
    kind, below = backlog[0]
    numbers = sorted(row[0] for row in sql.run(f"SELECT id FROM {kind} WHERE id < ? ORDER BY id DESC LIMIT ?", (below, limit)))
    with transaction():
        _index(kind, numbers)
        if numbers:
            sql.run("UPDATE search_backlog SET below_id = ? WHERE kind = ?", (numbers[0], kind))
        else:
            sql.run("DELETE FROM search_backlog WHERE kind = ?", (kind,))
    return True


def _index(kind: Kind, numbers: Sequence[int]) -> None:
    if not numbers:
        return
    wanted = documents.with_targets(numbers) if kind == "message" else list(numbers)
    found = documents.load(kind, wanted)
    gone = set(wanted) - {document.id for document in found}
    store.remove(kind, sorted(gone))
    store.put(kind, found)
