"""The pace of a whole sender, on a real clock."""

from __future__ import annotations

from tests.engine.outbox.sending import Wire, conversation, send, sender, state, until
from wablast_box.engine.settings import store


def test_the_speed_that_is_set_is_held_and_never_passed(wire: Wire) -> None:
    store.put("send_rate", 40)
    messages = [send(conversation(f"91980000{n:04}")) for n in range(120)]
    sends = sender(wire)

    sends.start()
    until(lambda: state(messages[-1].id) == "sent", 15)
    sends.stop(3)

    began = wire.at[0]
    assert len(wire.at) == 120
    # How exactly it is held is proved on a clock of its own; here only that a busy machine makes it slower, never faster.
    assert 20 <= len(wire.at) / (wire.at[-1] - began) <= 44
    assert max(sum(1 for at in wire.at if start <= at < start + 1) for start in wire.at) <= 44


def test_a_changed_speed_counts_without_a_restart(wire: Wire) -> None:
    store.put("send_rate", 5)
    sends = sender(wire)
    sends.start()

    store.put("send_rate", 400)
    messages = [send(conversation(f"91980000{n:04}")) for n in range(60)]

    until(lambda: all(state(m.id) == "sent" for m in messages), 6)
    sends.stop(3)
