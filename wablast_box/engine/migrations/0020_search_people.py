"""People are found by what is known of them and by their other numbers too."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

_TABLES = ("contact_value", "contact_account")
_DUE = "INSERT INTO search_due (kind, subject_id) VALUES ('contact', {row}.contact_id)"
_SQLITE = "CREATE TRIGGER search_{table}_{verb} AFTER {verb} ON {table} BEGIN {due}; END"
_FUNCTION = "CREATE FUNCTION search_{table}_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {due}; RETURN NULL; END $$"
_POSTGRES = "CREATE TRIGGER search_{table}_{verb} AFTER {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION search_{table}_{verb}()"
_AGAIN = (
    "INSERT INTO search_backlog (kind, below_id) SELECT 'contact', max(id) + 1 FROM contact HAVING max(id) IS NOT NULL"
    " ON CONFLICT (kind) DO UPDATE SET below_id = excluded.below_id"
)


def up(migrator: Any, db: Any) -> None:
    """Watch both tables, and index everybody again."""
    statements = (_FUNCTION, _POSTGRES) if isinstance(db, PostgresqlDatabase) else (_SQLITE,)
    for table in _TABLES:
        for verb, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
            for statement in statements:
                db.execute_sql(statement.format(table=table, verb=verb, due=_DUE.format(row=row)))
    db.execute_sql(_AGAIN)
