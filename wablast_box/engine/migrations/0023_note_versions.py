"""Notes that were changed keep what they said before; notes that were taken back say who did it."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "ALTER TABLE note ADD COLUMN edited_at {big}",
    "ALTER TABLE note ADD COLUMN deleted_at {big}",
    "ALTER TABLE note ADD COLUMN deleted_by TEXT",
    "CREATE TABLE note_version (id {big} NOT NULL PRIMARY KEY, note_id {big} NOT NULL REFERENCES note (id) ON DELETE CASCADE,"
    " text TEXT NOT NULL, replaced_by TEXT NOT NULL, created_at {big} NOT NULL)",
    "CREATE INDEX note_version_note_id ON note_version (note_id)",
)


def up(migrator: Any, db: Any) -> None:
    """Add both."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
