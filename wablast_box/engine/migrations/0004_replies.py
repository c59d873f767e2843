"""Canned replies, drafts, and messages that wait for their moment."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE canned_reply (id {big} NOT NULL PRIMARY KEY, shortcut TEXT NOT NULL, text TEXT NOT NULL,"
    ' owner_id {big} REFERENCES "user" (id) ON DELETE CASCADE,'
    " media_file_id {big} REFERENCES media_file (id) ON DELETE SET NULL,"
    " created_at {big} NOT NULL, updated_at {big} NOT NULL)",
    "CREATE INDEX canned_reply_media_file_id ON canned_reply (media_file_id)",
    "CREATE UNIQUE INDEX canned_reply_own ON canned_reply (owner_id, shortcut) WHERE owner_id IS NOT NULL",
    "CREATE UNIQUE INDEX canned_reply_shared ON canned_reply (shortcut) WHERE owner_id IS NULL",
    "CREATE TABLE draft (conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,"
    ' user_id {big} NOT NULL REFERENCES "user" (id) ON DELETE CASCADE, mode TEXT NOT NULL, text TEXT NOT NULL,'
    " version {big} NOT NULL, updated_at {big} NOT NULL, PRIMARY KEY (conversation_id, user_id, mode))",
    "CREATE INDEX draft_user_id ON draft (user_id)",
    "CREATE TABLE scheduled_message (id {big} NOT NULL PRIMARY KEY,"
    " conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,"
    " actor TEXT NOT NULL, body_json TEXT NOT NULL, due_at {big} NOT NULL, state TEXT NOT NULL,"
    " next_attempt_at {big} NOT NULL, claimed_at {big}, attempts INTEGER NOT NULL, message_id {big},"
    " error_code TEXT, error TEXT, error_help TEXT, created_at {big} NOT NULL, updated_at {big} NOT NULL)",
    "CREATE INDEX scheduled_message_due ON scheduled_message (next_attempt_at) WHERE state IN ('waiting', 'sending')",
    "CREATE INDEX scheduled_message_open ON scheduled_message (conversation_id, due_at) WHERE state IN ('waiting', 'failed')",
)


def up(migrator: Any, db: Any) -> None:
    """Add what staff have ready to say."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
