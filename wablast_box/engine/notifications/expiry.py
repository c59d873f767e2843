"""Alarms about something that happened and cannot be mended: shown for a while, then over by themselves."""

from __future__ import annotations

from datetime import timedelta

from wablast_box.engine.notifications.alarms import clear_alarm
from wablast_box.engine.notifications.models import Alarm
from wablast_box.lib.clock import now

# By the beginning of the key; what can be mended is cleared by whoever sees it mended.
SHOWN_FOR: tuple[tuple[str, timedelta], ...] = (
    ("clock_jumped", timedelta(days=1)),
    ("number_pin", timedelta(days=7)),
    ("account_violation", timedelta(days=30)),
    ("account_alert_", timedelta(days=30)),
    ("number_limit", timedelta(days=30)),
)


def expire_alarms() -> None:
    """Clear those that were shown long enough."""
    for alarm in list(Alarm.select().where(Alarm.cleared_at.is_null())):
        shown_for = next((shown for key, shown in SHOWN_FOR if alarm.key.startswith(key)), None)
        if shown_for is not None and now() - alarm.raised_at > shown_for:
            clear_alarm(alarm.key)
