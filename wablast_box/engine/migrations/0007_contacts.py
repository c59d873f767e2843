"""Contacts know their language, tags, fields of the business's own, former numbers, and what was done with them."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

from wablast_box.engine.migrations import big_integer

_COLUMNS = ("profile_name TEXT", "named_at {big}", "language TEXT", "language_by TEXT", "blocked_at {big}")
_STATEMENTS = (
    *(f"ALTER TABLE contact ADD COLUMN {column}" for column in _COLUMNS),
    "CREATE INDEX contact_name ON contact (LOWER(name))",
    "CREATE INDEX contact_username ON contact (LOWER(username))",
    "CREATE TABLE contact_field (id {big} NOT NULL PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, choices_json TEXT,"
    " place INTEGER NOT NULL, created_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX contact_field_name ON contact_field (LOWER(name))",
    "CREATE TABLE contact_value ("
    " contact_id {big} NOT NULL REFERENCES contact (id) ON DELETE CASCADE,"
    " field_id {big} NOT NULL REFERENCES contact_field (id) ON DELETE CASCADE,"
    " value TEXT NOT NULL, folded TEXT NOT NULL, number {real}, PRIMARY KEY (contact_id, field_id))",
    "CREATE INDEX contact_value_folded ON contact_value (field_id, folded)",
    "CREATE INDEX contact_value_number ON contact_value (field_id, number)",
    "CREATE TABLE contact_account (id {big} NOT NULL PRIMARY KEY,"
    " contact_id {big} NOT NULL REFERENCES contact (id) ON DELETE CASCADE,"
    " wa_id TEXT, user_id TEXT, left_at {big}, created_at {big} NOT NULL)",
    "CREATE INDEX contact_account_contact_id ON contact_account (contact_id)",
    "CREATE INDEX contact_account_wa_id ON contact_account (wa_id)",
    "CREATE INDEX contact_account_user_id ON contact_account (user_id)",
    "CREATE TABLE contact_activity (id {big} NOT NULL PRIMARY KEY,"
    " contact_id {big} NOT NULL REFERENCES contact (id) ON DELETE CASCADE,"
    " kind TEXT NOT NULL, actor TEXT, detail_json TEXT, created_at {big} NOT NULL)",
    "CREATE INDEX contact_activity_contact_id_id ON contact_activity (contact_id, id)",
    "CREATE TABLE contact_tag (contact_id {big} NOT NULL REFERENCES contact (id) ON DELETE CASCADE,"
    " tag_id {big} NOT NULL REFERENCES tag (id) ON DELETE CASCADE, created_at {big} NOT NULL, PRIMARY KEY (contact_id, tag_id))",
    "CREATE INDEX contact_tag_tag_id ON contact_tag (tag_id)",
)


def up(migrator: Any, db: Any) -> None:
    """Add what the box knows of a person besides their name and number."""
    real = "DOUBLE PRECISION" if isinstance(db, PostgresqlDatabase) else "REAL"
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db), real=real))
