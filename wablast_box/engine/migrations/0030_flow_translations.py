"""Orders to have a flow's texts translated by a language model."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE flow_translation (id {big} NOT NULL PRIMARY KEY, flow_id {big} NOT NULL REFERENCES flow (id) ON DELETE CASCADE,"
    " language TEXT NOT NULL, states TEXT NOT NULL, left_json TEXT NOT NULL, total INTEGER NOT NULL, done INTEGER NOT NULL,"
    " refused INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, next_attempt_at {big} NOT NULL, claimed_at {big},"
    " error TEXT, ordered_by TEXT NOT NULL, created_at {big} NOT NULL)",
    "CREATE INDEX flow_translation_flow_id_id ON flow_translation (flow_id, id)",
    "CREATE UNIQUE INDEX flow_translation_active ON flow_translation (flow_id) WHERE state IN ('waiting', 'working')",
)


def up(migrator: Any, db: Any) -> None:
    """Make the table."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
