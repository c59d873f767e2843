"""Service levels, the customers' verdicts, and several actions in one."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE service_target (id {big} NOT NULL PRIMARY KEY, team_id {big} REFERENCES team (id) ON DELETE CASCADE,"
    " answer_within_s INTEGER, resolve_within_s INTEGER, set_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX service_target_team ON service_target (team_id)",
    "CREATE UNIQUE INDEX service_target_box ON service_target (COALESCE(team_id, 0)) WHERE team_id IS NULL",
    "CREATE TABLE service_breach (id {big} NOT NULL PRIMARY KEY,"
    " conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, kind TEXT NOT NULL, since_at {big} NOT NULL,"
    " due_at {big} NOT NULL, assignee_id {big}, created_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX service_breach_conversation_id_kind_since_at ON service_breach (conversation_id, kind, since_at)",
    "CREATE TABLE survey (id {big} NOT NULL PRIMARY KEY, conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,"
    " opened_at {big} NOT NULL, message_id {big}, agent_id {big}, asked_at {big} NOT NULL, problem TEXT,"
    " score INTEGER, answered_at {big})",
    "CREATE UNIQUE INDEX survey_conversation_id_opened_at ON survey (conversation_id, opened_at)",
    "CREATE TABLE macro (id {big} NOT NULL PRIMARY KEY, name TEXT NOT NULL,"
    ' owner_id {big} REFERENCES "user" (id) ON DELETE CASCADE, steps_json TEXT NOT NULL, created_at {big} NOT NULL, updated_at {big} NOT NULL)',
    "CREATE INDEX macro_owner_id ON macro (owner_id)",
)


def up(migrator: Any, db: Any) -> None:
    """Add what measures the service and what shortens it."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
