"""What is drawn of pictures, and where files lie: on the disk or in a bucket."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_WORK = "state TEXT NOT NULL, attempts INTEGER NOT NULL, next_attempt_at {big} NOT NULL, claimed_at {big}"
_STATEMENTS = (
    "ALTER TABLE media_file ADD COLUMN place TEXT NOT NULL DEFAULT 'disk'",
    "CREATE INDEX media_file_path ON media_file (path)",
    "CREATE INDEX media_file_away ON media_file (id) WHERE place <> 'disk'",
    "CREATE TABLE media_picture (id {big} NOT NULL PRIMARY KEY REFERENCES media_file (id) ON DELETE CASCADE,"
    f" {_WORK}, width INTEGER, height INTEGER, thumbnail_id {{big}}, view_id {{big}})",
    "CREATE INDEX media_picture_due ON media_picture (next_attempt_at) WHERE state IN ('waiting', 'drawing')",
    "CREATE TABLE media_carry (id {big} NOT NULL PRIMARY KEY REFERENCES media_file (id) ON DELETE CASCADE,"
    f" target TEXT NOT NULL, {_WORK}, error TEXT)",
    "CREATE TABLE media_leftover (id {big} NOT NULL PRIMARY KEY, place TEXT NOT NULL, path TEXT NOT NULL, due_at {big} NOT NULL)",
    "CREATE INDEX media_leftover_due_at ON media_leftover (due_at)",
    "CREATE INDEX media_leftover_path ON media_leftover (path)",
    # What lies here already gets its small pictures too, behind everything that comes in from now on.
    "INSERT INTO media_picture (id, state, attempts, next_attempt_at)"
    " SELECT id, 'waiting', 0, 0 FROM media_file WHERE mime_type IN ('image/jpeg', 'image/png', 'image/webp')",
)


def up(migrator: Any, db: Any) -> None:
    """Add what both need."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
