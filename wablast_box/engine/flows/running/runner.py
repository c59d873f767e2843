"""The threads that play flows: woken when a turn is added, and once a second in case nobody rang."""

from __future__ import annotations

import logging
import threading
import time

from wablast_box.engine.flows.keeping import turns
from wablast_box.engine.flows.running.converse import take_turn
from wablast_box.lib.db import disconnect_thread
from wablast_box.lib.errors import BoxError

logger = logging.getLogger(__name__)

# One plays quick steps as fast as the disk writes; the others are for steps that wait for somebody (`converse.MOST_SLOW`).
THREADS = 4
POLL_S = 1.0


class FlowRunner:
    """Start it, wake it, stop it: stopping ends after the steps in hand."""

    def __init__(self) -> None:
        self._stopping, self._listening = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._run, name="flow-runner", daemon=True) for _ in range(THREADS)]

    def start(self) -> None:
        turns.release_all()
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        turns.bell.set()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End after the steps in hand; True when they did in time. What is cut off goes on at the next start."""
        until = time.monotonic() + timeout_s
        self._stopping.set()
        turns.bell.set()
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def is_alive(self) -> bool:
        return all(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        """One listens, and the others stand behind it: whoever goes off to play leaves the bell to the next, for however long."""
        while not self._stopping.is_set():
            with self._listening:
                if not self._stopping.is_set():
                    turns.bell.wait(POLL_S)
                    turns.bell.clear()
            if not self._stopping.is_set():
                self._play()
        disconnect_thread()

    def _play(self) -> None:
        """As long as there are turns. While one is played, somebody else looks for the next."""
        try:
            while not self._stopping.is_set() and (turn := turns.take()) is not None:
                turns.bell.set()
                take_turn(turn)
        except BoxError as refused:
            logger.warning("flows wait for the database", extra={"why": refused.code})
            self._stopping.wait(POLL_S)
        except Exception:
            logger.exception("the flow runner stumbled; it goes on")
            self._stopping.wait(POLL_S)
