"""One database, one box: on PostgreSQL a lock that lives as long as a connection of its own, and so as long as the process.

SQLite's file lies in the data folder, which is held already. A PostgreSQL that restarts forgets the lock; it is taken
again within seconds, and when another box was quicker, the owner of this hold hears that it is lost.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg

from wablast_box.lib.db import database, is_postgres
from wablast_box.lib.errors import Conflict

logger = logging.getLogger(__name__)

# "wbox" in letters; the second number leaves room for other locks.
_LOCK = (0x77626F78, 1)
LOOK_EVERY_S = 2.0
# A box that was killed a moment ago: its server process needs that long to notice.
PATIENCE_S = 3.0
_TRY = "SELECT pg_try_advisory_lock(%s, %s)"
_HOLDER = (
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted"
    " AND l.classid = %s AND l.objid = %s AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
# When this machine loses its power, the server must not go on believing in it for hours.
_NOTICE_DEATH = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
_TIMEOUTS = {"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 10_000}


@dataclass(slots=True)
class HeldDatabase:
    """The lock and the thread that looks after it. On SQLite there is nothing to hold."""

    _connection: psycopg.Connection[Any] | None = None
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def watch(self, when_lost: Callable[[Conflict], None]) -> None:
        """Look after the lock from now on; `when_lost` is called at most once, from another thread."""
        if self._connection is not None:
            self._thread = threading.Thread(target=self._look_after, args=(when_lost,), name="database-hold", daemon=True)
            self._thread.start()

    def let_go(self) -> None:
        """Another box may have the database."""
        self._over.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(1.0)
        self._hang_up()

    def _look_after(self, when_lost: Callable[[Conflict], None]) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            try:
                self._look()
            except Conflict as taken:
                logger.error("another box has taken this box's database", extra={"why": taken.message})
                when_lost(taken)
                return
            except psycopg.Error as gone:
                # As long as the server is away nobody else can write either.
                logger.warning("the hold on the database cannot be renewed yet", extra={"why": type(gone).__name__})
                self._hang_up()

    def _look(self) -> None:
        if self._connection is not None:
            try:
                self._connection.execute("SELECT 1")
            except psycopg.Error:
                self._hang_up()
            else:
                return
        self._connection = _take(patience_s=0.0)
        logger.info("holding the database again")

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error):
                connection.close()


def hold_database() -> HeldDatabase:
    """Hold the open database; Conflict when another box works on it."""
    return HeldDatabase(_take(patience_s=PATIENCE_S) if is_postgres() else None)


def _take(*, patience_s: float) -> psycopg.Connection[Any]:
    # At most 63 characters of a name are kept by the server, and it is what the refused one is told.
    name = f"wablast-box of {socket.gethostname()[:30]}, process {os.getpid()}"
    parameters = {**database.obj.connect_params, **_TIMEOUTS, "application_name": name}
    connection = psycopg.connect(dbname=database.obj.database, autocommit=True, **parameters)
    try:
        connection.execute(_NOTICE_DEATH)
        deadline = time.monotonic() + patience_s
        while not _has_taken(connection):
            if time.monotonic() >= deadline:
                raise _taken_by(connection)
            time.sleep(0.1)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_taken(connection: psycopg.Connection[Any]) -> bool:
    row = connection.execute(_TRY, _LOCK).fetchone()
    return row is not None and bool(row[0])


def _taken_by(connection: psycopg.Connection[Any]) -> Conflict:
    row = connection.execute(_HOLDER, _LOCK).fetchone()
    who = f" ({row[0]})" if row and row[0] else ""
    return Conflict(
        f"Another box works on this database already{who}.",
        code="database_taken",
        help="Stop that one first, or give this one a database of its own in WABLAST_BOX_DATABASE_URL.",
    )
