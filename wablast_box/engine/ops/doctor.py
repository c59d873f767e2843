"""Examine a box from outside, running or not: each line says what is so and, when it is wrong, how to mend it."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from wablast_box import __version__
from wablast_box.config import BootConfig
from wablast_box.engine.audit.chain import verify
from wablast_box.engine.meta.checks import Check
from wablast_box.engine.meta.connection import use_graph_url
from wablast_box.engine.ops import addresses, doctor_network, number_checks
from wablast_box.engine.ops.data_folder import read_holder, running_box
from wablast_box.engine.ops.migrate import pending
from wablast_box.engine.ops.opening import KEY_FILE
from wablast_box.engine.ops.storage.doctor import bucket_works
from wablast_box.engine.ops.watch import LOW_FREE, LOW_SHARE, MB, RED_FREE
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team import users
from wablast_box.lib import db
from wablast_box.lib.errors import BoxError

# The day this was written: a clock before it is wrong.
OLDEST_SANE_CLOCK = 1_760_000_000


def examine(config: BootConfig) -> Iterator[Check]:
    """Every check in order; those that need what is broken are left out."""
    yield Check("version", True, f"wablast-box {__version__}")
    folder = _folder(config.data_dir)
    yield folder
    if folder.ok is False:
        return
    is_running = running_box(config.data_dir) is not None
    yield from (_running(config, is_running), _disk(config.data_dir), _clock(), *_key(config.data_dir))
    yield from doctor_network.listening(config, is_running)
    opened = _open(config)
    yield opened
    if opened.ok is False:
        return
    try:
        yield from _inside(config)
    finally:
        db.close_database()


def _inside(config: BootConfig) -> Iterator[Check]:
    whole = _integrity()
    yield whole
    if whole.ok is False:
        return
    yield from (_migrations(), _audit(), _owner())
    broken = _secrets_open()
    if broken is not None:
        yield broken
        return
    yield from bucket_works()
    holder = read_holder(config.data_dir)
    use_graph_url(config.graph_url)
    addresses.use_addresses(local=holder.get("address") or f"http://{config.bind}", public=config.public_url)
    graph = doctor_network.graph_reachable(config.graph_url)
    yield graph
    if graph.ok:
        yield from number_checks.run_checks(number_checks.stored())
    yield from doctor_network.public_address(secrets.read_secret("verify_token"))


def _folder(path: Path) -> Check:
    if not path.is_dir():
        return Check(
            "data_folder",
            False,
            f"There is no data folder at {path}.",
            "Run wablast-box setup or serve once, or name another with --data DIR.",
        )
    if not os.access(path, os.W_OK | os.X_OK):
        return Check(
            "data_folder",
            False,
            f"The data folder {path} cannot be written by this user.",
            f"Give it to this user: chown -R $(id -un) {path}",
        )
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        return Check("data_folder", False, f"Other users of this machine can read the data folder {path}.", f"chmod 700 {path}")
    return Check("data_folder", True, f"Data folder {path}")


def _running(config: BootConfig, is_running: bool) -> Check:
    if not is_running:
        return Check("running", None, "No box is running on this folder.", f"Start it with: wablast-box serve --data {config.data_dir}")
    holder = read_holder(config.data_dir)
    return Check("running", True, f"A box is running (process {holder.get('pid', '?')}) at {holder.get('address') or 'an unknown address'}")


def _disk(path: Path) -> Check:
    usage = shutil.disk_usage(path)
    words = f"{usage.free // MB} MB free on the disk of the data folder"
    if usage.free < RED_FREE:
        return Check("disk", False, f"The disk is full: {words}.", "Free some space, for example old files in backups/.")
    if usage.free < min(LOW_FREE, usage.total * LOW_SHARE):
        return Check("disk", None, f"The disk is nearly full: {words}.", "Free some space soon.")
    return Check("disk", True, words)


def _clock() -> Check:
    moment = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    if time.time() < OLDEST_SANE_CLOCK:
        return Check("clock", False, f"This machine believes it is {moment}.", "Set the date and switch on automatic time.")
    return Check("clock", True, f"The clock says {moment}")


def _key(path: Path) -> Iterator[Check]:
    key = path / KEY_FILE
    if not key.exists():
        yield Check("key", None, "There is no key file yet; the first start makes it.")
        return
    if key.stat().st_size != 32:
        yield Check("key", False, f"{key} is damaged: it should hold 32 bytes.", "Put back the key file that belongs to this data folder.")
    elif os.name == "posix" and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Check("key", False, f"Other users of this machine can read {key}.", f"chmod 600 {key}")
    else:
        yield Check("key", True, "The key file is there and private.")


def _open(config: BootConfig) -> Check:
    if config.database_url is None and not (config.data_dir / "box.db").exists():
        return Check("database", False, "There is no database yet.", "Run wablast-box setup or serve once.")
    try:
        secrets.use_key(config.data_dir / KEY_FILE)
        db.open_database(config.database)
        version, is_empty = db.library_version(), not db.database.get_tables()
    except BoxError as refused:
        return Check("database", False, refused.message, refused.help)
    except Exception as failed:
        return Check(
            "database",
            False,
            f"The database cannot be opened: {failed}",
            "Look at WABLAST_BOX_DATABASE_URL, or put back a file from backups/.",
        )
    if is_empty:
        db.close_database()
        return Check("database", False, "The database is empty.", "Run wablast-box setup or serve once, or put back a file from backups/.")
    return Check("database", True, f"Database on {version}")


def _integrity() -> Check:
    if db.is_postgres():
        return Check("integrity", True, "PostgreSQL looks after its own files.")
    try:
        found = db.database.execute_sql("PRAGMA quick_check(5)").fetchall()
    except Exception as failed:
        return Check(
            "integrity", False, f"The database is damaged: {failed}", "Stop the box and put back the newest file of backups/ as box.db."
        )
    if found and found[0][0] == "ok":
        return Check("integrity", True, "The database is whole.")
    return Check(
        "integrity",
        False,
        f"The database is damaged: {found[0][0] if found else '?'}",
        "Stop the box and put back the newest file of backups/ as box.db.",
    )


def _migrations() -> Check:
    return _try(
        "migrations",
        pending,
        lambda names: (None, f"{len(names)} migrations wait; the next start runs them.") if names else (True, "The tables are up to date."),
    )


def _audit() -> Check:
    """The log of who did what, from its first entry to its last."""
    try:
        found = verify()
    except Exception as failed:
        return Check("audit", None, f"The audit log cannot be read: {failed}")
    if found.broken_at is not None:
        return Check(
            "audit",
            False,
            f"The audit log was changed by hand: entry {found.broken_at} does not follow the one before it.",
            "Somebody wrote into the database past the box. Compare with a backup, and find out who has access to this machine.",
        )
    return Check("audit", True, f"The audit log is whole: {found.entries} entries, the last is {found.head[:12]}.")


def _try(name: str, ask: Callable[[], list[str]], answer: Callable[[list[str]], tuple[bool | None, str]]) -> Check:
    try:
        ok, title = answer(ask())
    except Exception as failed:
        return Check(
            name,
            False,
            f"The tables do not belong to this version: {failed}",
            "Install the version that wrote this data folder, or a newer one.",
        )
    return Check(name, ok, title)


def _owner() -> Check:
    if users.owner_exists():
        return Check("owner", True, "The box has an owner.")
    return Check("owner", False, "Nobody owns this box yet.", "Run wablast-box setup: it prints a link for the browser.")


def _secrets_open() -> Check | None:
    try:
        for name in secrets.NAMES:
            secrets.read_secret(name)
        store.forget_cached()
    except BoxError as foreign:
        return Check("secrets", False, foreign.message, foreign.help)
    return None
