"""What cannot be mended is not shown for ever."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from wablast_box.engine.notifications.alarms import open_alarms, raise_alarm
from wablast_box.engine.notifications.expiry import expire_alarms
from wablast_box.engine.notifications.models import Severity
from wablast_box.lib.clock import frozen_at, now


def test_old_news_goes_and_what_must_be_mended_stays(box: Path) -> None:
    for key in ("number_pin", "token_expired", "account_alert_limits"):
        raise_alarm(key, Severity.WARNING, "Something", "Do this.")

    with frozen_at(now() + timedelta(days=8)):
        expire_alarms()

    assert {alarm.key for alarm in open_alarms(limit=10)} == {"token_expired", "account_alert_limits"}
