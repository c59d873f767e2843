"""Where several processes look at the clock, a plan still opens one round each time."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from tests.engine.flows.starting.test_times import NOON, wrote
from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.starting import rounds, tick
from wablast_box.engine.flows.starting.models import FlowPlan, FlowRound
from wablast_box.lib.clock import frozen_at
from wablast_box.lib.db import connect_thread, disconnect_thread, is_postgres


@pytest.mark.feature("FT-05")
def test_two_schedulers_at_once_open_one_round(shop: Shop) -> None:
    if not is_postgres():
        pytest.skip("SQLite has one writer")
    with frozen_at(NOON):
        shop.hears("hi")
        shop.on(graph(node("m", "send_message", text="Hello"), edges="start>m", trigger=wrote(at="13:00")))
    barrier = threading.Barrier(4)

    def looks() -> None:
        connect_thread()
        barrier.wait()
        tick.begin_due()
        disconnect_thread()

    with frozen_at(NOON + timedelta(hours=1)):
        threads = [threading.Thread(target=looks) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        shop.plays()
    assert shop.said() == ["Hello"]


@pytest.mark.feature("FT-05")
def test_a_scheduler_that_comes_second_does_not_open_the_round_of_tomorrow(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with frozen_at(NOON):
        shop.on(graph(node("m", "send_message", text="Hello"), edges="start>m", trigger=wrote(at="13:00")))
    opened = rounds._open
    done: list[int] = []

    def the_other_was_quicker(plan_id: int) -> None:
        if not done:
            done.append(plan_id)
            opened(plan_id)
        opened(plan_id)

    monkeypatch.setattr(rounds, "_open", the_other_was_quicker)
    with frozen_at(NOON + timedelta(hours=1)):
        rounds.open_due()
    assert FlowRound.select().count() == 1
    assert FlowPlan.get().next_at == NOON + timedelta(days=1, hours=1)
