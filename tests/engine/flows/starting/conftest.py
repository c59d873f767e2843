"""Events are delivered as the box does it: by the table of listeners."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wablast_box.engine.events.registry import use_listeners
from wablast_box.engine.listeners import LISTENERS


@pytest.fixture(autouse=True)
def listeners() -> Iterator[None]:
    use_listeners(LISTENERS)
    yield
    use_listeners({})
