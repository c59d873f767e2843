"""Notes, who is mentioned in them, and what was done with conversations."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE note (id {big} NOT NULL PRIMARY KEY,"
    " conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,"
    " author TEXT NOT NULL, text TEXT NOT NULL, created_at {big} NOT NULL)",
    "CREATE INDEX note_conversation_id_id ON note (conversation_id, id)",
    "CREATE TABLE note_mention (note_id {big} NOT NULL REFERENCES note (id) ON DELETE CASCADE,"
    ' user_id {big} NOT NULL REFERENCES "user" (id) ON DELETE CASCADE, created_at {big} NOT NULL, PRIMARY KEY (note_id, user_id))',
    "CREATE INDEX note_mention_user_id ON note_mention (user_id)",
    "CREATE TABLE conversation_activity (id {big} NOT NULL PRIMARY KEY,"
    " conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,"
    " kind TEXT NOT NULL, actor TEXT, detail_json TEXT, created_at {big} NOT NULL)",
    "CREATE INDEX conversation_activity_conversation_id_id ON conversation_activity (conversation_id, id)",
)


def up(migrator: Any, db: Any) -> None:
    """Add what a thread shows besides messages."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
