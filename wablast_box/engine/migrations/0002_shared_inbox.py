"""Conversations have a state, a team, tags and a place in the list of their own."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_COLUMNS = (
    "team_id {big} REFERENCES team (id) ON DELETE SET NULL",
    "state TEXT NOT NULL DEFAULT 'open'",
    "snoozed_until {big}",
    "sort_id {big} NOT NULL DEFAULT 0",
    "last_inbound_id {big} NOT NULL DEFAULT 0",
    "waiting_since_at {big}",
    "opened_at {big}",
    "routed_at {big}",
    "free_entry_until {big}",
)
_STATEMENTS = (
    "CREATE TABLE team (id {big} NOT NULL PRIMARY KEY, name TEXT NOT NULL, created_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX team_name ON team (LOWER(name))",
    "CREATE TABLE team_member ("
    ' team_id {big} NOT NULL REFERENCES team (id) ON DELETE CASCADE, user_id {big} NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,'
    " created_at {big} NOT NULL, PRIMARY KEY (team_id, user_id))",
    "CREATE INDEX team_member_user_id ON team_member (user_id)",
    "CREATE TABLE tag (id {big} NOT NULL PRIMARY KEY, name TEXT NOT NULL, color TEXT NOT NULL, created_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX tag_name ON tag (LOWER(name))",
    "CREATE TABLE conversation_tag ("
    " conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,"
    " tag_id {big} NOT NULL REFERENCES tag (id) ON DELETE CASCADE, created_at {big} NOT NULL, PRIMARY KEY (conversation_id, tag_id))",
    "CREATE INDEX conversation_tag_tag_id ON conversation_tag (tag_id)",
    *(f"ALTER TABLE conversation ADD COLUMN {column}" for column in _COLUMNS),
    "UPDATE conversation SET sort_id = last_message_id, opened_at = created_at, last_inbound_id = COALESCE(("
    "SELECT max(m.id) FROM message m WHERE m.conversation_id = conversation.id AND m.direction = 'in' AND m.sender IS NULL), 0)",
    "DROP INDEX conversation_last_message_id",
    "CREATE INDEX conversation_team_id ON conversation (team_id)",
    "CREATE INDEX conversation_sort_id ON conversation (sort_id)",
    "CREATE INDEX conversation_unread ON conversation (sort_id) WHERE last_inbound_id > read_up_to_id",
)


def up(migrator: Any, db: Any) -> None:
    """Add what the shared inbox needs to know of a conversation."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
