"""Several at the same instant, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from wablast_box.lib.db import connect_thread, disconnect_thread


def side_by_side(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all at the same instant, each in its own thread; what each returned or raised."""
    gate = threading.Barrier(len(work))
    outcomes: list[Any] = [None] * len(work)

    def run(index: int) -> None:
        connect_thread()
        gate.wait()
        try:
            outcomes[index] = work[index]()
        except Exception as raised:
            outcomes[index] = raised
        finally:
            disconnect_thread()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return outcomes
