"""The audit log: a table that only grows. The database itself refuses to change an entry or to delete one before its time."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

from wablast_box.engine.migrations import big_integer

# 400 days in milliseconds.
_KEPT = 400 * 24 * 60 * 60 * 1000
_TABLE = (
    "CREATE TABLE audit_entry (id {big} NOT NULL PRIMARY KEY, at {big} NOT NULL, actor TEXT NOT NULL, actor_name TEXT NOT NULL,"
    " role TEXT NOT NULL, session_id {big}, address TEXT, action TEXT NOT NULL, subject TEXT, subject_name TEXT, fields_json TEXT,"
    " result TEXT NOT NULL, detail_json TEXT, previous TEXT NOT NULL, hash TEXT NOT NULL)",
    "CREATE INDEX audit_entry_at ON audit_entry (at)",
    "CREATE INDEX audit_entry_actor_id ON audit_entry (actor, id)",
    "CREATE INDEX audit_entry_action_id ON audit_entry (action, id)",
)
_SQLITE = (
    "CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END",
    "CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry"
    f" WHEN OLD.at > CAST(strftime('%s', 'now') AS INTEGER) * 1000 - {_KEPT}"
    " BEGIN SELECT RAISE(ABORT, 'the audit log keeps its entries for 400 days'); END",
    # REPLACE deletes without asking the trigger for deleting.
    "CREATE TRIGGER audit_entry_once BEFORE INSERT ON audit_entry WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END",
)
_POSTGRES = (
    "CREATE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF TG_OP = 'DELETE' AND OLD.at <= (EXTRACT(EPOCH FROM now()) * 1000)::bigint - {_KEPT} THEN RETURN OLD; END IF;"
    " RAISE EXCEPTION 'the audit log is never changed, and keeps its entries for 400 days'; END $$",
    "CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_guard()",
    "CREATE TRIGGER audit_entry_kept BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_guard()",
)


def up(migrator: Any, db: Any) -> None:
    """Make the table and its guards."""
    for statement in (*(text.format(big=big_integer(db)) for text in _TABLE), *(_POSTGRES if isinstance(db, PostgresqlDatabase) else _SQLITE)):
        db.execute_sql(statement)
