"""From one version to the next, with a way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from wablast_box.engine.ops import migrate as migrations
from wablast_box.engine.settings import store
from wablast_box.lib import db
from wablast_box.lib.errors import Conflict

ADDS_A_COLUMN = """
def up(migrator, db):
    from peewee import TextField
    migrator.migrate(migrator.add_column("contact", "nickname", TextField(null=True)))
"""
BREAKS = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE half_done (id INTEGER)")
    raise RuntimeError("no")
"""


@pytest.fixture
def folder_of_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations that a test may add to."""
    copy = tmp_path / "migrations"
    copy.mkdir()
    for file in migrations.MIGRATIONS.glob("0*.py"):
        (copy / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(migrations, "MIGRATIONS", copy)
    return copy


def columns(table: str) -> set[str]:
    return {column.name for column in db.database.get_columns(table)}


def test_a_new_version_takes_a_snapshot_and_then_changes_the_tables(box: Path, folder_of_migrations: Path) -> None:
    store.put("business_name", "Asha Textiles")
    (folder_of_migrations / "9999_add_nickname.py").write_text(ADDS_A_COLUMN)

    done = migrations.migrate(box / "backups")

    assert done == ["9999_add_nickname"]
    assert "nickname" in columns("contact")
    snapshots = list((box / "backups").glob("before-migration-*.db"))
    assert len(snapshots) == (0 if db.is_postgres() else 1)
    assert migrations.migrate(box / "backups") == []


def test_a_snapshot_is_a_whole_database_from_before(box: Path, folder_of_migrations: Path) -> None:
    if db.is_postgres():
        pytest.skip("PostgreSQL has its own backups")
    store.put("business_name", "Asha Textiles")
    (folder_of_migrations / "9999_add_nickname.py").write_text(ADDS_A_COLUMN)
    migrations.migrate(box / "backups")
    (snapshot,) = (box / "backups").glob("before-migration-*.db")
    db.close_database()

    db.open_database(f"sqlite:///{snapshot}")

    assert "nickname" not in columns("contact")
    store.forget_cached()
    assert store.get("business_name") == "Asha Textiles"


def test_a_migration_that_fails_leaves_everything_as_it_was(box: Path, folder_of_migrations: Path) -> None:
    (folder_of_migrations / "9999_breaks.py").write_text(BREAKS)

    with pytest.raises(RuntimeError):
        migrations.migrate(box / "backups")

    assert "half_done" not in db.database.get_tables()
    assert migrations.pending() == ["9999_breaks"]


def test_a_folder_of_a_newer_version_is_refused_with_the_way_out(box: Path, folder_of_migrations: Path) -> None:
    extra = folder_of_migrations / "9999_add_nickname.py"
    extra.write_text(ADDS_A_COLUMN)
    migrations.migrate(box / "backups")
    extra.unlink()

    with pytest.raises(Conflict, match="newer version") as refused:
        migrations.migrate(box / "backups")

    assert "9999_add_nickname" in refused.value.message and refused.value.help


def test_only_the_newest_snapshots_are_kept(box: Path, folder_of_migrations: Path) -> None:
    if db.is_postgres():
        pytest.skip("PostgreSQL has its own backups")
    (box / "backups").mkdir(exist_ok=True)
    for day in range(10, 20):
        (box / "backups" / f"before-migration-202601{day}-000000.db").touch()
    (folder_of_migrations / "9999_add_nickname.py").write_text(ADDS_A_COLUMN)

    migrations.migrate(box / "backups")

    assert len(list((box / "backups").iterdir())) == migrations.SNAPSHOTS_KEPT


# Their ids count by themselves, are another table's, or there is one row.
OTHER_IDS = ("audit_entry", "media_carry", "media_picture", "number", "schema_migration", "search_due", "template_sync")


def test_every_table_with_ids_of_ours_is_asked_for_its_newest(box: Path) -> None:
    with_ids = {
        table
        for table in db.database.get_tables()
        if any(column.name == "id" and column.primary_key for column in db.database.get_columns(table))
        and table not in OTHER_IDS
        and not table.startswith("fts_")
    }

    assert with_ids == set(migrations.TABLES_WITH_IDS)
    assert migrations.newest_id() >= 0
