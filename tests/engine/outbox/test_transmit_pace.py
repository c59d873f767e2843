"""The pace of a whole sender, on a real clock."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.engine.outbox.sending import Wire, conversation, send, sender, state, until
from tests.patience import BUSY
from wablast_box.engine.settings import store


def test_the_speed_that_is_set_is_held_and_never_passed(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put("send_rate", 40)
    messages = [send(conversation(f"91980000{n:04}")) for n in range(120)]
    sends = sender(wire)
    allowed: list[float] = []
    bucket = sends._loop._bucket

    def take(ask: Callable[[], float] = bucket.take) -> float:
        wait = ask()
        if not wait:
            allowed.append(time.monotonic())
        return wait

    monkeypatch.setattr(bucket, "take", take)
    sends.start()
    until(lambda: state(messages[-1].id) == "sent", 15 * BUSY)
    sends.stop(3)

    began = wire.at[0]
    assert len(wire.at) == len(allowed) == 120
    # How exactly it is held is proved on a clock of its own; here only that a busy machine makes it slower, never faster.
    assert 40 / BUSY <= len(wire.at) / (wire.at[-1] - began) <= 44
    # A busy machine may also hold some up on their last step, so that they arrive together: what counts is when they were let go.
    assert max(sum(1 for at in allowed if start <= at < start + 1) for start in allowed) <= 44


def test_a_changed_speed_counts_without_a_restart(wire: Wire) -> None:
    store.put("send_rate", 1)
    sends = sender(wire)
    sends.start()

    store.put("send_rate", 400)
    messages = [send(conversation(f"91980000{n:04}")) for n in range(60)]

    until(lambda: all(state(m.id) == "sent" for m in messages), 6 * BUSY)
    sends.stop(3)
