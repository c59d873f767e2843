"""The clock calls, never twice at once, and survives what it calls."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from wablast_box.engine.media import store as media
from wablast_box.engine.ops import watch
from wablast_box.engine.schedule import SCHEDULE, Due
from wablast_box.lib import db
from wablast_box.lib.ticking import Clock


@pytest.mark.feature("OP-11")
def test_a_slow_verb_is_not_called_again_while_it_runs_and_others_go_on(box: Path) -> None:
    running, most, quick = [0], [0], [0]
    began, often_enough, may_end = threading.Event(), threading.Event(), threading.Event()

    def slow() -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        began.set()
        may_end.wait(20)
        running[0] -= 1

    def often() -> None:
        quick[0] += began.is_set()
        if quick[0] == 8:
            often_enough.set()

    clock = Clock([Due("slow", 0.05, slow), Due("often", 0.05, often)])
    clock.start()
    went_on = often_enough.wait(20)
    may_end.set()
    clock.stop()

    assert went_on
    assert most == [1]


def test_a_verb_that_fails_is_called_again(box: Path) -> None:
    calls, twice = [0], threading.Event()

    def fails() -> None:
        calls[0] += 1
        if calls[0] == 2:
            twice.set()
        raise RuntimeError("stumbled")

    clock = Clock([Due("fails", 0.05, fails)])
    clock.start()
    heard = twice.wait(20)
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
    heard = twice.wait(20)
    clock.stop()

    assert heard
    assert threads[0] == threads[1] and threads[2] == threads[3]


# So few rows that reading them all is the quickest.
SMALL = re.compile(r'FROM "?(service_target|push_device|webhook_forward)"?\b')


def test_what_is_asked_again_and_again_is_answered_by_an_index(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.is_postgres():
        pytest.skip("the plan is read as SQLite writes it")
    media.use_folder(box / "media")
    watch.begin(box)
    ask, asked = db.database.obj.execute_sql, []
    monkeypatch.setattr(db.database.obj, "execute_sql", lambda *given, **more: (asked.append(given), ask(*given, **more))[1])
    for due in SCHEDULE:
        if due.every_s <= 10:
            due.verb()
    monkeypatch.undo()

    assert asked
    for statement, *params in asked:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            plan = [str(row[3]) for row in ask(f"EXPLAIN QUERY PLAN {statement}", *params)]
            read = [line for line in plan if line.startswith("SCAN ") and "INDEX" not in line and "CONSTANT ROW" not in line]
            assert not read or SMALL.search(statement), f"{statement} reads whole tables: {plan}"


def test_every_due_verb_runs_on_an_empty_box(box: Path) -> None:
    assert len({due.name for due in SCHEDULE}) == len(SCHEDULE)

    media.use_folder(box / "media")
    watch.begin(box)
    for due in SCHEDULE:
        due.verb()
