"""Bring the tables up to this version, after a snapshot of the database file."""

from __future__ import annotations

import logging
from pathlib import Path

from playhouse.migrations import Runner

from wablast_box.lib.clock import now
from wablast_box.lib.db import database, is_postgres

logger = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent.parent / "migrations"
SNAPSHOTS_KEPT = 5


def migrate(backups: Path) -> list[str]:
    """Run what is pending; the names that ran. A data folder from a newer version is refused by `Runner`."""
    runner = Runner(database.obj, str(MIGRATIONS))
    pending = [migration for migration in runner.status() if not migration.applied]
    if not pending:
        return []
    if not is_postgres() and runner.applied():
        _snapshot(backups)
    done = list(runner.up())
    logger.info("migrated", extra={"migrations": ",".join(done)})
    return done


def _snapshot(backups: Path) -> None:
    backups.mkdir(parents=True, exist_ok=True)
    target = backups / f"before-migration-{now():%Y%m%d-%H%M%S}.db"
    # VACUUM INTO writes a consistent copy, also while others read.
    database.execute_sql("VACUUM INTO ?", (str(target),))
    for old in sorted(backups.glob("before-migration-*.db"))[:-SNAPSHOTS_KEPT]:
        old.unlink()
