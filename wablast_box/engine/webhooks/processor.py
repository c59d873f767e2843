"""The thread that processes webhooks: woken when one is stored, and once a second in case nobody rang."""

from __future__ import annotations

import logging
import threading

from wablast_box.engine.webhooks.process import BATCH, process_due
from wablast_box.lib.db import disconnect_thread
from wablast_box.lib.errors import BoxError

logger = logging.getLogger(__name__)

POLL_S = 1.0


class Processor:
    """Start it, wake it, stop it: stopping ends after the running batch."""

    def __init__(self) -> None:
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhook-processor", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._bell.set()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End after the running batch; True when it did in time."""
        self._stopping.set()
        self._bell.set()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._bell.wait(POLL_S)
            self._bell.clear()
            self._drain()
        disconnect_thread()

    def _drain(self) -> None:
        try:
            while not self._stopping.is_set() and process_due() == BATCH:
                pass
        except BoxError as refused:
            logger.warning("webhooks wait for the database", extra={"why": refused.code})
            self._stopping.wait(POLL_S)
        except Exception:
            logger.exception("the webhook processor stumbled; it goes on")
            self._stopping.wait(POLL_S)
