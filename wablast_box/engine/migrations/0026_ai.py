"""Language models: whom we ask, and the ledger of what was asked and what it cost."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE ai_provider (id {big} NOT NULL PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, base_url TEXT NOT NULL,"
    " model TEXT NOT NULL, sealed_key {blob}, key_last4 TEXT, allows_private {bool} NOT NULL, price_in_paise INTEGER NOT NULL,"
    " price_out_paise INTEGER NOT NULL, is_default {bool} NOT NULL, created_at {big} NOT NULL, updated_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX ai_provider_name ON ai_provider (name)",
    "CREATE UNIQUE INDEX ai_provider_default ON ai_provider (is_default) WHERE is_default",
    "CREATE TABLE ai_usage (id {big} NOT NULL PRIMARY KEY, provider_id {big} REFERENCES ai_provider (id) ON DELETE SET NULL,"
    " provider_name TEXT NOT NULL, model TEXT NOT NULL, purpose TEXT NOT NULL, asked_by TEXT NOT NULL, ref TEXT NOT NULL, once_key TEXT,"
    " state TEXT NOT NULL, is_priced {bool} NOT NULL, tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL,"
    " cost_micro_paise {big} NOT NULL, duration_ms INTEGER, error TEXT, answer_json TEXT, created_at {big} NOT NULL)",
    "CREATE INDEX ai_usage_created_at ON ai_usage (created_at)",
    "CREATE INDEX ai_usage_once ON ai_usage (once_key) WHERE once_key IS NOT NULL",
    "CREATE INDEX ai_usage_asked ON ai_usage (created_at) WHERE state = 'asked'",
)


def up(migrator: Any, db: Any) -> None:
    """Make the tables."""
    is_postgres = isinstance(db, PostgresqlDatabase)
    types = {"big": big_integer(db), "bool": "BOOLEAN" if is_postgres else "INTEGER", "blob": "BYTEA" if is_postgres else "BLOB"}
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(**types))
