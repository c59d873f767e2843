"""How the box is doing, in numbers. Every query reads an index that is as small as what waits."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wablast_box import __version__
from wablast_box.engine.ops import watch
from wablast_box.lib import sql, worker
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import database, is_postgres, library_version

MB = 1024 * 1024
_gauges: dict[str, Callable[[], int]] = {}


def use_gauge(name: str, read: Callable[[], int]) -> None:
    """A number that only another part of the box knows (open_sockets)."""
    _gauges[name] = read


def diagnostics() -> dict[str, Any]:
    """Everything at once."""
    return {
        "webhook_events": _webhook_events(),
        "outbox": _outbox(),
        "attachments": _attachments(),
        "tasks": {"queued": worker.huey.pending_count()},
        "events": {"last_id": str(_number("SELECT max(id) FROM event"))},
        "memory_mb": memory_mb(),
        "open_sockets": _gauges.get("open_sockets", lambda: 0)(),
        "threads": threading.active_count(),
        "uptime_s": watch.uptime_s(),
        "database": _database(),
        "disk_free_mb": watch.disk_free_mb(),
        "version": __version__,
    }


def _webhook_events() -> dict[str, int | None]:
    oldest = _number("SELECT received_at FROM webhook_event WHERE state = 'pending' ORDER BY id LIMIT 1")
    return {
        "pending": _number("SELECT count(*) FROM webhook_event WHERE state = 'pending'"),
        "failed": _number("SELECT count(*) FROM webhook_event WHERE state = 'failed'"),
        "oldest_pending_age_s": _age_s(oldest),
    }


def _outbox() -> dict[str, int | None]:
    oldest = _number("SELECT created_at FROM message WHERE state = 'queued' ORDER BY priority, id LIMIT 1")
    return {
        "queued": _number("SELECT count(*) FROM message WHERE state = 'queued'"),
        "sending": _number("SELECT count(*) FROM message WHERE state IN ('queued', 'sending') AND state = 'sending'"),
        "unconfirmed": _number("SELECT count(*) FROM message WHERE state = 'unconfirmed'"),
        "oldest_queued_age_s": _age_s(oldest),
    }


def _attachments() -> dict[str, int]:
    return {
        "pending": _number("SELECT count(*) FROM attachment WHERE state IN ('pending', 'failed') AND state = 'pending'"),
        "failed": _number("SELECT count(*) FROM attachment WHERE state IN ('pending', 'failed') AND state = 'failed'"),
    }


def _database() -> dict[str, Any]:
    return {"kind": "postgresql" if is_postgres() else "sqlite", "library": library_version(), "size_mb": _size_mb()}


def _size_mb() -> float:
    if is_postgres():
        return round(_number("SELECT pg_database_size(current_database())") / MB, 1)
    path = Path(str(database.obj.database))
    sizes = (part.stat().st_size for part in (path, path.with_name(path.name + "-wal")) if part.exists())
    return round(sum(sizes) / MB, 1)


def memory_mb() -> float:
    """What this process holds in memory at the moment."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return round(pages * os.sysconf("SC_PAGE_SIZE") / MB, 1)
    except (OSError, ValueError, IndexError):
        return _peak_memory_mb()


def _peak_memory_mb() -> float:
    try:
        import resource
    except ImportError:  # Windows has no such module
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / MB if sys.platform == "darwin" else peak / 1024, 1)


def _number(statement: str) -> int:
    rows = sql.run(statement)
    return int(rows[0][0] or 0) if rows else 0


def _age_s(moment_ms: int) -> int | None:
    return max(0, (now_ms() - moment_ms) // 1000) if moment_ms else None
