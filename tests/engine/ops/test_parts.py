"""The threads of the box go on whatever the database does."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import peewee
import pytest

from wablast_box.engine.flows.running.runner import FlowRunner
from wablast_box.engine.webhooks.forward.forwarder import Forwarder
from wablast_box.engine.webhooks.processor import Processor
from wablast_box.lib import db


@pytest.mark.parametrize("kind", [Processor, Forwarder, FlowRunner])
def test_a_thread_that_starts_while_the_database_is_away_goes_on(box: Path, monkeypatch: pytest.MonkeyPatch, kind: Any) -> None:
    tried: list[int] = []

    def away(*_: Any) -> None:
        tried.append(1)
        raise peewee.OperationalError("connection refused")

    part = kind()
    monkeypatch.setattr(db.database.obj, "_connect", away)
    part.start()
    part.wake() if hasattr(part, "wake") else None
    deadline = time.monotonic() + 5
    while not tried and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.1)
    lives = part.is_alive()
    part.stop()

    assert tried and lives
