"""Fixtures for every test: a box of its own in a cloned data folder, and the folder of public payloads."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.people import hash_cheaply
from wablast_box.engine.flows.keeping.sessions import graph_of
from wablast_box.engine.media import store as media
from wablast_box.engine.media.workshop import process
from wablast_box.engine.ops.migrate import migrate
from wablast_box.engine.settings import secrets
from wablast_box.lib import db, ids, worker
from wablast_box.lib.cache import Remembered

ROOT = Path(__file__).parent.parent


def pytest_configure(config: pytest.Config) -> None:
    # Proxies of the surroundings are not part of the box's world.
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Playwright keeps an event loop running on this thread from its first use on; whoever needs one of their own goes first.
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def ids_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids only rise: what a test made in a year to come must not be where the next one goes on."""
    monkeypatch.setattr(ids, "_last", ids._last)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most tests have people who can sign in; only tests of hashing want it to be dear."""
    hash_cheaply(monkeypatch)


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


@pytest.fixture(scope="session")
def postgres_model(tmp_path_factory: pytest.TempPathFactory) -> str | None:
    """On PostgreSQL: a database with empty tables, made once and cloned for each test."""
    url = os.environ.get("WABLAST_BOX_TEST_DATABASE_URL")
    if not url:
        return None
    _recreate(url, _beside(url, "_model"))
    db.open_database(_beside(url, "_model"))
    migrate(tmp_path_factory.mktemp("postgres") / "backups")
    db.close_database()
    return url


@pytest.fixture
def box(migrated_folder: Path, postgres_model: str | None, tmp_path: Path) -> Iterator[Path]:
    """An open box: the path of its own data folder. Bells ring at once; on PostgreSQL when WABLAST_BOX_TEST_DATABASE_URL says so."""
    folder = tmp_path / "data"
    shutil.copytree(migrated_folder, folder)
    url = f"sqlite:///{folder / 'box.db'}"
    if postgres_model:
        url = _beside(postgres_model, "_box")
        _recreate(postgres_model, url, like=_beside(postgres_model, "_model"))
    db.open_database(url)
    secrets.use_key(folder / "secrets.key")
    forget_other_boxes()
    worker.huey.immediate = True
    yield folder
    worker.huey.immediate = False
    db.close_database()


def forget_other_boxes() -> None:
    """What the process remembers is about the box of the test before, for a second or for ten minutes: another database knows other things."""
    for remembered in _all_that_remember(len(sys.modules)):
        remembered.forget()
    # Boxes whose clock was held at the same moment give different things the same ids.
    graph_of.cache_clear()


@lru_cache(1)
def _all_that_remember(modules: int) -> list[Remembered[Any]]:
    ours = [module for name, module in list(sys.modules.items()) if name.startswith("wablast_box.")]
    return [value for module in ours for value in vars(module).values() if isinstance(value, Remembered)]


@pytest.fixture
def media_folder(box: Path) -> Iterator[Path]:
    """Where the open box keeps files; the processes that draw pictures end with the test."""
    media.use_folder(box / "media")
    yield box / "media"
    process.at_the_door.close()
    process.behind.close()


def _beside(url: str, ending: str) -> str:
    """The address of another database of the same server."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path + ending))


def _recreate(url: str, wanted: str, *, like: str | None = None) -> None:
    name, model = (urlsplit(one).path.lstrip("/") if one else "template0" for one in (wanted, like))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        # Copying files is several times faster than writing every page to the log; nobody writes to the model meanwhile.
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(Identifier(name), Identifier(model)))
