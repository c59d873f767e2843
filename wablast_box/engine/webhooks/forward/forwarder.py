"""The threads that forward: one that looks once a second who has something to get, and one for each target while it has.

A target that is slow holds up only itself; the door and the processor know nothing of all this.
"""

from __future__ import annotations

import logging
import threading
import time

from wablast_box.engine.webhooks.forward.deliver import bring_up_to_date, due_targets
from wablast_box.lib.db import disconnect_thread
from wablast_box.lib.errors import BoxError

logger = logging.getLogger(__name__)

POLL_S = 1.0


class Forwarder:
    """Start it, stop it: stopping ends after the requests that are on their way."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._busy: dict[int, threading.Thread] = {}
        self._thread = threading.Thread(target=self._run, name="webhook-forwarder", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End after what is on its way; True when it did in time. What is cut off is sent again by the next start."""
        until = time.monotonic() + timeout_s
        self._stopping.set()
        threads = [self._thread, *self._busy.values()]
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.wait(POLL_S):
            try:
                self._look()
            except BoxError as refused:
                logger.warning("forwarding waits for the database", extra={"why": refused.code})
            except Exception:
                logger.exception("the forwarder stumbled; it goes on")
        disconnect_thread()

    def _look(self) -> None:
        self._busy = {number: thread for number, thread in self._busy.items() if thread.is_alive()}
        for number in due_targets():
            if number not in self._busy:
                self._busy[number] = threading.Thread(target=self._forward, args=(number,), name=f"forward-{number}", daemon=True)
                self._busy[number].start()

    def _forward(self, number: int) -> None:
        try:
            bring_up_to_date(number, self._stopping.is_set)
        except BoxError as refused:
            logger.warning("forwarding waits", extra={"why": refused.code, "forward": number})
        except Exception:
            logger.exception("forwarding stumbled; it goes on", extra={"forward": number})
        finally:
            disconnect_thread()
