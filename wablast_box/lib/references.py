"""What in the database points at a table: asked of the database itself, so that no table is forgotten when rows move."""

from __future__ import annotations

from dataclasses import dataclass

from wablast_box.lib import sql
from wablast_box.lib.cache import Remembered
from wablast_box.lib.db import database

_known: Remembered[tuple[Reference, ...]] = Remembered(600)


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names rows of another table. `rivals`: what else must differ for two rows to name the same one."""

    table: str
    column: str
    rivals: tuple[tuple[str, ...], ...]


def references_to(table: str) -> tuple[Reference, ...]:
    """Every column with a foreign key to `table`."""
    return _known.get(table, lambda: _load(table))


def move_references(table: str, from_id: int, to_id: int, *, but: frozenset[str] = frozenset()) -> dict[str, int]:
    """Let everything that names one row name the other; what the other has already stays behind. How many rows of each table moved.

    Call inside a transaction. `but`: tables that are somebody else's business.
    """
    moved = {}
    for one in references_to(table):
        if one.table not in but:
            moved[one.table] = _move(one, from_id, to_id)
    return moved


def _move(one: Reference, from_id: int, to_id: int) -> int:
    table, conditions, params = f'"{one.table}"', "", [to_id, from_id]
    for rivals in one.rivals:
        same = "".join(f' AND k."{name}" = {table}."{name}"' for name in rivals)
        conditions += f' AND NOT EXISTS (SELECT 1 FROM {table} k WHERE k."{one.column}" = ?{same})'  # noqa: S608 - names of the schema
        params.append(to_id)
    statement = f'UPDATE {table} SET "{one.column}" = ? WHERE "{one.column}" = ?{conditions} RETURNING 1'  # noqa: S608
    return len(sql.run(statement, params))


def _load(table: str) -> tuple[Reference, ...]:
    found = []
    for name in sorted(database.get_tables()):
        keys = [key.column for key in database.get_foreign_keys(name) if key.dest_table == table]
        if keys:
            found += [Reference(name, column, _rivals(name, column)) for column in dict.fromkeys(keys)]
    return tuple(found)


def _rivals(table: str, column: str) -> tuple[tuple[str, ...], ...]:
    unique = [tuple(index.columns) for index in database.get_indexes(table) if index.unique]
    unique.append(tuple(database.get_primary_keys(table)))
    return tuple(dict.fromkeys(tuple(c for c in columns if c != column) for columns in unique if column in columns))
