"""Hand-written SQL for the few hot statements: one text for SQLite and PostgreSQL, on peewee's own connection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import __exception_wrapper__ as as_peewee_errors  # type: ignore[attr-defined]

from wablast_box.lib.db import database, is_postgres

_MOST_ROWS = 64  # a statement holds 32,766 values in SQLite; each size is a text that the driver keeps prepared


def run(statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run one statement written with `?` and return its rows (none for a write without RETURNING)."""
    # The drivers' own exceptions become peewee's: what guards a transaction knows only those.
    with as_peewee_errors:
        cursor = database.connection().cursor()
        cursor.execute(_dialect(statement), tuple(params))
        return list(cursor.fetchall()) if cursor.description else []


def load(model: type[Any], condition: str, params: Sequence[Any] = ()) -> list[Any]:
    """Rows of a table as its model, where peewee's own way of writing a SELECT would cost more than the row."""
    fields = model._meta.sorted_fields
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    rows = run(f'SELECT {columns} FROM "{model._meta.table_name}" WHERE {condition}', params)  # noqa: S608
    return [model(__no_default__=True, **{f.name: f.python_value(v) for f, v in zip(fields, row, strict=True)}) for row in rows]


def run_many(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run one write for many rows; on PostgreSQL the driver pipelines them."""
    batch = list(rows)
    if batch:
        with as_peewee_errors:
            database.connection().cursor().executemany(_dialect(statement), batch)


def insert_rows(into: str, values: str, rows: Sequence[Sequence[Any]], otherwise: str = "") -> None:
    """Write many rows with few statements: `into` VALUES (`values`), (`values`) … `otherwise`.

    The driver hands over the interpreter at each statement, which costs more than a row.
    """
    for start in range(0, len(rows), _MOST_ROWS):
        some = rows[start : start + _MOST_ROWS]
        run(f"{into} VALUES {', '.join([f'({values})'] * len(some))} {otherwise}", [value for row in some for value in row])


def among(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """`column IN (values)` and its parameters, in the form that each engine plans well."""
    if is_postgres():
        return f"{column} = ANY(?)", [list(values)]
    return f"{column} IN ({','.join('?' * len(values))})", list(values)


def indexed_by(index: str) -> str:
    """Behind the table's name: SQLite, which knows nothing of how rows are spread, takes this index; PostgreSQL finds it by itself."""
    return "" if is_postgres() else f" INDEXED BY {index}"


def skip_locked() -> str:
    """Let several workers take different rows: PostgreSQL needs to be told, SQLite has one writer."""
    return " FOR UPDATE SKIP LOCKED" if is_postgres() else ""


def _dialect(statement: str) -> str:
    return statement.replace("?", "%s") if is_postgres() else statement
