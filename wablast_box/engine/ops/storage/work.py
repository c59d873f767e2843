"""Files on their way: asked for by a person, carried by the worker threads, watched so that nobody finds out too late."""

from __future__ import annotations

from datetime import datetime, timedelta

from wablast_box.engine.audit.record import record
from wablast_box.engine.media import carry, tasks
from wablast_box.engine.media.models import Place
from wablast_box.engine.notifications.alarms import clear_alarm, raise_alarm
from wablast_box.engine.notifications.models import Severity
from wablast_box.engine.ops.storage.account import SETTINGS, keeping
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid

ALARM = "storage"
LATE_AFTER = timedelta(minutes=30)
_trouble_since: list[datetime] = []


def move_files(target: Place, *, by: Actor) -> int:
    """Have everything carried there, and what comes in from now on as well; how many files wait for it."""
    authorize(by, "integrations.write")
    if keeping().account is None:
        raise Invalid("No bucket is set up.", help="Enter it under Settings → Storage first.", field="to")
    with transaction():
        store.put(SETTINGS["place"], target)
        count = carry.want(target)
        record("settings.changed", by=by, subject="storage", fields=(SETTINGS["place"],), detail={"moves_to": target.value})
    tasks.carry_files()
    return count


def carry_waiting() -> None:
    """Have carried what waits for it."""
    if carry.is_anything_due():
        tasks.carry_files()


def look_at_files() -> None:
    """Say so when files have not reached their place for a while. They are safe where they are meanwhile."""
    problem = carry.problem()
    if problem is None:
        _trouble_since.clear()
        clear_alarm(ALARM)
        return
    _trouble_since[:] = _trouble_since or [now()]
    if now() - _trouble_since[0] > LATE_AFTER:
        advice = f"{problem} They are safe where they are, and the box goes on trying."
        raise_alarm(ALARM, Severity.WARNING, "Files do not reach their place", advice, action_url="/settings/storage")
