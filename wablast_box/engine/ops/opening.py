"""Open and close a data folder: hold it and its database, log into it, bring its tables up to date, know its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peewee import PeeweeException

from wablast_box.engine.media import store as media
from wablast_box.engine.media.bucket.account import use_accounts
from wablast_box.engine.meta.connection import close_connection, use_graph_url
from wablast_box.engine.ops import logs
from wablast_box.engine.ops.data_folder import HeldFolder, hold_folder, private_by_default, running_box
from wablast_box.engine.ops.migrate import migrate, newest_id
from wablast_box.engine.ops.storage.account import keeping
from wablast_box.engine.settings import secrets, store
from wablast_box.lib import db, ids, redact
from wablast_box.lib.db_hold import HeldDatabase, hold_database
from wablast_box.lib.errors import BoxError, Conflict, Unavailable

TASKS_FILE, KEY_FILE = "tasks.db", "secrets.key"
# One process is one box: its database is held once.
_held: list[HeldDatabase] = []


def open_folder(path: Path, *, database: str, graph_url: str, log_level: str) -> HeldFolder:
    """Hold the folder and open everything in it. Raises a BoxError that says what is wrong, and then holds nothing."""
    private_by_default()
    folder = hold_folder(path)
    try:
        logs.open_logs(path / "logs", log_level)
        _open_database(path, database, graph_url)
    except BaseException:
        close_folder(folder)
        raise
    return folder


def close_folder(folder: HeldFolder) -> None:
    """Fold the database's log in and let go of the folder."""
    close_connection()
    db.close_database()
    while _held:
        _held.pop().let_go()
    logs.close_logs()
    folder.let_go()


def watch_database(when_lost: Callable[[Conflict], None]) -> None:
    """Hear, from another thread, when another box has taken the database while its server was restarted."""
    for held in _held:
        held.watch(when_lost)


@contextmanager
def borrowed(path: Path, *, database: str, graph_url: str) -> Iterator[bool]:
    """For a command that does one thing: beside the running box, or alone. Yields whether a box is running."""
    private_by_default()
    if running_box(path) is not None:
        # Its tables belong to the running box: no migration here.
        _open_database(path, database, graph_url, migrating=False)
        try:
            yield True
        finally:
            close_connection()
            db.close_database()
        return
    folder = hold_folder(path)
    try:
        _open_database(path, database, graph_url)
        yield False
    finally:
        close_folder(folder)


def _open_database(path: Path, database: str, graph_url: str, *, migrating: bool = True) -> None:
    secrets.use_key(path / KEY_FILE)
    try:
        db.open_database(database)
        if migrating:
            _held.append(hold_database())
            migrate(path / "backups")
        ids.start_after(newest_id())
    except PeeweeException as refused:
        reason = str(refused).partition("\n")[0].rstrip(".")
        raise Unavailable(
            f"The database cannot be opened: {reason}.", help="Look at WABLAST_BOX_DATABASE_URL, or put back a file from backups/."
        ) from refused
    store.forget_cached()
    media.use_folder(path / "media")
    use_accounts(keeping)
    use_graph_url(graph_url)
    _keep_out_of_logs()


def _keep_out_of_logs() -> None:
    for name in secrets.NAMES:
        # With a foreign key file the box still opens; whoever needs the credential says what is wrong.
        with suppress(BoxError):
            redact.never_write(secrets.read_secret(name))
