"""Which plugin took the whole box down while it was loaded: it is left out of the next start, until it changes.

Before a plugin's code runs its digest is written down; afterwards it is taken away. Who finds one at the start knows.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

logger = logging.getLogger(__name__)

LOADING, CRASHED = ".loading", ".crashed"
MOST_KEPT = 50


class CrashNotes:
    """The two small files in the folder of plugins."""

    def __init__(self, folder: Path):
        self._loading, self._crashed = folder / LOADING, folder / CRASHED
        self._known = self._read()
        if self._loading.is_file():
            self._take_over(self._loading.read_text(encoding="utf-8", errors="replace")[:100])

    def has_crashed(self, digest: str) -> bool:
        """Did the box end while exactly this was being loaded?"""
        return digest in self._known

    @contextmanager
    def loading(self, digest: str) -> Iterator[None]:
        """Around the loading of one plugin."""
        written = self._write(self._loading, digest)
        try:
            yield
        finally:
            if written:
                self._loading.unlink(missing_ok=True)

    def _take_over(self, digest: str) -> None:
        self._known = [*self._known, digest][-MOST_KEPT:]
        self._write(self._crashed, json.dumps(self._known))
        self._loading.unlink(missing_ok=True)

    def _read(self) -> list[str]:
        try:
            kept = json.loads(self._crashed.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return [one for one in kept if isinstance(one, str)][-MOST_KEPT:] if isinstance(kept, list) else []

    def _write(self, path: Path, text: str) -> bool:
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as refused:
            logger.warning("a plugin's loading could not be noted", extra={"why": refused.strerror or str(refused)})
            return False
        return True
