"""A full disk, a locked database: nothing is lost, the owner is told, and it is over when the trouble is over."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.process.conftest import ROOT, Running, Start, clean_environment, inbound, prepare, until

HOLD_EXCLUSIVE = """
import cysqlite, sys, time
connection = cysqlite.connect(sys.argv[1])
connection.execute("BEGIN EXCLUSIVE"); print("held", flush=True); time.sleep(float(sys.argv[2])); connection.execute("ROLLBACK")
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 48 MB of its own; needs root."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("making a small disk needs root")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let anybody mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def alarm_keys(box: Running, key: str) -> set[str]:
    return {alarm["key"] for alarm in box.api("/alarms", key)["items"]}


def fill(folder: Path) -> Path:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 65536)
        except OSError:
            pass
    return ballast


@pytest.mark.feature("OP-08")
def test_a_full_disk_refuses_tells_the_owner_and_heals_by_itself(start: Start, small_disk: Path) -> None:
    data = small_disk / "data"
    prepare(data)
    box = start(data=data)
    key = box.key()
    assert box.meta_posts(inbound("before", 0)).status == 200
    assert box.get("/readyz").status == 200

    ballast = fill(small_disk)
    answers = {n: box.meta_posts(inbound("x" * 3000, n)).status for n in range(1, 400)}
    refused = until(lambda: box.get("/readyz") if box.get("/readyz").status == 503 else None)
    keys = alarm_keys(box, key)
    conversations = box.api("/conversations", key)["items"]
    ballast.unlink()
    healed_after = time.monotonic()
    until(lambda: box.meta_posts(inbound("afterwards", 1000)).status == 200, within_s=10)
    until(lambda: box.get("/readyz").status == 200, within_s=10 - (time.monotonic() - healed_after))
    until(lambda: not alarm_keys(box, key) & {"disk_full", "disk_low"}, within_s=10)
    until(lambda: box.api("/diagnostics", key)["webhook_events"]["pending"] == 0)
    accepted = {f"wamid.process.{n}" for n, status in answers.items() if status == 200} | {"wamid.process.0", "wamid.process.1000"}

    assert 503 in answers.values(), "the disk was not full"
    assert set(answers.values()) <= {200, 503}
    assert "disk" in " ".join(refused.json()["reasons"]).lower()
    assert "disk_full" in keys
    assert conversations, "reading goes on"
    assert accepted <= stored_wamids(box, key)


def stored_wamids(box: Running, key: str) -> set[str]:
    found: set[str] = set()
    cursor = ""
    while True:
        page = box.api(f"/messages?direction=in&limit=200{cursor}", key)
        found |= {message["wamid"] for message in page["items"]}
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def lock(data: Path, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD_EXCLUSIVE, str(data / "box.db"), str(seconds)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=clean_environment())
    assert holder.stdout is not None and holder.stdout.readline().strip() == "held"
    return holder


def test_another_program_that_locks_the_database_for_a_while_is_waited_for(start: Start, tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    box = start()
    assert box.meta_posts(inbound("warm", 0)).status == 200

    holder = lock(tmp_path / "data", 2)
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda n: box.meta_posts(inbound("waits", n)).status, range(1, 9)))
    holder.wait(20)

    assert answers == [200] * 8


def test_a_database_that_stays_locked_turns_meta_away_and_recovers_at_once(start: Start, tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    box = start()
    key = box.key()
    assert box.meta_posts(inbound("warm", 0)).status == 200

    holder = lock(tmp_path / "data", 9)
    with ThreadPoolExecutor(8) as many:
        posted = [many.submit(box.meta_posts, inbound("too long", n)) for n in range(1, 9)]
        refused = until(lambda: box.get("/readyz") if box.get("/readyz").status == 503 else None)
        keys = alarm_keys(box, key)
        began = time.monotonic()
        signing_in = box.get("/api/v1/session").status
        took = time.monotonic() - began
        answers = [future.result().status for future in posted]
    holder.wait(20)
    until(lambda: box.meta_posts(inbound("again", 99)).status == 200, within_s=3)
    until(lambda: box.get("/readyz").status == 200, within_s=5)
    box.stops()

    assert 503 in answers
    assert set(answers) <= {200, 503}
    assert "locked" in " ".join(refused.json()["reasons"])
    assert "database_locked" in keys
    assert (signing_in, took < 2) == (200, True)
    assert "Traceback" not in "\n".join(box.printed)
