"""Refusals: who tried what their role does not allow. The same once a minute, so that nobody can fill the log."""

from __future__ import annotations

import threading
import time

from wablast_box.engine.audit.record import Doer, record
from wablast_box.lib.errors import Unavailable

_PAUSE_S, _MOST = 60.0, 5000
_noted: dict[tuple[str, str], float] = {}
_lock = threading.Lock()


def note_refusal(by: Doer, what: str, needs: str) -> None:
    """One entry a minute for the same person and address. A full disk must not turn a refusal into something else."""
    moment = time.monotonic()
    with _lock:
        if moment - _noted.get((by.ref, what), -_PAUSE_S) < _PAUSE_S:
            return
        if len(_noted) >= _MOST:
            _noted.clear()
        _noted[(by.ref, what)] = moment
    try:
        record("access.refused", by=by, subject=what, result="refused", detail={"needs": needs})
    except Unavailable:
        return


def forget_noted() -> None:
    """Write the next one down whatever came before."""
    _noted.clear()
