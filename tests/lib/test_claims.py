"""Work is taken by one worker at a time, however many reach for it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.threads import side_by_side
from wablast_box.engine.events.models import Event, EventDelivery
from wablast_box.lib import ids
from wablast_box.lib.claims import claim
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction


def waiting(count: int) -> None:
    with transaction():
        event = Event.create(id=ids.new_id(), name="kettle.boiled", at=now())
        for number in range(count):
            EventDelivery.create(id=ids.new_id(), event=event, listener=str(number))


def take(limit: int = 10, *, stale_after: timedelta | None = None) -> list[int]:
    return claim(EventDelivery, pending="pending", working="working", limit=limit, stale_after=stale_after)


def test_six_workers_take_every_row_and_none_twice(box: Path) -> None:
    waiting(120)
    taken: list[int] = []

    def work() -> None:
        while mine := take(7):
            taken.extend(mine)

    side_by_side([work] * 6)

    assert len(taken) == len(set(taken)) == 120


def test_rows_are_taken_oldest_first(box: Path) -> None:
    waiting(5)

    assert take(3) == sorted(row.id for row in EventDelivery.select())[:3]


def test_a_row_that_is_not_due_is_left(box: Path) -> None:
    waiting(1)
    EventDelivery.update(next_attempt_at=now() + timedelta(minutes=1)).execute()

    assert take() == []


def test_a_row_of_a_dead_worker_is_taken_again_only_when_that_is_wanted(box: Path) -> None:
    waiting(1)
    take()

    with frozen_at(now() + timedelta(hours=1)):
        assert take() == []
        assert len(take(stale_after=timedelta(minutes=5))) == 1
