"""Asha's shop, in which flows are drawn and talked to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.flows.talk import Shop
from wablast_box.lib import ids


@pytest.fixture
def shop(box: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    # Ids tell when something was made, and only rise: after those of its people, what a test makes at a moment that lies
    # behind us would be of today. So a test passed until the day that it writes about.
    monkeypatch.setattr(ids, "_last", 0)
    return made
