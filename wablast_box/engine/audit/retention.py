"""Four hundred days. What is deleted then leaves its last hash in the log, so the rest can still be verified."""

from __future__ import annotations

from datetime import timedelta

from wablast_box.engine.audit.record import record
from wablast_box.lib import sql
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.db import transaction

KEPT = timedelta(days=400)


def prune() -> int:
    """Delete what is past its time, from the beginning on; how many entries."""
    limit = to_ms(now() - KEPT)
    with transaction():
        first_kept = sql.run("SELECT MIN(id) FROM audit_entry WHERE at >= ?", (limit,))[0][0]
        condition, params = ("id < ?", [first_kept]) if first_kept is not None else ("at < ?", [limit])
        old = sql.run(f"SELECT COUNT(*), MAX(id) FROM audit_entry WHERE {condition}", params)[0]  # noqa: S608
        if not old[0]:
            return 0
        last = sql.run("SELECT hash FROM audit_entry WHERE id = ?", (old[1],))[0][0]
        record("audit.pruned", by=None, detail={"entries": old[0], "up_to": old[1], "hash": last})
        sql.run("DELETE FROM audit_entry WHERE id <= ?", (old[1],))
    return int(old[0])
