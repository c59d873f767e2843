"""What lists are found by, saved views, reminders, and what can be undone."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

# Filters are answered from the index alone: state and assignee stand in it, so that what is left out costs no look at the row.
_STATEMENTS = (
    "ALTER TABLE conversation ADD COLUMN reminder TEXT",
    "DROP INDEX conversation_sort_id",
    "DROP INDEX conversation_assignee_id",
    "DROP INDEX conversation_team_id",
    "CREATE INDEX conversation_list ON conversation (sort_id, state, assignee_id)",
    "CREATE INDEX conversation_state ON conversation (state, sort_id, assignee_id)",
    "CREATE INDEX conversation_assignee ON conversation (assignee_id, sort_id, state)",
    "CREATE INDEX conversation_team ON conversation (team_id, sort_id, state) WHERE team_id IS NOT NULL",
    "CREATE INDEX conversation_waiting ON conversation (sort_id) WHERE waiting_since_at IS NOT NULL",
    "CREATE INDEX conversation_due ON conversation (snoozed_until) WHERE snoozed_until IS NOT NULL",
    "CREATE TABLE saved_view (id {big} NOT NULL PRIMARY KEY, name TEXT NOT NULL, words TEXT NOT NULL,"
    ' owner_id {big} REFERENCES "user" (id) ON DELETE CASCADE, created_at {big} NOT NULL)',
    "CREATE INDEX saved_view_owner_id ON saved_view (owner_id)",
    "CREATE TABLE undoable (id {big} NOT NULL PRIMARY KEY, actor TEXT NOT NULL, action TEXT NOT NULL,"
    " before_json TEXT NOT NULL, created_at {big} NOT NULL)",
)


def up(migrator: Any, db: Any) -> None:
    """Let every view of the list answer at once, and let mistakes be taken back."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
