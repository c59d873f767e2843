"""Files that are shown in a message besides its attachment: the pictures of cards."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE message_file (message_id {big} NOT NULL REFERENCES message (id) ON DELETE CASCADE,"
    " media_file_id {big} NOT NULL REFERENCES media_file (id) ON DELETE CASCADE, PRIMARY KEY (message_id, media_file_id))",
    "CREATE INDEX message_file_media_file_id ON message_file (media_file_id)",
)


def up(migrator: Any, db: Any) -> None:
    """Make the table."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
