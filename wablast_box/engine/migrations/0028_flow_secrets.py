"""Secrets that flows name, and addresses at which other systems let a waiting flow go on."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE flow_secret (name TEXT NOT NULL PRIMARY KEY, sealed {blob} NOT NULL, last4 TEXT, hosts_json TEXT NOT NULL,"
    " updated_at {big} NOT NULL, updated_by TEXT NOT NULL)",
    "CREATE TABLE flow_address (id {big} NOT NULL PRIMARY KEY, token_hash TEXT NOT NULL,"
    " session_id {big} NOT NULL REFERENCES flow_session (id) ON DELETE CASCADE, expires_at {big} NOT NULL, called_at {big},"
    " body_json TEXT, created_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX flow_address_token_hash ON flow_address (token_hash)",
    "CREATE INDEX flow_address_session_id ON flow_address (session_id)",
)


def up(migrator: Any, db: Any) -> None:
    """Make the tables."""
    types = {"big": big_integer(db), "blob": "BYTEA" if isinstance(db, PostgresqlDatabase) else "BLOB"}
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(**types))
