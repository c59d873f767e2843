"""Scheduled messages: sent once at their time, or failed for everybody to see."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.outbox.sending import conversation, template, text
from tests.threads import side_by_side
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.inbox.thread.models import ConversationActivity
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.notifications.models import Alarm
from wablast_box.engine.replies import send_due as sending
from wablast_box.engine.replies.models import ScheduledMessage
from wablast_box.engine.replies.schedule import cancel_scheduled, change_scheduled, schedule_message, scheduled_in
from wablast_box.engine.replies.send_due import send_due
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import User
from wablast_box.lib import db
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Conflict, Invalid, NotFound, Unavailable

pytestmark = pytest.mark.feature("IN-24")
HOUR = timedelta(hours=1)


def later(actor: Actor, chat: int, after: timedelta = HOUR, body: dict[str, Any] | None = None) -> int:
    return int(schedule_message(EVERYTHING, actor, chat, body or text("We are open."), now() + after)["id"])


def sent() -> list[str | None]:
    return [message.text for message in Message.select().order_by(Message.id)]


def states() -> list[str]:
    return [row.state for row in ScheduledMessage.select().order_by(ScheduledMessage.id)]


def test_it_goes_at_its_moment_once_and_in_its_writers_name(ravi: Actor, chat: int) -> None:
    later(ravi, chat)
    assert send_due() == 0

    with frozen_at(now() + HOUR):
        runs = [send_due() for _ in range(3)]

    assert (runs, sent(), states()) == ([1, 0, 0], ["We are open."], ["sent"])
    message = Message.get()
    assert (message.sender, message.state, message.idempotency_key) == (ravi.ref, "queued", str(ScheduledMessage.get().id))
    assert [activity.kind for activity in ConversationActivity.select()] == ["scheduled"]


def test_two_clocks_at_the_same_instant_send_it_once(ravi: Actor, chat: int) -> None:
    for _ in range(5):
        later(ravi, chat)

    with frozen_at(now() + HOUR):
        side_by_side([send_due] * 4)

    assert (len(sent()), set(states())) == (5, {"sent"})


def test_a_closed_window_fails_it_for_everybody_to_see(ravi: Actor, chat: int) -> None:
    number = later(ravi, chat, timedelta(hours=30))

    with frozen_at(now() + timedelta(hours=30)):
        send_due()
        [shown] = scheduled_in(EVERYTHING, chat)

    assert (sent(), shown["state"], shown["error"]["code"]) == ([], "failed", "window_closed")
    assert "approved template" in shown["error"]["help"]
    assert [activity.kind for activity in ConversationActivity.select().order_by(ConversationActivity.id)] == [
        "scheduled",
        "schedule_failed",
    ]
    alarm = Alarm.get(Alarm.cleared_at.is_null())
    assert (alarm.key, alarm.action_url) == (f"scheduled_message:{number}", f"/inbox?c={chat}")


def test_a_template_goes_through_a_closed_window(ravi: Actor) -> None:
    chat = conversation("919811111111", wrote_ago=None)
    later(ravi, chat, body=template())

    with frozen_at(now() + HOUR):
        send_due()

    assert states() == ["sent"]


def test_one_that_failed_is_given_another_moment_or_called_off(ravi: Actor, chat: int) -> None:
    number, other = later(ravi, chat, timedelta(hours=30)), later(ravi, chat, timedelta(hours=30))
    with frozen_at(now() + timedelta(hours=30)):
        send_due()
        Conversation.update(last_inbound_at=now()).execute()
        with pytest.raises(Invalid):
            change_scheduled(EVERYTHING, ravi, number, at=None, body=text("again"))
        change_scheduled(EVERYTHING, ravi, number, at=now() + HOUR, body=text("Now we are."))
        cancel_scheduled(EVERYTHING, ravi, other)

    with frozen_at(now() + timedelta(hours=31)):
        send_due()

    assert (sent(), states()) == (["Now we are."], ["sent", "cancelled"])
    assert not Alarm.select().where(Alarm.cleared_at.is_null()).exists()


def test_what_was_sent_or_called_off_cannot_be_changed(ravi: Actor, chat: int) -> None:
    gone, off = later(ravi, chat), later(ravi, chat, 2 * HOUR)
    cancel_scheduled(EVERYTHING, ravi, off)
    with frozen_at(now() + HOUR):
        send_due()

    for number in (gone, off):
        with pytest.raises(Conflict):
            change_scheduled(EVERYTHING, ravi, number, at=now() + HOUR, body=None)
        with pytest.raises(Conflict):
            cancel_scheduled(EVERYTHING, ravi, number)
    assert scheduled_in(EVERYTHING, chat) == []


def test_after_a_long_pause_people_decide(ravi: Actor, chat: int) -> None:
    later(ravi, chat, timedelta(minutes=30))

    with frozen_at(now() + timedelta(hours=7)):
        send_due()
        [shown] = scheduled_in(EVERYTHING, chat)

    assert (sent(), shown["error"]["code"]) == ([], "too_late")


@pytest.mark.parametrize("jump", [HOUR, -HOUR, timedelta(days=2), timedelta(days=-400), timedelta(days=5000)])
def test_a_clock_that_jumps_sends_nothing_twice_and_loses_nothing(ravi: Actor, chat: int, jump: timedelta) -> None:
    start = now()
    later(ravi, chat, timedelta(minutes=30))

    with frozen_at(start + jump):
        send_due()
        send_due()
    with frozen_at(start + timedelta(minutes=31)):
        send_due()
        Conversation.update(last_inbound_at=now()).execute()

    assert states() in (["sent"], ["failed"])
    assert len(sent()) == (1 if states() == ["sent"] else 0)
    assert (states() == ["failed"]) == (jump > sending.LATEST)


def test_across_a_leap_day_and_a_change_of_clocks(ravi: Actor) -> None:
    for start in (
        datetime(2028, 2, 28, 23, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2038, 1, 19, 3, 0, tzinfo=UTC),
    ):
        with frozen_at(start):
            later(ravi, conversation(f"9198{start.year}11111"))
        with frozen_at(start + HOUR):
            assert send_due() == 1


def test_somebody_who_left_says_nothing_more(ravi: Actor, chat: int) -> None:
    later(ravi, chat)
    User.update(disabled_at=now()).where(User.id == ravi.id).execute()

    with frozen_at(now() + HOUR):
        send_due()
        [shown] = scheduled_in(EVERYTHING, chat)

    assert (sent(), shown["error"]["code"]) == ([], "author_gone")


def test_a_fault_of_ours_holds_up_nobody_and_ends(ravi: Actor, chat: int, monkeypatch: pytest.MonkeyPatch) -> None:
    later(ravi, chat, body=text("broken"))
    later(ravi, chat, body=text("fine"))
    send = sending.send_message

    def breaks(conversation_id: int, outbound: Any, **more: Any) -> Message:
        if outbound.text == "broken":
            raise RuntimeError("a bug")
        return send(conversation_id, outbound, **more)

    monkeypatch.setattr(sending, "send_message", breaks)
    for minute in range(10):
        with frozen_at(now() + HOUR + timedelta(minutes=minute)):
            send_due()

    assert (sent(), states()) == (["fine"], ["failed", "sent"])
    assert ScheduledMessage.select().order_by(ScheduledMessage.id).first().error_code == "bug"


def test_a_full_disk_fails_nothing(ravi: Actor, chat: int, monkeypatch: pytest.MonkeyPatch) -> None:
    later(ravi, chat)

    def refuses(*_: Any, **__: Any) -> Message:
        raise Unavailable("The disk is full.")

    with frozen_at(now() + HOUR):
        with monkeypatch.context() as patch, pytest.raises(Unavailable):
            patch.setattr(sending, "send_message", refuses)
            send_due()
        assert states() == ["waiting"]
        assert send_due() == 1


@pytest.mark.parametrize(
    ("body", "after"),
    [
        (text(), -HOUR),
        (text(), timedelta(days=400)),
        (text("x" * 4097), HOUR),
        ({"type": "reaction", "reaction": {"message_id": "1", "emoji": "👍"}}, HOUR),
    ],
)
def test_what_cannot_go_is_refused_at_once(ravi: Actor, chat: int, body: dict[str, Any], after: timedelta) -> None:
    with pytest.raises(Invalid):
        later(ravi, chat, after, body)

    assert states() == []


def test_a_colleagues_conversation_keeps_its_schedule_to_itself(asha: Actor, ravi: Actor, chat: int) -> None:
    number = later(asha, chat)
    assign(chat, asha.id, actor="system")
    sight = Viewer(ravi.id or 0)

    for hidden in (
        lambda: scheduled_in(sight, chat),
        lambda: schedule_message(sight, ravi, chat, text(), now() + HOUR),
        lambda: change_scheduled(sight, ravi, number, at=now() + HOUR, body=None),
        lambda: cancel_scheduled(sight, ravi, number),
    ):
        with pytest.raises(NotFound):
            hidden()


def test_old_ones_are_forgotten(ravi: Actor, chat: int) -> None:
    later(ravi, chat)
    with frozen_at(now() + HOUR):
        send_due()

    with frozen_at(now() + timedelta(days=100)):
        sending.prune_scheduled()

    assert states() == [] and sent() == ["We are open."]


CHILD = """
import sys
from pathlib import Path
from wablast_box.engine.replies.send_due import send_due
from wablast_box.engine.settings import secrets
from wablast_box.lib import db
folder = Path(sys.argv[1])
db.open_database(f"sqlite:///{folder / 'box.db'}")
secrets.use_key(folder / "secrets.key")
print("running", flush=True)
while True:
    send_due()
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_box_that_is_killed_again_and_again_sends_each_once(box: Path, ravi: Actor) -> None:
    if db.is_postgres():
        pytest.skip("the second process opens the data folder's own database")
    chats = [conversation(f"9198000000{n:02}") for n in range(30)]
    for chat in chats:
        for _ in range(10):
            later(ravi, chat, timedelta(milliseconds=500))
    time.sleep(0.5)

    for _ in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(box)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        )
        assert child.stdout is not None and child.stdout.readline()
        time.sleep(0.06)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    killed_at = Message.select().count()
    while send_due():
        pass

    keys = [message.idempotency_key for message in Message.select()]
    assert sorted(keys) == sorted(str(row.id) for row in ScheduledMessage.select())
    assert set(states()) == {"sent"} and killed_at > 0
