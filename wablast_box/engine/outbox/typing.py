"""Show the customer that an answer is being written: best effort, and not for every key that is pressed."""

from __future__ import annotations

import threading
import time

from wablast_box.engine.outbox import tasks
from wablast_box.engine.settings import store

# The sign lasts 25 seconds at Meta; asked for a little earlier it does not flicker.
EVERY_S = 20.0
MOST_REMEMBERED = 1000
_shown: dict[int, float] = {}
_lock = threading.Lock()


def show_typing(conversation_id: int) -> None:
    """Ask for the sign, at most once in 20 seconds per conversation."""
    if store.get("read_receipts") and _is_time(conversation_id):
        tasks.tell_typing(conversation_id)


def _is_time(conversation_id: int) -> bool:
    moment = time.monotonic()
    with _lock:
        if moment - _shown.get(conversation_id, -EVERY_S) < EVERY_S:
            return False
        if len(_shown) >= MOST_REMEMBERED:
            _shown.clear()
        _shown[conversation_id] = moment
    return True
