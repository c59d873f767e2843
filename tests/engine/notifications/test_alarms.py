"""Raised once, told at once, gone when it is over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.windows import Windows
from wablast_box.engine.events.models import Event
from wablast_box.engine.notifications import alarms
from wablast_box.engine.notifications.models import Alarm, Severity
from wablast_box.lib import db
from wablast_box.lib.errors import Unavailable


@pytest.fixture
def windows(windows: Windows) -> Iterator[Windows]:
    yield windows
    for key in alarms.held_keys():
        alarms.release_alarm(key)


def raise_one(title: str = "Meta no longer accepts the access token") -> None:
    alarms.raise_alarm("token_expired", Severity.CRITICAL, title, "Enter a new one.", action_url="/setup")


def test_raising_the_same_alarm_again_changes_nothing_and_tells_nobody(windows: Windows) -> None:
    raise_one()
    raise_one()

    assert [alarm.key for alarm in alarms.open_alarms(limit=10)] == ["token_expired"]
    assert len(windows.heard) == 1
    assert windows.heard[0].name == "alarm.changed" and windows.heard[0].rooms == ("everyone",)


def test_an_open_alarm_with_new_words_keeps_its_place_and_is_told(windows: Windows) -> None:
    raise_one()
    raise_one("The access token was revoked")

    assert [alarm.title for alarm in alarms.open_alarms(limit=10)] == ["The access token was revoked"]
    assert Alarm.select().count() == 1
    assert len(windows.heard) == 2


def test_a_cleared_alarm_is_gone_kept_for_the_record_and_may_be_raised_anew(windows: Windows) -> None:
    raise_one()
    alarms.clear_alarm("token_expired")
    gone = list(alarms.open_alarms(limit=10))
    alarms.clear_alarm("token_expired")
    raise_one()

    assert gone == []
    assert Alarm.select().count() == 2
    assert Event.select().where(Event.name == "alarm.changed").count() == 3


def test_when_nothing_can_be_written_the_alarm_is_held_in_memory_and_shown(windows: Windows, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise Unavailable("The disk is full: nothing was changed.", code="disk_full")

    with monkeypatch.context() as broken:
        broken.setattr(alarms, "transaction", lambda: refuse())
        raise_one()

    assert Alarm.select().count() == 0
    assert [alarm.key for alarm in alarms.open_alarms(limit=10)] == ["token_expired"]
    alarms.clear_alarm("token_expired")
    assert list(alarms.open_alarms(limit=10)) == []


def test_windows_hear_of_an_alarm_only_once_it_is_on_disk(windows: Windows) -> None:
    with db.transaction():
        raise_one()
        before_commit = list(windows.heard)

    assert before_commit == []
    assert len(windows.heard) == 1


def test_an_alarm_of_a_transaction_that_is_undone_was_never_raised(windows: Windows) -> None:
    with pytest.raises(ZeroDivisionError), db.transaction():
        raise_one()
        raise ZeroDivisionError

    assert list(alarms.open_alarms(limit=10)) == []
    assert windows.heard == []


def test_a_page_of_alarms_goes_on_where_the_last_one_ended(windows: Windows) -> None:
    for count in range(5):
        alarms.raise_alarm(f"alarm_{count}", Severity.INFO, "Something", "Do this.")

    first = alarms.open_alarms(limit=2)
    rest = alarms.open_alarms(limit=10, after=first[1].id)

    assert [alarm.key for alarm in first] == ["alarm_4", "alarm_3", "alarm_2"], "one more than asked, to know whether there are more"
    assert [alarm.key for alarm in rest] == ["alarm_2", "alarm_1", "alarm_0"]
