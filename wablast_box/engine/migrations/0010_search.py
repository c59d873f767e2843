"""Full-text search: the index, what still has to be indexed, and triggers that no verb can forget to pull."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

_DUE = "INSERT INTO search_due (kind, subject_id) "
# table → (kind, whose id, columns whose change matters; none: any)
_WATCHED = {
    "message": ("message", "id", "text, conversation_id"),
    "attachment": ("message", "message_id", "filename, media_file_id"),
    "note": ("note", "id", ""),
    "contact": ("contact", "id", ""),
}
_ADDED = "INSERT INTO search_due (kind, subject_id) SELECT '{kind}', {column} FROM added"
_BACKLOG = "INSERT INTO search_backlog (kind, below_id) SELECT '{kind}', max(id) + 1 FROM {kind} HAVING max(id) IS NOT NULL"
_INDEX = (
    "CREATE VIRTUAL TABLE fts_{name} USING fts5({columns}, content='', contentless_delete=1,"
    " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")"
)


def up(migrator: Any, db: Any) -> None:
    """Add the index. What is stored already is indexed later, newest first, while the box works."""
    if isinstance(db, PostgresqlDatabase):
        _postgres(db)
    else:
        _sqlite(db)
    for kind in ("message", "note", "contact"):
        db.execute_sql(_BACKLOG.format(kind=kind))


def _sqlite(db: Any) -> None:
    db.execute_sql("CREATE TABLE search_due (id INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL, subject_id INTEGER NOT NULL)")
    db.execute_sql("CREATE TABLE search_backlog (kind TEXT NOT NULL PRIMARY KEY, below_id INTEGER NOT NULL)")
    for name, columns in (("message", "words, file, conversation"), ("note", "words, conversation"), ("contact", "words, phone")):
        db.execute_sql(_INDEX.format(name=name, columns=columns))
    for table, (kind, column, columns) in _WATCHED.items():
        for verb, row in ((f"UPDATE OF {columns}" if columns else "UPDATE", "NEW"), ("DELETE", "OLD"), ("INSERT", "NEW")):
            # A file's row comes in the same transaction as its message, which is due already.
            if (table, verb) != ("attachment", "INSERT"):
                name = f"search_{table}_{verb.split()[0].lower()}"
                db.execute_sql(f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN {_DUE}VALUES ('{kind}', {row}.{column}); END")


def _postgres(db: Any) -> None:
    db.execute_sql("CREATE TABLE search_due (id BIGSERIAL NOT NULL PRIMARY KEY, kind TEXT NOT NULL, subject_id BIGINT NOT NULL)")
    db.execute_sql("CREATE TABLE search_backlog (kind TEXT NOT NULL PRIMARY KEY, below_id BIGINT NOT NULL)")
    for name in ("message", "note", "contact"):
        db.execute_sql(f"CREATE TABLE fts_{name} (id BIGINT NOT NULL PRIMARY KEY, conversation_id BIGINT, words TSVECTOR NOT NULL)")
        # Without its list of pending entries, which every search would have to read through.
        db.execute_sql(f"CREATE INDEX fts_{name}_words ON fts_{name} USING GIN (words) WITH (fastupdate = off)")
    for name in ("message", "note"):
        db.execute_sql(f"CREATE INDEX fts_{name}_conversation ON fts_{name} (conversation_id, id)")
    for table, (kind, column, columns) in _WATCHED.items():
        _pg_trigger(db, f"search_{table}_delete", "DELETE", table, kind, f"OLD.{column}")
        _pg_trigger(db, f"search_{table}_update", f"UPDATE OF {columns}" if columns else "UPDATE", table, kind, f"NEW.{column}")
        if table != "attachment":
            _pg_insert_trigger(db, f"search_{table}_insert", table, kind, column)


def _pg_trigger(db: Any, name: str, verb: str, table: str, kind: str, subject: str) -> None:
    db.execute_sql(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_DUE}VALUES ('{kind}', {subject}); RETURN NULL; END $$"
    )
    db.execute_sql(f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _pg_insert_trigger(db: Any, name: str, table: str, kind: str, column: str) -> None:
    # Once for a statement, however many rows: ingest inserts hundreds at a time.
    body = _ADDED.format(kind=kind, column=column)
    db.execute_sql(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$")
    db.execute_sql(
        f"CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
