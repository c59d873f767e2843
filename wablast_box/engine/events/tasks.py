"""The bell of the event log: one waiting task stands for everything that is due."""

from __future__ import annotations

import threading

from wablast_box.engine.events import deliver
from wablast_box.lib.worker import task

_is_waiting = threading.Event()


def ring() -> None:
    """Have due deliveries run soon; a bell that rings already is enough for everybody."""
    if not _is_waiting.is_set():
        _is_waiting.set()
        deliver_events()


@task()
def deliver_events() -> None:
    _is_waiting.clear()
    deliver.deliver_due()
