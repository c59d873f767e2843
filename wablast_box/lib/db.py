"""The database of this box: SQLite in the data folder, or PostgreSQL by URL. One global, because one process is one box.

Writes go through `transaction()`: on SQLite one in-process lock and BEGIN IMMEDIATE, so that writers queue here
instead of failing with "database is locked". Reads are not wrapped.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import cysqlite
import orjson
import psycopg
from peewee import (
    BigIntegerField,
    Database,
    DatabaseProxy,
    InterfaceError,
    Model,
    OperationalError,
    PostgresqlDatabase,
    TextField,
)
from playhouse.cysqlite_ext import CySqliteDatabase

from wablast_box.lib.clock import from_ms, to_ms
from wablast_box.lib.errors import Unavailable

logger = logging.getLogger(__name__)

# 3.7.0 to 3.51.2 hold a race between a writer and a checkpoint that corrupts the file (fixed in 3.51.3).
OLDEST_SAFE_SQLITE = (3, 51, 3)
WAIT_FOR_WRITER_S = 5.0

# Our own SQL runs on the drivers' cursors, past peewee's names for their errors.
_DRIVER_TROUBLE = (cysqlite.OperationalError, psycopg.OperationalError, psycopg.InterfaceError)

database: Any = DatabaseProxy()
_write_lock = threading.RLock()
_is_refusing = threading.Event()
_refusal_listeners: list[Callable[[Unavailable], None]] = []


class BaseModel(Model):
    """Every table: singular snake_case of the class."""

    class Meta:
        database = database
        legacy_table_names = False


class IdField(BigIntegerField):
    """A sortable id from `lib.ids`, given before the insert."""

    def __init__(self, **kwargs: Any):
        super().__init__(primary_key=True, **kwargs)


class MomentField(BigIntegerField):
    """A moment: milliseconds UTC in the database, an aware datetime in Python."""

    def db_value(self, value: datetime | int | None) -> int | None:
        return to_ms(value) if isinstance(value, datetime) else value

    def python_value(self, value: int | None) -> datetime | None:
        return None if value is None else from_ms(value)


class JsonField(TextField):
    """JSON kept as text, the same on both engines: what comes out is what went in."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    def python_value(self, value: str | None) -> Any:
        return None if value is None else orjson.loads(value)


def open_database(url: str) -> None:
    """Bind the global to `sqlite:///PATH` or `postgresql://…` and connect this thread."""
    _is_refusing.clear()
    database.initialize(_postgres(url) if url.startswith(("postgresql://", "postgres://")) else _sqlite(url))
    database.connect(reuse_if_open=True)


def close_database() -> None:
    """Close this thread's connection, folding SQLite's log back into the file."""
    if database.obj is None or database.is_closed():
        return
    if not is_postgres():
        try:
            database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError:
            logger.warning("the write-ahead log could not be folded in; the next start does it")
    database.close()


def connect_thread() -> None:
    """Give the calling thread its connection; worker threads keep theirs for life."""
    database.connect(reuse_if_open=True)


def disconnect_thread() -> None:
    """Give back what `connect_thread` took."""
    if not database.is_closed():
        database.close()


@contextmanager
def transaction() -> Iterator[None]:
    """A short write transaction. Nested use joins the outer one as a savepoint. Raises Unavailable when the disk refuses."""
    with _writing():
        try:
            with database.atomic():
                yield
            _is_refusing.clear()
        except (OperationalError, InterfaceError, *_DRIVER_TROUBLE) as refused:
            cause = _outside_trouble(refused)
            if cause is None:
                raise
            trouble = _unwritable(cause)
            _is_refusing.set()
            for listener in _refusal_listeners:
                listener(trouble)
            raise trouble from refused


def after_commit(call: Callable[[], Any]) -> None:
    """Run `call` once the outermost transaction is on disk (at once when there is none)."""
    database.after_commit(call)


def in_transaction() -> bool:
    """Is the calling thread inside a transaction? Network clients refuse to work there."""
    return database.obj is not None and bool(database.in_transaction())


def trouble_of(failed: Exception) -> Unavailable | None:
    """What a failed read means when the disk, another program or the server is to blame; None for a mistake of ours."""
    if not isinstance(failed, (OperationalError, InterfaceError, *_DRIVER_TROUBLE)):
        return None
    cause = _outside_trouble(failed)
    return None if cause is None else _unwritable(cause)


def is_refusing() -> bool:
    """Was the last write refused? Whoever has nothing important to write need not wait to hear so again."""
    return _is_refusing.is_set()


def use_refusal_listener(listener: Callable[[Unavailable], None]) -> None:
    """Who is told when the disk or another program keeps a write from happening; set once by the composition root."""
    _refusal_listeners[:] = [listener]


def is_postgres() -> bool:
    """Does this box run on PostgreSQL?"""
    return isinstance(database.obj, PostgresqlDatabase)


def library_version() -> str:
    """What stands below: "SQLite 3.54.0" or "PostgreSQL 15.4"."""
    if is_postgres():
        return "PostgreSQL " + str(database.execute_sql("SHOW server_version").fetchone()[0])
    return "SQLite " + cysqlite.sqlite_version


@contextmanager
def _writing() -> Iterator[None]:
    if is_postgres():
        yield
        return
    if not _write_lock.acquire(timeout=WAIT_FOR_WRITER_S):
        raise Unavailable("The database is busy.", retry_after_s=2)
    try:
        yield
    finally:
        _write_lock.release()


def _outside_trouble(refused: BaseException | None) -> BaseException | None:
    """The disk, another program or the server; SQLite uses the same exception for mistakes in a statement.

    Taking a savepoint back that SQLite has taken back already fails too: the reason is what came before.
    """
    while refused is not None:
        text = str(refused).lower()
        if is_postgres() or any(word in text for word in _OUTSIDE_TROUBLE):
            return refused
        refused = refused.__context__
    return None


_OUTSIDE_TROUBLE = ("locked", "busy", "full", "no space", "readonly", "read-only", "i/o error", "unable to open", "malformed")


def _unwritable(refused: BaseException) -> Unavailable:
    text = str(refused).lower()
    if "full" in text or "no space" in text:
        return Unavailable(
            "The disk is full: nothing was changed.",
            code="disk_full",
            help="Free some space on the disk of the data folder.",
            retry_after_s=10,
        )
    if "locked" in text or "busy" in text:
        return Unavailable(
            "The database is locked by another program.",
            code="database_locked",
            help="Close the program that holds the data folder.",
            retry_after_s=5,
        )
    logger.error("the database refused a write", extra={"why": str(refused)})
    return Unavailable(
        "The database cannot be written at the moment.", code="database_unwritable", help="Run wablast-box doctor.", retry_after_s=5
    )


class _Sqlite(CySqliteDatabase):
    """SQLite ends a transaction by itself when the disk is full; ending it once more would hide why."""

    def rollback(self) -> None:
        if not self.connection().autocommit():
            super().rollback()


def _sqlite(url: str) -> Database:
    if cysqlite.sqlite_version_info < OLDEST_SAFE_SQLITE:
        raise Unavailable(
            f"SQLite {cysqlite.sqlite_version} can corrupt the database; at least 3.51.3 is needed.",
            help="Install the cysqlite package again: it brings its own SQLite.",
        )
    path = url.removeprefix("sqlite:///")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    return _Sqlite(
        path,
        rank_functions=False,
        timeout=WAIT_FOR_WRITER_S,
        lock_type="IMMEDIATE",
        pragmas={
            "journal_mode": "wal",
            # FULL: what was answered 200 survives a power cut. With group commit it costs nothing that can be measured.
            "synchronous": "full",
            "foreign_keys": 1,
            "cache_size": -32_000,
            "temp_store": "memory",
            "journal_size_limit": 64 * 1024 * 1024,
        },
    )


class _Postgres(PostgresqlDatabase):
    """A server that was restarted leaves dead connections: outside a transaction the next statement makes a new one."""

    _state: Any

    def is_closed(self) -> bool:
        if not self._state.closed and self._state.conn.closed and not self.in_transaction():
            self._state.reset()
        return bool(self._state.closed)


def _postgres(url: str) -> Database:
    parts = urlsplit(url)
    return _Postgres(
        parts.path.lstrip("/"),
        prefer_psycopg3=True,
        host=parts.hostname,
        port=parts.port or 5432,
        user=parts.username,
        password=parts.password,
        application_name="wablast-box",
    )
