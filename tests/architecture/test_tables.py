"""Tables: nothing knows of tenants, and the migrations build exactly what the models say, indexes included."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playhouse.schema_diff import diff_models

from wablast_box.engine.ops.migrate import migrate
from wablast_box.lib import db

from .sources import BOX, python_files, shown

# One box is one business: a column that tells businesses apart would be a promise that nothing keeps.
TENANT_WORDS = re.compile(r"(^|_)(tenant|workspace|organi[sz]ation|org|customer_account|business)(_id)?$")
# The migration runner's own history.
FOREIGN_TABLES = {"schema_migration"}
# The full-text index is of another kind on each engine, and no model fits both.
INDEX_TABLES = "fts_"

Index = tuple[str, str, bool, str]


def models() -> list[type[db.BaseModel]]:
    """Every table of the box: the subclasses of BaseModel, wherever they live."""
    for path in python_files(BOX):
        if path.name == "models.py" or "(BaseModel)" in path.read_text(encoding="utf-8"):
            importlib.import_module(shown(path).removesuffix(".py").replace("/", "."))
    return sorted((model for model in _heirs(db.BaseModel) if model.__module__.startswith("wablast_box.")), key=lambda model: model.__name__)


def _heirs(model: type[Any]) -> Iterator[type[Any]]:
    for heir in model.__subclasses__():
        yield heir
        yield from _heirs(heir)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, of either kind."""
    if request.param == "postgresql":
        url = os.environ.get("WABLAST_BOX_TEST_DATABASE_URL")
        if not url:
            pytest.skip("no PostgreSQL: set WABLAST_BOX_TEST_DATABASE_URL")
        db.open_database(url)
        db.database.execute_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    else:
        db.open_database(f"sqlite:///{tmp_path / 'box.db'}")
    yield request.param
    db.close_database()


def test_no_column_tells_businesses_apart() -> None:
    columns = [f"{model._meta.table_name}.{name}" for model in models() for name in model._meta.columns]

    assert len(columns) > 50, "the models were not found"
    assert not [column for column in columns if TENANT_WORDS.search(column.partition(".")[2])]


def test_times_and_durations_are_named_as_such() -> None:
    wrong = [
        f"{model._meta.table_name}.{name}"
        for model in models()
        for name, field in model._meta.columns.items()
        if isinstance(field, db.MomentField) and name != "at" and not name.endswith(("_at", "_until"))
    ]

    assert not wrong


def test_migrations_give_exactly_the_models(empty_database: str, tmp_path: Path) -> None:
    migrate(tmp_path / "backups")

    differences = diff_models(db.database.obj, models())

    assert not differences, str(differences)


def test_migrations_give_exactly_the_types_of_the_models(empty_database: str, tmp_path: Path) -> None:
    migrate(tmp_path / "backups")
    migrated = columns()
    _drop_everything(empty_database, tmp_path)
    db.database.create_tables(models())

    modelled = columns()

    assert modelled, "no columns were found"
    assert migrated == modelled


def test_migrations_give_exactly_the_indexes(empty_database: str, tmp_path: Path) -> None:
    migrate(tmp_path / "backups")
    migrated = indexes()
    _drop_everything(empty_database, tmp_path)
    db.database.create_tables(models())

    modelled = indexes()

    assert modelled, "no indexes were found"
    assert migrated == modelled


def columns() -> set[tuple[Any, ...]]:
    """Table, name, type, nullability and primary key of every column, and where foreign keys lead."""
    tables = {table for table in db.database.get_tables() if not is_foreign(table)}
    found: set[tuple[Any, ...]] = set()
    for table in tables:
        found |= {(table, c.name, c.data_type.upper(), c.null, c.primary_key) for c in db.database.get_columns(table)}
        found |= {(table, key.column, key.dest_table, key.dest_column) for key in db.database.get_foreign_keys(table)}
    return found


def indexes() -> set[Index]:
    """Table, columns, uniqueness and condition of every index."""
    read = _postgres_indexes if db.is_postgres() else _sqlite_indexes
    return {index for index in read() if not is_foreign(index[0])}


def is_foreign(table: str) -> bool:
    """Not one of our models'."""
    return table in FOREIGN_TABLES or table.startswith(INDEX_TABLES)


def _sqlite_indexes() -> Iterator[Index]:
    tables = [row[0] for row in db.database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    for table in tables:
        for _, name, unique, _, _ in db.database.execute_sql(f'PRAGMA index_list("{table}")').fetchall():
            columns = ",".join(str(row[2]) for row in db.database.execute_sql(f'PRAGMA index_info("{name}")').fetchall())
            definition = db.database.execute_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            yield table, columns, bool(unique), _condition((definition[0] if definition else None) or "")


def _postgres_indexes() -> Iterator[Index]:
    rows = db.database.execute_sql("SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'").fetchall()
    for table, definition in rows:
        columns = definition.partition("USING btree (")[2].partition(")")[0].replace('"', "").replace(" ", "")
        yield table, columns, "UNIQUE" in definition, _condition(definition)


def _condition(definition: str) -> str:
    return re.sub(r"\s+", " ", definition.partition(" WHERE ")[2]).strip()


def _drop_everything(kind: str, tmp_path: Path) -> None:
    if kind == "postgresql":
        db.database.execute_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        return
    db.close_database()
    db.open_database(f"sqlite:///{tmp_path / 'models.db'}")
