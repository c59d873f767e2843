"""A fake Meta behind the sender, and a sender that runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.outbox.sending import Wire, connect, open_meta, sender
from wablast_box.engine.outbox.transmit.sender import Sender
from wablast_box.simulator.meta import FakeMeta


@pytest.fixture
def meta(box: Path) -> FakeMeta:
    """The number is connected, and everybody's window is open at the fake Meta."""
    connect()
    fake = FakeMeta()
    open_meta(fake)
    return fake


@pytest.fixture
def wire(meta: FakeMeta) -> Wire:
    """What the sender talks to."""
    return Wire(meta)


@pytest.fixture
def running(wire: Wire) -> Iterator[Sender]:
    """A sender at work."""
    sends = sender(wire, rate=2000)
    sends.start()
    yield sends
    sends.stop(3)
