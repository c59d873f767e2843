"""How fast waiting webhooks become conversations, with 10,000, 100,000 and a million messages stored already."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ..storm.box import ROOT, BoxProcess
from . import seed
from .figures import Figure, median

WAITING = 20_000


def measure(*, quick: bool) -> list[Figure]:
    """One folder that grows; each size drained by a process of its own."""
    sizes = (10_000, 100_000) if quick else (10_000, 100_000, 1_000_000)
    return [_figure(size, 1 if quick else 3) for size in sizes]


def _figure(size: int, rounds: int) -> Figure:
    rates = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            BoxProcess(data, graph_url="http://127.0.0.1:9").prepare()
            seed.stored_messages(data, size)
            seed.waiting_webhooks(data, WAITING)
            rates.append(drain(data))
    return Figure(f"backlog drain with {size:,} messages stored", "messages/s", median(rates), 5000, "at least")


def drain(data: Path, waiting: int = WAITING, tag: str = "WAIT") -> float:
    """Messages a second, in a process of its own."""
    done = subprocess.run([sys.executable, "-m", "tests.bench.drain", str(data), tag], cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["stored"] == waiting, f"{found['stored']} of {waiting} messages were stored"
    return float(waiting / found["seconds"])


def _main(data: Path, tag: str) -> None:
    """In the process that is measured: the box's own wiring, and the verb that its processor calls."""
    from wablast_box.app import close_box, open_box
    from wablast_box.config import load_config
    from wablast_box.engine.webhooks.process import BATCH, process_due
    from wablast_box.lib import sql

    box = open_box(load_config({"data_dir": str(data)}, {}))
    began = time.perf_counter()
    while process_due() == BATCH:
        pass
    seconds = time.perf_counter() - began
    stored = sql.run("SELECT count(*) FROM message WHERE wamid >= ? AND wamid < ?", (f"wamid.{tag}0", f"wamid.{tag}:"))[0][0]
    close_box(box)
    print(json.dumps({"seconds": seconds, "stored": stored}))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2])
