"""Keep watch: does the database take writes, is there room on the disk, are the box's threads alive, is the clock sane?

A refused write turns the box red at once; while it is red a probe looks every few seconds whether it is over. Troubles
that keep an alarm from being written are held in memory, and nothing here needs a person to recover.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from wablast_box.engine.notifications.alarms import clear_alarm, hold_alarm, raise_alarm, release_alarm
from wablast_box.engine.notifications.models import Severity
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Unavailable

logger = logging.getLogger(__name__)

MB = 1024 * 1024
# Below this nothing is accepted as ready: the last megabytes belong to the database's own log.
RED_FREE = 8 * MB
LOW_FREE, LOW_SHARE = 2048 * MB, 0.10
PROBE_EVERY_S = 30.0
CLOCK_BACK_S, CLOCK_FORWARD_S = 60.0, 3600.0
REFUSALS = ("disk_full", "database_locked", "database_unwritable")
_PROBE = (
    "INSERT INTO lease (name, holder, expires_at) VALUES ('write-probe', 'watch', ?)"
    " ON CONFLICT (name) DO UPDATE SET expires_at = excluded.expires_at"
)


@dataclass(slots=True)
class _Seen:
    """What is known at the moment."""

    folder: Path | None = None
    parts: dict[str, Callable[[], bool]] = field(default_factory=dict)
    refusal: Unavailable | None = None
    free: int | None = None
    probed_at: float = 0.0
    wall_minus_steady: float | None = None
    started_at: float = field(default_factory=time.monotonic)


_seen = _Seen()
_looking = threading.Lock()


def begin(folder: Path) -> None:
    """Watch a box that opens now."""
    global _seen
    for code in REFUSALS:
        release_alarm(code)
    _seen = _Seen(folder, probed_at=time.monotonic())
    _look_at_disk()


def watch_part(name: str, is_alive: Callable[[], bool]) -> None:
    """A thread that must be alive for the box to be ready."""
    _seen.parts[name] = is_alive


def uptime_s() -> int:
    return int(time.monotonic() - _seen.started_at)


def write_refused(trouble: Unavailable) -> None:
    """The database refused a write: red until a probe succeeds. Called from any thread, writes nothing."""
    if trouble.code in REFUSALS:
        _seen.refusal = trouble
        hold_alarm(trouble.code, Severity.CRITICAL, trouble.message, f"{trouble.help} Until then Meta is asked to deliver again later.")


def reasons() -> list[str]:
    """Why the box is not ready; empty when it is. Answers at once."""
    found = []
    if _seen.refusal is not None:
        found.append(_seen.refusal.message)
    if _seen.free is not None and _seen.free < RED_FREE:
        found.append(f"The disk of the data folder has only {_seen.free // MB} MB left.")
    found += [f"The {name} has stopped." for name, is_alive in list(_seen.parts.items()) if not is_alive()]
    return found


def look() -> None:
    """One round; the clock calls it every few seconds."""
    if not _looking.acquire(blocking=False):
        return
    try:
        _look_at_disk()
        _look_at_clock()
        if _seen.refusal is not None or time.monotonic() - _seen.probed_at > PROBE_EVERY_S:
            probe()
    finally:
        _looking.release()


def probe() -> None:
    """Write something; a refusal is noted by `write_refused`, a success ends what was held."""
    _seen.probed_at = time.monotonic()
    try:
        with transaction():
            sql.run(_PROBE, (now_ms(),))
    except BoxError as refused:
        logger.warning("the database still refuses writes", extra={"why": refused.code})
        return
    if _seen.refusal is not None:
        logger.info("the database takes writes again")
        _seen.refusal = None
    for code in REFUSALS:
        release_alarm(code)


def disk_free_mb() -> int | None:
    return None if _seen.free is None else _seen.free // MB


def _look_at_disk() -> None:
    if _seen.folder is None:
        return
    try:
        usage = shutil.disk_usage(_seen.folder)
    except OSError:
        return
    before, _seen.free = _seen.free, usage.free
    low = usage.free < min(LOW_FREE, usage.total * LOW_SHARE)
    if low and (before is None or not _low[0]):
        _low[0] = True
        raise_alarm(
            "disk_low",
            Severity.WARNING,
            f"The disk is nearly full: {usage.free // MB} MB left",
            f"Free some space on the disk of {_seen.folder}. When it is full, messages are turned away until Meta delivers them again.",
        )
    elif not low and (_low[0] or before is None):
        _low[0] = False
        clear_alarm("disk_low")


_low = [False]


def _look_at_clock() -> None:
    """A wall clock that jumps moves windows, sessions and schedules: tell the owner."""
    offset = time.time() - time.monotonic()
    before, _seen.wall_minus_steady = _seen.wall_minus_steady, offset
    jump = 0.0 if before is None else offset - before
    if -CLOCK_BACK_S < jump < CLOCK_FORWARD_S:
        return
    logger.warning("the clock jumped", extra={"by_s": round(jump)})
    raise_alarm(
        "clock_jumped",
        Severity.WARNING,
        f"This machine's clock jumped {'forward' if jump > 0 else 'back'} by {_span(abs(jump))}",
        "Check its date and time and switch on automatic time. The 24-hour windows and the order of what comes next depend on it.",
    )


def _span(seconds: float) -> str:
    if seconds >= 2 * 86_400:
        return f"{round(seconds / 86_400)} days"
    return f"{round(seconds / 3600)} hours" if seconds >= 2 * 3600 else f"{round(seconds / 60)} minutes"
