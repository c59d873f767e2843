"""What happened is heard by those who care: once each, and a listener that fails is tried again alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from wablast_box.engine.events import publish as publishing
from wablast_box.engine.events.deliver import MAX_ATTEMPTS, STALE_AFTER, bring_forward, deliver_due
from wablast_box.engine.events.models import Event, EventDelivery
from wablast_box.engine.events.publish import publish
from wablast_box.engine.events.registry import Listener, use_listeners
from wablast_box.lib.claims import claim
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import connect_thread, disconnect_thread, transaction


@dataclass(frozen=True, slots=True)
class KettleBoiled:
    name: ClassVar[str] = "kettle.boiled"
    subject_id: int
    cups: int = 2


heard: list[tuple[str, KettleBoiled]] = []
broken: list[bool] = [False]


def pour(event: KettleBoiled) -> None:
    heard.append(("pour", event))


def whistle(event: KettleBoiled) -> None:
    if broken[0]:
        raise ValueError("no breath")
    heard.append(("whistle", event))


@pytest.fixture(autouse=True)
def kitchen(box: Path) -> Iterator[None]:
    heard.clear()
    broken[0] = False
    use_listeners({KettleBoiled: [Listener(pour, wants=lambda event: event.cups > 0), Listener(whistle)]})
    publishing.use_bell(lambda: None)
    yield
    use_listeners({})


def boil(cups: int = 2) -> None:
    with transaction():
        publish(KettleBoiled(7, cups), actor="system")


def test_every_listener_hears_the_event_as_it_was_published() -> None:
    boil()

    deliver_due()

    assert heard == [("pour", KettleBoiled(7, 2)), ("whistle", KettleBoiled(7, 2))]
    assert deliver_due() == 0


def test_the_event_is_kept_with_its_actor() -> None:
    boil()

    event = Event.get()
    assert (event.name, event.subject_id, event.actor, event.detail_json) == ("kettle.boiled", 7, "system", {"cups": 2})


def test_no_row_is_written_for_a_listener_that_does_not_want_it() -> None:
    boil(cups=0)

    assert [delivery.listener.rpartition(".")[2] for delivery in EventDelivery.select()] == ["whistle"]


def test_a_failing_listener_is_tried_again_alone() -> None:
    broken[0] = True
    boil()
    deliver_due()
    broken[0] = False

    with frozen_at(now() + timedelta(minutes=1)):
        deliver_due()

    assert [name for name, _ in heard] == ["pour", "whistle"]


def test_a_listener_that_always_fails_is_given_up_with_its_reason() -> None:
    broken[0] = True
    boil()

    moment = now()
    for _ in range(MAX_ATTEMPTS):
        moment += timedelta(hours=1)
        with frozen_at(moment):
            deliver_due()

    given_up = EventDelivery.get(EventDelivery.listener.endswith("whistle"))
    assert (given_up.state, given_up.error, given_up.attempts) == ("failed", "no breath", MAX_ATTEMPTS)


def test_what_a_killed_worker_had_taken_is_taken_again_later() -> None:
    boil()
    EventDelivery.update(state="working", claimed_at=now(), attempts=1).execute()

    deliver_due()
    assert heard == []

    with frozen_at(now() + STALE_AFTER + timedelta(seconds=1)):
        deliver_due()
    assert len(heard) == 2


def test_a_delivery_whose_listener_is_gone_says_so() -> None:
    boil()
    use_listeners({})

    deliver_due()

    assert {(d.state, d.error) for d in EventDelivery.select()} == {("failed", "this listener no longer exists")}


def test_what_is_rolled_back_was_never_published() -> None:
    with pytest.raises(RuntimeError), transaction():
        publish(KettleBoiled(7))
        raise RuntimeError("spilled")

    assert Event.select().count() == 0
    assert EventDelivery.select().count() == 0


def test_who_hears_in_order_does_so_however_many_deliver_at_once() -> None:
    cups: list[int] = []

    def counts(event: KettleBoiled) -> None:
        time.sleep(0.001 if len(cups) % 3 else 0.01)
        cups.append(event.cups)

    use_listeners({KettleBoiled: [Listener(counts, in_order=True), Listener(whistle)]})
    for number in range(1, 81):
        boil(number)

    def delivers() -> None:
        connect_thread()
        deliver_due()
        disconnect_thread()

    threads = [threading.Thread(target=delivers) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert cups == list(range(1, 81))
    assert len(heard) == 80


def test_what_a_box_that_died_had_in_hand_is_due_when_it_starts() -> None:
    boil()
    claim(EventDelivery, pending="pending", working="working", limit=2)
    assert deliver_due() == 0
    bring_forward()
    assert deliver_due() == 2
    assert len(heard) == 2
