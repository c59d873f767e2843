"""The clock calls, never twice at once, and survives what it calls."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from wablast_box.engine.media import store as media
from wablast_box.engine.ops import watch
from wablast_box.engine.schedule import SCHEDULE, Due
from wablast_box.lib.ticking import Clock


@pytest.mark.feature("OP-11")
def test_a_slow_verb_is_not_called_again_while_it_runs_and_others_go_on(box: Path) -> None:
    running, most, quick = [0], [0], [0]

    def slow() -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.35)
        running[0] -= 1

    def often() -> None:
        quick[0] += 1

    clock = Clock([Due("slow", 0.05, slow), Due("often", 0.05, often)])
    clock.start()
    time.sleep(0.9)
    clock.stop()

    assert most == [1]
    assert quick[0] >= 5


def test_a_verb_that_fails_is_called_again(box: Path) -> None:
    calls, twice = [0], threading.Event()

    def fails() -> None:
        calls[0] += 1
        if calls[0] == 2:
            twice.set()
        raise RuntimeError("stumbled")

    clock = Clock([Due("fails", 0.05, fails)])
    clock.start()
    heard = twice.wait(5)
    clock.stop()

    assert heard


def test_brief_verbs_of_one_rhythm_share_a_thread_and_one_that_fails_does_not_stop_the_next(box: Path) -> None:
    threads: list[int] = []
    twice = threading.Event()

    def fails() -> None:
        threads.append(threading.get_ident())
        raise RuntimeError("stumbled")

    def goes_on() -> None:
        threads.append(threading.get_ident())
        if len(threads) >= 4:
            twice.set()

    clock = Clock([Due("fails", 0.05, fails, brief=True), Due("goes on", 0.05, goes_on, brief=True)])
    clock.start()
    heard = twice.wait(5)
    clock.stop()

    assert heard
    assert threads[0] == threads[1] and threads[2] == threads[3]


def test_every_due_verb_runs_on_an_empty_box(box: Path) -> None:
    assert len({due.name for due in SCHEDULE}) == len(SCHEDULE)

    media.use_folder(box / "media")
    watch.begin(box)
    for due in SCHEDULE:
        due.verb()
