"""Meta on a bad day: refusals, silence, nonsense. The message waits or fails with a reason; it is never sent twice."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from tests.engine.outbox.sending import Wire, conversation, send, sender, state, until
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.notifications.models import Alarm
from wablast_box.engine.outbox.transmit import brake as transmit_brake
from wablast_box.engine.outbox.transmit import outcome
from wablast_box.engine.outbox.transmit.sender import Sender
from wablast_box.engine.settings import secrets
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Account


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second of waiting is fifty milliseconds here; the waits themselves are proved in the table of outcomes."""
    monkeypatch.setattr(outcome, "wait_s", lambda retry, attempt: 0.05)
    monkeypatch.setattr(transmit_brake, "FIRST_TRY_S", 0.1)


def alarms() -> list[str]:
    return [alarm.key for alarm in Alarm.select().where(Alarm.cleared_at.is_null())]


def wake_until(sends: Sender, done: object, seconds: float = 8.0) -> None:
    def check() -> bool:
        sends.wake()
        return bool(done())  # type: ignore[operator]

    until(check, seconds)


@pytest.mark.parametrize("code", [131016, 131000, 130429, 131056, 131057])
def test_a_passing_refusal_is_tried_again_and_accepted_once(running: Sender, wire: Wire, meta: FakeMeta, code: int) -> None:
    meta.faults.add("error", code=code, times=2)

    message = send(conversation())
    wake_until(running, lambda: state(message.id) == "sent")

    assert len(wire.bodies) == 3
    assert meta.state.accepted_count == 1
    row = Message.get_by_id(message.id)
    assert (row.attempts, row.error_code) == (3, None)


@pytest.mark.feature("CN-20")
def test_a_refusal_for_good_fails_with_metas_code_and_words(running: Sender, wire: Wire, meta: FakeMeta) -> None:
    meta.faults.add("error", code=131051, details="Message type is not currently supported.", times=None)

    message = send(conversation())
    until(lambda: state(message.id) == "failed")

    row = Message.get_by_id(message.id)
    assert (row.error_code, row.error_title, row.error_details) == (
        131051,
        "Unsupported message type",
        "Message type is not currently supported.",
    )
    assert len(wire.bodies) == 1


def test_after_eight_attempts_a_message_fails_with_the_last_reason(running: Sender, wire: Wire, meta: FakeMeta) -> None:
    meta.faults.add("error", code=131016, times=None)

    message = send(conversation())
    wake_until(running, lambda: state(message.id) == "failed", 15)

    assert len(wire.bodies) == 8
    assert Message.get_by_id(message.id).error_code == 131016


@pytest.mark.parametrize("kind", ["html", "empty", "cut_after", "cut_before"])
def test_an_answer_that_tells_nothing_leaves_the_message_unconfirmed(running: Sender, wire: Wire, meta: FakeMeta, kind: str) -> None:
    meta.faults.add(kind, times=1)

    message = send(conversation())
    until(lambda: state(message.id) == "unconfirmed")
    time.sleep(0.2)

    assert len(wire.bodies) == 1, "it is not sent again by itself"


def test_one_customers_limit_holds_up_nobody_else(running: Sender, wire: Wire, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "wait_s", lambda retry, attempt: 60.0)
    meta.faults.add("error", code=131056, to="919800000001", times=None)
    first, second = conversation("919800000001"), conversation("919800000002")

    limited = send(first)
    until(lambda: len(wire.bodies) == 1)
    others = [send(second) for _ in range(3)]

    until(lambda: all(state(m.id) == "sent" for m in others))
    assert state(limited.id) == "queued"
    assert Message.get_by_id(limited.id).error_code == 131056


@pytest.mark.feature("CN-29")
def test_a_dead_token_stops_everything_with_one_alarm_and_fails_nothing(running: Sender, wire: Wire, meta: FakeMeta) -> None:
    meta.faults.add("error", code=190, times=None)

    messages = [send(conversation(f"9198000000{n:02}")) for n in range(12)]
    until(lambda: "token_expired" in alarms())
    # What had left before the first answer is back.
    until(lambda: {state(m.id) for m in messages} == {"queued"})
    asked = len(wire.bodies)
    time.sleep(0.3)

    assert len(wire.bodies) == asked, "nothing is asked while the token is dead"
    assert {state(m.id) for m in messages} == {"queued"}
    assert alarms() == ["token_expired"]
    assert {Message.get_by_id(m.id).attempts for m in messages} == {0}

    meta.faults.clear()
    meta.state.account = Account(access_token="EAANEW")
    secrets.put_secret("access_token", "EAANEW")

    wake_until(running, lambda: all(state(m.id) == "sent" for m in messages))
    until(lambda: alarms() == [])


@pytest.mark.feature("CN-29")
def test_a_token_that_works_again_is_found_out_by_one_message(wire: Wire, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transmit_brake, "FIRST_PROBE_S", 0.3)
    meta.faults.add("error", code=190, times=1)
    sends = sender(wire)
    sends.start()

    message = send(conversation())
    wake_until(sends, lambda: state(message.id) == "sent")
    sends.stop(3)

    assert len(wire.bodies) == 2
    assert alarms() == [], "a stop ends after everything is settled"


@pytest.mark.parametrize("code", [368, 131031])
def test_a_blocked_account_stops_everything_and_says_why(running: Sender, meta: FakeMeta, code: int) -> None:
    meta.faults.add("error", code=code, times=None)

    message = send(conversation())
    until(lambda: alarms() == ["sending_stopped"])

    assert state(message.id) == "queued"
    assert Alarm.get().advice


def test_trouble_that_a_person_must_mend_raises_an_alarm_until_a_message_goes_out(running: Sender, meta: FakeMeta) -> None:
    meta.faults.add("error", code=131042, times=1)
    number = conversation()

    failed = send(number)
    until(lambda: state(failed.id) == "failed" and alarms() == ["sending_trouble"])
    following = send(number)
    until(lambda: state(following.id) == "sent")

    until(lambda: alarms() == [])


def test_without_a_way_to_meta_messages_wait_and_no_attempt_is_counted(running: Sender, wire: Wire) -> None:
    is_down = True

    def refuse(request: httpx.Request) -> None:
        if is_down:
            raise httpx.ConnectError("no route")

    wire.before = refuse
    messages = [send(conversation(f"9198000000{n:02}")) for n in range(5)]
    time.sleep(1.5)

    assert {state(m.id) for m in messages} <= {"queued", "sending"}
    assert len(wire.bodies) < 25, "it is not hammered"

    is_down = False
    wake_until(running, lambda: all(state(m.id) == "sent" for m in messages))
    assert {Message.get_by_id(m.id).attempts for m in messages} == {1}


def test_five_rate_limits_in_a_row_halve_the_speed(running: Sender, wire: Wire, meta: FakeMeta) -> None:
    meta.faults.add("error", code=130429, times=6)

    messages = [send(conversation(f"9198000000{n:02}")) for n in range(6)]
    wake_until(running, lambda: all(state(m.id) == "sent" for m in messages))

    assert running._loop._bucket.rate < 2000


def test_a_stuck_call_holds_up_nobody_else(running: Sender, wire: Wire, meta: FakeMeta, box: Path) -> None:
    meta.faults.add("delay", to="919800000001", times=None, delay_s=60.0)
    slow = send(conversation("919800000001"))
    until(lambda: len(wire.bodies) == 1)

    others = [send(conversation(f"91981000000{n}")) for n in range(5)]
    until(lambda: all(state(m.id) == "sent" for m in others))

    assert state(slow.id) == "sending"
