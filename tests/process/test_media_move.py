"""`wablast-box media move`: killed at every step of the way, started again, and not a byte is lost."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.media.bucket import S3, running
from tests.process.conftest import ROOT, clean_environment, command
from wablast_box.engine.media import leftovers, store
from wablast_box.engine.media.bucket import account
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.ops.storage import account as settings
from wablast_box.engine.settings import secrets
from wablast_box.engine.settings import store as values
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.lib import db
from wablast_box.lib.clock import frozen_at, now

pytestmark = [pytest.mark.feature("IN-39"), pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")]
FILES = 12


@pytest.fixture
def folder(migrated_folder: Path, tmp_path: Path) -> Path:
    made = tmp_path / "data"
    shutil.copytree(migrated_folder, made)
    return made


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    db.open_database(f"sqlite:///{folder / 'box.db'}")
    secrets.use_key(folder / "secrets.key")
    values.forget_cached()
    store.use_folder(folder / "media")
    account.use_accounts(settings.keeping)
    try:
        yield
    finally:
        account._find.clear()
        db.close_database()


def digests(folder: Path, s3: S3) -> dict[int, str]:
    """What each row leads to, read from where the row says, past every copy that may be kept elsewhere."""
    found = {}
    for row in MediaFile.select():
        if row.place == "disk":
            data = (folder / "media" / row.path).read_bytes()
        else:
            data = s3.client.get_object(Bucket="asha-files", Key=f"box/{row.path}")["Body"].read()
        found[row.id] = hashlib.sha256(data).hexdigest()
    return found


def moves_and_is_killed(folder: Path, s3: S3, target: str, method: str, *, nth: int, answered: bool) -> bool:
    """Start the mover and kill it when it asks for the nth time; False when it came to its end before."""
    asked: list[str] = []
    process = subprocess.Popen(
        [sys.executable, "-m", "wablast_box", "media", "move", "--to", target, "--data", str(folder)],
        cwd=ROOT, env=clean_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def kill(seen: str) -> None:
        if seen == method:
            asked.append(seen)
            if len(asked) == nth:
                os.kill(process.pid, signal.SIGKILL)

    def before(seen: str, _: str) -> None:
        if not answered:
            kill(seen)

    def after(seen: str, _: str) -> None:
        if answered:
            kill(seen)

    s3.instead, s3.meanwhile = before, after
    code = process.wait(60)
    s3.instead, s3.meanwhile = (lambda method, path: None), (lambda method, path: None)
    return code == -signal.SIGKILL


def test_killed_at_every_step_both_ways_nothing_is_lost_and_nothing_is_left(folder: Path) -> None:
    with running() as s3:
        with opened(folder):
            settings.change_storage(s3.settings(), by=SYSTEM)
            for number in range(FILES):
                store.save_upload(f"bill {number} ".encode() * 5000, f"bill {number}.txt", None)
            whole = digests(folder, s3)
        killed = []
        for target, steps in (("s3", (("PUT", False), ("PUT", True), ("HEAD", True))), ("disk", (("GET", False), ("GET", True)))):
            for method, answered in steps:
                killed.append(moves_and_is_killed(folder, s3, target, method, nth=2, answered=answered))
                with opened(folder):
                    assert digests(folder, s3) == whole, (target, method, answered)
            done = command("media", "move", "--to", target, "--data", str(folder))
            assert done.returncode == 0, done.stdout + done.stderr
            with opened(folder):
                assert digests(folder, s3) == whole
                assert {row.place for row in MediaFile.select()} == {target}
            if target == "s3":
                for copy in (folder / "media" / "shelf").iterdir():
                    copy.unlink()

        with opened(folder), frozen_at(now() + timedelta(hours=2)):
            leftovers.sweep()
            assert digests(folder, s3) == whole
            assert s3.names() == [], "what a killed mover had put there is gone too"
        assert all(killed)


def test_it_says_how_far_it_is_and_what_is_missing(folder: Path) -> None:
    nothing = command("media", "move", "--to", "s3", "--data", str(folder))
    with running() as s3:
        with opened(folder):
            settings.change_storage(s3.settings(), by=SYSTEM)
            store.save_upload(b"a bill", "bill.txt", None)
        done = command("media", "move", "--to", "s3", "--data", str(folder))
        status = command("media", "status", "--data", str(folder))

    assert nothing.returncode == 2 and "No bucket is set up" in nothing.stderr
    assert done.returncode == 0 and "1 files to move" in done.stdout and "Everything is in the bucket" in done.stdout
    assert "0 files on the disk, 1 in the bucket" in status.stdout


def test_new_files_follow_the_others(folder: Path) -> None:
    with running() as s3:
        with opened(folder):
            settings.change_storage(s3.settings(), by=SYSTEM)
        command("media", "move", "--to", "s3", "--data", str(folder))
        with opened(folder):
            store.save_upload(b"a new bill", "bill.txt", None)
        command("media", "move", "--to", "s3", "--data", str(folder))

        assert len(s3.names()) == 1
