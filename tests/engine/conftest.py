"""Windows that listen to an engine without an edge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.windows import Windows
from wablast_box.engine.events.live import use_carrier


@pytest.fixture
def windows(box: Path) -> Iterator[Windows]:
    """They hear what happens from here on."""
    listening = Windows()
    use_carrier(listening)
    yield listening
    use_carrier(None)
