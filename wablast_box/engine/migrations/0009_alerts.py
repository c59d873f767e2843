"""E-mail, push, digests: who is told of what, where, and what is still to be told."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE email (id {big} NOT NULL PRIMARY KEY, kind TEXT NOT NULL, to_address TEXT NOT NULL, subject TEXT NOT NULL,"
    " sealed_body {blob}, state TEXT NOT NULL, attempts INTEGER NOT NULL, next_attempt_at {big} NOT NULL, claimed_at {big},"
    " error TEXT, created_at {big} NOT NULL, expires_at {big} NOT NULL, sent_at {big})",
    "CREATE INDEX email_due ON email (next_attempt_at) WHERE state IN ('queued', 'sending')",
    "CREATE TABLE push_device (id {big} NOT NULL PRIMARY KEY,"
    ' user_id {big} NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,'
    " session_id {big} NOT NULL REFERENCES login_session (id) ON DELETE CASCADE,"
    " endpoint TEXT NOT NULL, p256dh TEXT NOT NULL, auth TEXT NOT NULL, agent TEXT, created_at {big} NOT NULL, used_at {big})",
    "CREATE UNIQUE INDEX push_device_endpoint ON push_device (endpoint)",
    "CREATE INDEX push_device_user_id ON push_device (user_id)",
    "CREATE INDEX push_device_session_id ON push_device (session_id)",
    "CREATE TABLE push (id {big} NOT NULL PRIMARY KEY, device_id {big} NOT NULL REFERENCES push_device (id) ON DELETE CASCADE,"
    " topic TEXT NOT NULL, payload_json TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,"
    " next_attempt_at {big} NOT NULL, claimed_at {big}, error TEXT, created_at {big} NOT NULL)",
    "CREATE INDEX push_device_id ON push (device_id)",
    "CREATE INDEX push_due ON push (next_attempt_at) WHERE state IN ('queued', 'sending')",
    'CREATE TABLE alert_preference (user_id {big} NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,'
    " hears_mine {bool} NOT NULL, hears_mentions {bool} NOT NULL, hears_unassigned {bool} NOT NULL, shows_text {bool} NOT NULL,"
    " quiet_from_min INTEGER, quiet_until_min INTEGER, digest_after_min INTEGER, present_at {big})",
    'CREATE TABLE digest (user_id {big} NOT NULL REFERENCES "user" (id) ON DELETE CASCADE, period_at {big} NOT NULL,'
    " email_id {big} NOT NULL, created_at {big} NOT NULL, PRIMARY KEY (user_id, period_at))",
    "CREATE TABLE event_cursor (name TEXT NOT NULL PRIMARY KEY, event_id {big} NOT NULL)",
)


def up(migrator: Any, db: Any) -> None:
    """Add what alerts need."""
    is_postgres = isinstance(db, PostgresqlDatabase)
    types = {"big": big_integer(db), "blob": "BYTEA" if is_postgres else "BLOB", "bool": "BOOLEAN" if is_postgres else "INTEGER"}
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(**types))
