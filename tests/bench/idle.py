"""What a box costs that nobody writes to, and how soon it answers."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import psutil

from ..storm.box import BoxProcess
from .figures import Figure, median
from .process import cpu_s


def measure(*, quick: bool) -> list[Figure]:
    """Three starts on one folder; then the last one is left alone."""
    settle_s, watch_s = (5, 10) if quick else (15, 30)
    with tempfile.TemporaryDirectory() as folder:
        box = BoxProcess(Path(folder) / "data", graph_url="http://127.0.0.1:9")
        box.prepare()
        starts, stops = [], []
        try:
            for _ in range(3):
                starts.append(box.start())
                stops.append(box.stop())
            box.start()
            assert box.process is not None
            process = psutil.Process(box.process.pid)
            time.sleep(settle_s)
            before = cpu_s(process)
            time.sleep(watch_s)
            cpu_percent = (cpu_s(process) - before) / watch_s * 100
            memory = sum(one.memory_info().rss for one in (process, *process.children(recursive=True))) / 1e6
        finally:
            box.end()
    return [
        Figure("start to the first answer", "s", median(starts), 2.0),
        Figure("SIGTERM to the end", "s", median(stops), 5.0),
        Figure("memory, idle", "MB", memory, 150),
        Figure("processor, idle", "% of a core", cpu_percent, 0.5),
    ]
