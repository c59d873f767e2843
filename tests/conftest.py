"""Fixtures for every test: a box of its own in a cloned data folder, and the folder of public payloads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from wablast_box.engine.ops.migrate import migrate
from wablast_box.engine.settings import secrets, store
from wablast_box.lib import db, worker

ROOT = Path(__file__).parent.parent


def pytest_configure(config: pytest.Config) -> None:
    # Proxies of the surroundings are not part of the box's world.
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Playwright keeps an event loop running on this thread from its first use on; whoever needs one of their own goes first.
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """Public payloads and vectors that lie beside the repository; tests that want them skip without."""
    folder = Path(os.environ.get("WABLAST_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder of public payloads is not beside this repository (set WABLAST_SHARED)")
    return folder


@pytest.fixture(scope="session")
def meta_payloads(shared_folder: Path) -> Path:
    return shared_folder / "meta" / "payloads"


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with empty tables, made once and cloned for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    db.open_database(f"sqlite:///{folder / 'box.db'}")
    migrate(folder / "backups")
    db.close_database()
    return folder


@pytest.fixture
def box(migrated_folder: Path, tmp_path: Path) -> Iterator[Path]:
    """An open box: the path of its own data folder. Bells ring at once; on PostgreSQL when WABLAST_BOX_TEST_DATABASE_URL says so."""
    folder = tmp_path / "data"
    shutil.copytree(migrated_folder, folder)
    url = os.environ.get("WABLAST_BOX_TEST_DATABASE_URL")
    db.open_database(url or f"sqlite:///{folder / 'box.db'}")
    if url:
        _empty_schema(folder)
    secrets.use_key(folder / "secrets.key")
    store.forget_cached()
    worker.huey.immediate = True
    yield folder
    worker.huey.immediate = False
    db.close_database()


def _empty_schema(folder: Path) -> None:
    db.database.execute_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    migrate(folder / "backups")
