"""Custom roles, second factors, unfinished sign-ins, invitations and identities elsewhere."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE custom_role (id {big} NOT NULL PRIMARY KEY, name TEXT NOT NULL, base TEXT NOT NULL, permissions_json TEXT NOT NULL,"
    " scope TEXT NOT NULL, hides_numbers {bool} NOT NULL, created_at {big} NOT NULL, updated_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX custom_role_name ON custom_role (LOWER(name))",
    'ALTER TABLE "user" ADD COLUMN custom_role_id {big} REFERENCES custom_role (id) ON DELETE RESTRICT',
    'CREATE INDEX user_custom_role_id ON "user" (custom_role_id)',
    'ALTER TABLE "user" ADD COLUMN second_factor_due_at {big}',
    "ALTER TABLE login_session ADD COLUMN second_factor_at {big}",
    'CREATE TABLE totp (user_id {big} NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE, sealed {blob} NOT NULL,'
    " created_at {big} NOT NULL, confirmed_at {big}, last_step {big} NOT NULL)",
    'CREATE TABLE passkey (id {big} NOT NULL PRIMARY KEY, user_id {big} NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,'
    " name TEXT NOT NULL, credential_id TEXT NOT NULL, public_key {blob} NOT NULL, sign_count {big} NOT NULL, host TEXT NOT NULL,"
    " transports_json TEXT, is_synced {bool} NOT NULL, created_at {big} NOT NULL, last_used_at {big})",
    "CREATE UNIQUE INDEX passkey_credential_id ON passkey (credential_id)",
    "CREATE INDEX passkey_user_id ON passkey (user_id)",
    'CREATE TABLE recovery_code (id {big} NOT NULL PRIMARY KEY, user_id {big} NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,'
    " code_hash TEXT NOT NULL, created_at {big} NOT NULL, used_at {big})",
    "CREATE UNIQUE INDEX recovery_code_code_hash ON recovery_code (code_hash)",
    "CREATE INDEX recovery_code_user_id ON recovery_code (user_id)",
    "CREATE TABLE entry_step (id {big} NOT NULL PRIMARY KEY, token_hash TEXT NOT NULL, purpose TEXT NOT NULL,"
    ' user_id {big} REFERENCES "user" (id) ON DELETE CASCADE, session_id {big} REFERENCES login_session (id) ON DELETE CASCADE,'
    " detail_json TEXT, tries INTEGER NOT NULL, created_at {big} NOT NULL, expires_at {big} NOT NULL, used_at {big})",
    "CREATE UNIQUE INDEX entry_step_token_hash ON entry_step (token_hash)",
    "CREATE INDEX entry_step_user_id ON entry_step (user_id)",
    "CREATE INDEX entry_step_session_id ON entry_step (session_id)",
    "CREATE TABLE invitation (id {big} NOT NULL PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,"
    " custom_role_id {big} REFERENCES custom_role (id) ON DELETE RESTRICT, token_hash TEXT NOT NULL, invited_by_id {big},"
    " invited_by_name TEXT NOT NULL, created_at {big} NOT NULL, sent_at {big} NOT NULL, expires_at {big} NOT NULL, mailed_at {big},"
    ' accepted_at {big}, revoked_at {big}, user_id {big} REFERENCES "user" (id) ON DELETE SET NULL)',
    "CREATE UNIQUE INDEX invitation_token_hash ON invitation (token_hash)",
    "CREATE INDEX invitation_custom_role_id ON invitation (custom_role_id)",
    "CREATE INDEX invitation_user_id ON invitation (user_id)",
    "CREATE UNIQUE INDEX invitation_open ON invitation (email) WHERE accepted_at IS NULL AND revoked_at IS NULL",
    'CREATE TABLE external_identity (id {big} NOT NULL PRIMARY KEY, user_id {big} NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,'
    " issuer TEXT NOT NULL, subject TEXT NOT NULL, email TEXT NOT NULL, created_at {big} NOT NULL, last_used_at {big})",
    "CREATE INDEX external_identity_user_id ON external_identity (user_id)",
    "CREATE UNIQUE INDEX external_identity_issuer_subject ON external_identity (issuer, subject)",
)


def up(migrator: Any, db: Any) -> None:
    """Make the tables."""
    is_postgres = isinstance(db, PostgresqlDatabase)
    types = {"big": big_integer(db), "bool": "BOOLEAN" if is_postgres else "INTEGER", "blob": "BYTEA" if is_postgres else "BLOB"}
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(**types))
