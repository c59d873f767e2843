"""Drafts of flows that answer one phone for an hour; and sessions found by version and moment, for their figures."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE flow_trial (id {big} NOT NULL PRIMARY KEY, flow_id {big} NOT NULL REFERENCES flow (id) ON DELETE CASCADE,"
    " made_by TEXT NOT NULL, code TEXT NOT NULL, conversation_id {big} REFERENCES conversation (id) ON DELETE CASCADE,"
    " until_at {big} NOT NULL, created_at {big} NOT NULL, ended_at {big})",
    "CREATE UNIQUE INDEX flow_trial_code ON flow_trial (code)",
    "CREATE INDEX flow_trial_flow_id ON flow_trial (flow_id)",
    "CREATE INDEX flow_trial_conversation_id ON flow_trial (conversation_id)",
    "CREATE INDEX flow_trial_open ON flow_trial (until_at) WHERE ended_at IS NULL",
    "CREATE INDEX flow_session_version_id_started_at ON flow_session (version_id, started_at)",
)


def up(migrator: Any, db: Any) -> None:
    """Make the table and the index."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
