"""Raise and clear alarms. Raising an open one again changes nothing; clearing none changes nothing.

When the disk takes no writes an alarm is held in memory, so that the owner hears of exactly that.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish
from wablast_box.engine.notifications.events import AlarmChanged
from wablast_box.engine.notifications.models import Alarm, Severity
from wablast_box.lib import ids
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Unavailable

logger = logging.getLogger(__name__)

# The gateway's room of everybody who is signed in.
ROOM = "everyone"
_held: dict[str, Alarm] = {}
_lock = threading.Lock()


def raise_alarm(key: str, severity: Severity, title: str, advice: str, *, action_url: str | None = None) -> None:
    """Open the alarm `key`, or bring the open one up to date."""
    try:
        with transaction():
            _raise(key, severity, title, advice, action_url)
    except Unavailable:
        hold_alarm(key, severity, title, advice, action_url=action_url)


def clear_alarm(key: str) -> None:
    """It is over. A held one goes too."""
    release_alarm(key)
    with transaction():
        cleared = Alarm.update(cleared_at=now()).where((Alarm.key == key) & Alarm.cleared_at.is_null()).returning(Alarm.id).execute()
        for alarm in list(cleared):
            logger.info("alarm cleared", extra={"alarm": key})
            _tell_windows(publish(AlarmChanged(alarm.id)))


def hold_alarm(key: str, severity: Severity, title: str, advice: str, *, action_url: str | None = None) -> None:
    """Keep an alarm in memory only: for troubles that keep it from being written."""
    with _lock:
        if key in _held:
            return
        _held[key] = Alarm(id=ids.new_id(), key=key, severity=severity, title=title, advice=advice, action_url=action_url, raised_at=now())
    logger.warning("alarm held in memory", extra={"alarm": key})
    _tell_windows(ids.new_id())


def release_alarm(key: str) -> None:
    """Forget an alarm that was held in memory."""
    with _lock:
        found = _held.pop(key, None)
    if found is not None:
        logger.info("alarm over", extra={"alarm": key})
        _tell_windows(ids.new_id())


def held_keys() -> frozenset[str]:
    """Which alarms are held in memory."""
    return frozenset(_held)


def open_alarms(*, limit: int, after: int | None = None) -> Sequence[Alarm]:
    """Open alarms, newest first; the held ones always come first of all. Reads one more than `limit`."""
    query = Alarm.select().where(Alarm.cleared_at.is_null())
    if after is not None:
        query = query.where(Alarm.id < after)
    stored = list(query.order_by(Alarm.id.desc()).limit(limit + 1))
    return stored if after is not None else [*_held.values(), *stored]


def _raise(key: str, severity: Severity, title: str, advice: str, action_url: str | None) -> None:
    found = Alarm.get_or_none((Alarm.key == key) & Alarm.cleared_at.is_null())
    if found is not None and (found.severity, found.title, found.advice, found.action_url) == (severity, title, advice, action_url):
        return
    number = ids.new_id() if found is None else found.id
    words = {"severity": severity, "title": title, "advice": advice, "action_url": action_url}
    if found is None:
        # Two threads may raise the same one: the partial index lets one in.
        Alarm.insert(id=number, key=key, raised_at=now(), **words).on_conflict_ignore().execute()
    else:
        Alarm.update(**words).where(Alarm.id == number).execute()
    logger.warning("alarm", extra={"alarm": key, "severity": str(severity)})
    _tell_windows(publish(AlarmChanged(number)))


def _tell_windows(event_id: int) -> None:
    tell([News((ROOM,), AlarmChanged.name, {"event_id": str(event_id)})])
