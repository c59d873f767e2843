"""Time has one source, so that tests can hold it still and nobody mixes zones."""

from __future__ import annotations

import ast

from .sources import BOX, calls, python_files, shown

CLOCK = "wablast_box/lib/clock.py"
# path → why it looks past the clock
OWN_LOOK = {
    "wablast_box/engine/media/store.py": "compares with the times that the file system gives",
    "wablast_box/engine/ops/doctor.py": "says whether the machine's own clock is sane",
    "wablast_box/engine/ops/watch.py": "compares the wall clock with the steady one to notice that it jumped",
}
OTHER_CLOCKS = {"now", "utcnow", "today", "utcfromtimestamp"}


def test_only_the_clock_asks_what_time_it_is() -> None:
    found = [
        f"{shown(path)}:{call.lineno}"
        for path in python_files(BOX)
        if shown(path) != CLOCK
        for name, call in calls(path)
        if name in OTHER_CLOCKS and isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") in ("datetime", "date")
    ]

    assert not found


def test_only_the_clock_reads_the_wall_clock_of_the_system() -> None:
    # The simulator is a program of its own and shares nothing with the box but HTTP.
    found = [
        f"{shown(path)}:{call.lineno}"
        for path in python_files(BOX)
        if shown(path) not in (CLOCK, *OWN_LOOK) and "simulator" not in path.parts
        for name, call in calls(path)
        if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "time" and name in ("time", "time_ns")
    ]

    assert not found
