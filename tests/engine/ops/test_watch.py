"""Red at once when a write is refused, green again by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.patience import BUSY
from wablast_box.engine.notifications.alarms import held_keys, open_alarms, release_alarm
from wablast_box.engine.ops import watch
from wablast_box.lib import db
from wablast_box.lib.errors import Unavailable


@pytest.fixture
def watched(box: Path) -> Iterator[Path]:
    db.use_refusal_listener(watch.write_refused)
    watch.begin(box)
    yield box
    db.use_refusal_listener(lambda _: None)
    for key in held_keys():
        release_alarm(key)


@contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch, trouble: Unavailable) -> Iterator[None]:
    @contextmanager
    def refuse() -> Iterator[None]:
        watch.write_refused(trouble)
        raise trouble
        yield

    with monkeypatch.context() as broken:
        broken.setattr(watch, "transaction", refuse)
        yield


FULL = Unavailable("The disk is full: nothing was changed.", code="disk_full", help="Free some space.")


def open_keys() -> set[str]:
    return {alarm.key for alarm in open_alarms(limit=50)}


@pytest.mark.feature("OP-08")
def test_a_refused_write_turns_the_box_red_until_a_write_succeeds(watched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert watch.reasons() == []

    with refusing(monkeypatch, FULL):
        watch.write_refused(FULL)
        watch.look()
        red, alarmed = watch.reasons(), open_keys()
    watch.look()

    assert red == ["The disk is full: nothing was changed."]
    assert "disk_full" in alarmed
    assert watch.reasons() == []
    assert open_keys() == set()


def test_a_mistake_in_a_request_is_no_trouble_of_the_disk(watched: Path) -> None:
    watch.write_refused(Unavailable("Too much is waiting to be stored."))

    assert watch.reasons() == []


def test_a_real_lock_of_another_connection_is_noticed_and_its_end_too(watched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.is_postgres():
        pytest.skip("SQLite locks its file")
    monkeypatch.setattr(watch, "PROBE_EVERY_S", -1.0)
    locked, free = threading.Event(), threading.Event()

    def hold() -> None:
        import cysqlite

        other = cysqlite.connect(str(watched / "box.db"))
        other.execute("BEGIN EXCLUSIVE")
        locked.set()
        free.wait(60)
        other.execute("ROLLBACK")
        other.close()

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(5)
    began = time.monotonic()
    watch.look()
    while_locked, waited = watch.reasons(), time.monotonic() - began
    free.set()
    holder.join()
    watch.look()

    assert while_locked == ["The database is locked by another program."]
    # SQLite counts the naps that it means to take, and on a busy machine each of them is longer.
    assert 4 < waited < 8 * BUSY
    assert watch.reasons() == []


def test_a_dead_thread_is_named(watched: Path) -> None:
    watch.watch_part("sender", lambda: False)
    watch.watch_part("clock", lambda: True)

    assert watch.reasons() == ["The sender has stopped."]


class Usage:
    def __init__(self, free_mb: int, total_mb: int = 100_000):
        self.free, self.total, self.used = free_mb * watch.MB, total_mb * watch.MB, 0


def test_a_disk_that_fills_up_is_an_alarm_first_and_red_at_the_end(watched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for free_mb in (50_000, 500, 400, 2, 50_000):
        monkeypatch.setattr("shutil.disk_usage", lambda _, free_mb=free_mb: Usage(free_mb))
        watch.look()
        seen.append((bool(watch.reasons()), "disk_low" in open_keys()))

    assert seen == [(False, False), (False, True), (False, True), (True, True), (False, False)]


def test_a_small_disk_that_is_half_empty_is_no_trouble(watched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(30, total_mb=64))

    watch.look()

    assert (watch.reasons(), open_keys()) == ([], set())


@pytest.mark.parametrize(("jump_s", "word"), [(2 * 86_400, "forward"), (-3600, "back"), (-400 * 86_400, "back")])
def test_a_clock_that_jumps_is_an_alarm_in_plain_words(watched: Path, monkeypatch: pytest.MonkeyPatch, jump_s: float, word: str) -> None:
    real = time.time
    watch.look()
    monkeypatch.setattr(watch.time, "time", lambda: real() + jump_s)

    watch.look()

    (alarm,) = [alarm for alarm in open_alarms(limit=10) if alarm.key == "clock_jumped"]
    assert word in alarm.title


def test_a_clock_that_is_set_right_by_seconds_disturbs_nobody(watched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.time
    watch.look()
    monkeypatch.setattr(watch.time, "time", lambda: real() + 30)

    watch.look()

    assert open_keys() == set()
