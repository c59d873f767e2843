"""Where raw webhooks are forwarded to, how far that has come, and the few that were not taken at once."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE webhook_forward (id {big} NOT NULL PRIMARY KEY, url TEXT NOT NULL, is_on {bool} NOT NULL, fields_json TEXT,"
    " sealed_secret {blob}, cursor_id {big} NOT NULL, failures INTEGER NOT NULL, next_try_at {big} NOT NULL, paused_at {big},"
    " error TEXT, delivered_at {big}, created_at {big} NOT NULL, updated_at {big} NOT NULL)",
    "CREATE TABLE webhook_delivery (id {big} NOT NULL PRIMARY KEY, forward_id {big} NOT NULL"
    " REFERENCES webhook_forward (id) ON DELETE CASCADE, webhook_event_id {big} NOT NULL, state TEXT NOT NULL,"
    " attempts INTEGER NOT NULL, next_attempt_at {big} NOT NULL, claimed_at {big}, error TEXT, created_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX webhook_delivery_forward_id_webhook_event_id ON webhook_delivery (forward_id, webhook_event_id)",
    "CREATE INDEX webhook_delivery_due ON webhook_delivery (forward_id, next_attempt_at) WHERE state IN ('waiting', 'sending')",
)


def up(migrator: Any, db: Any) -> None:
    """Make the tables."""
    is_postgres = isinstance(db, PostgresqlDatabase)
    types = {"big": big_integer(db), "bool": "BOOLEAN" if is_postgres else "INTEGER", "blob": "BYTEA" if is_postgres else "BLOB"}
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(**types))
