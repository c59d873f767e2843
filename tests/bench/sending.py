"""Sending through the simulator: a held pace, and as fast as it goes."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from pathlib import Path

from wablast_box.engine.settings import store

from ..storm.box import BoxProcess, free_port
from . import seed
from .figures import Figure
from .graph_server import ask
from .process import Running, running

PACE, UNPACED = 80, 1000


def measure(*, quick: bool) -> list[Figure]:
    """Two runs with another allowed rate each; the simulator notes when it accepted what, and reports back as Meta does."""
    held = _whole_seconds(_accepted_at(PACE, PACE * (6 if quick else 20), with_statuses=True))
    fast = _accepted_at(UNPACED, 3000 if quick else 10_000, with_statuses=False)
    rate = (len(fast) - 1) / (fast[-1] - fast[0])
    return [
        Figure(f"send through the simulator, {PACE}/s allowed: held", "messages/s", sum(held) / len(held), PACE, "about"),
        Figure(f"send through the simulator, {PACE}/s allowed: fullest second", "messages/s", max(held), PACE * 1.02),
        Figure("send through the simulator, unpaced", "messages/s", rate, 700, "at least"),
    ]


def _whole_seconds(times: list[float]) -> list[int]:
    """How many fell into each full second, without the first, which begins with credit, and the last, which is not full."""
    counted = Counter(int(at - times[0]) for at in times)
    return [counted[second] for second in range(1, max(counted))]


def _accepted_at(rate: int, count: int, *, with_statuses: bool) -> list[float]:
    box_port = free_port()
    callback = f"http://127.0.0.1:{box_port}/hooks/meta" if with_statuses else ""
    with tempfile.TemporaryDirectory() as folder, running("-m", "tests.bench.graph_server", "{port}", callback) as graph:
        box = BoxProcess(Path(folder) / "data", graph_url=f"http://127.0.0.1:{graph.port}/graph", port=box_port)
        box.prepare()
        seed.stored_messages(box.folder, seed.CUSTOMERS)
        seed.queued_answers(box.folder, count)
        with seed.opened(box.folder):
            store.put("send_rate", rate)
        ask(graph.port, "/customers", {"first": seed.FIRST_PHONE, "count": seed.CUSTOMERS})
        try:
            box.start()
            return _wait_for(graph, count, within_s=count / rate * 2 + 60)
        finally:
            box.end()


def _wait_for(graph: Running, count: int, within_s: float) -> list[float]:
    deadline = time.monotonic() + within_s
    while len(times := ask(graph.port, "/accepted")) < count:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{len(times)} of {count} messages were accepted within {within_s:.0f} s")
        time.sleep(1)
    return sorted(times)
