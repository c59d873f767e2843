"""How conversations find somebody to answer them: each team's way, each person's attendance."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE team_routing (team_id {big} NOT NULL PRIMARY KEY REFERENCES team (id) ON DELETE CASCADE, how TEXT NOT NULL)",
    'CREATE TABLE attendance (user_id {big} NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,'
    " is_away {bool} NOT NULL, away_until {big}, capacity INTEGER, last_routed_at {big})",
    "CREATE INDEX conversation_unrouted ON conversation (opened_at) WHERE state = 'open' AND assignee_id IS NULL"
    " AND opened_at IS NOT NULL AND (routed_at IS NULL OR routed_at < opened_at)",
)


def up(migrator: Any, db: Any) -> None:
    """Add teams' ways and people's attendance."""
    big = big_integer(db)
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big, bool="BOOLEAN" if big == "BIGINT" else "INTEGER"))
    # What was there before is nobody's news: only what opens from now on is given to somebody.
    db.execute_sql("UPDATE conversation SET routed_at = opened_at WHERE opened_at IS NOT NULL")
