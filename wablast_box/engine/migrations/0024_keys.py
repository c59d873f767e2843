"""Keys may have a role of the business's own making, and a message for later is written down once for each key."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "ALTER TABLE api_key ADD COLUMN custom_role_id {big} REFERENCES custom_role (id) ON DELETE RESTRICT",
    "CREATE INDEX api_key_custom_role_id ON api_key (custom_role_id)",
    "ALTER TABLE scheduled_message ADD COLUMN idempotency_scope TEXT",
    "ALTER TABLE scheduled_message ADD COLUMN idempotency_key TEXT",
    "ALTER TABLE scheduled_message ADD COLUMN idempotency_hash TEXT",
    "CREATE UNIQUE INDEX scheduled_message_idempotency_scope_idempotency_key ON scheduled_message (idempotency_scope, idempotency_key)",
)


def up(migrator: Any, db: Any) -> None:
    """Add both."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
