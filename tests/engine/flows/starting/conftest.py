"""Events are delivered as the box does it: by the table of listeners."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wablast_box.engine.events.registry import use_listeners
from wablast_box.engine.flows.keeping import sessions
from wablast_box.engine.listeners import LISTENERS


@pytest.fixture(autouse=True)
def listeners() -> Iterator[None]:
    use_listeners(LISTENERS)
    # A frozen clock gives the versions of two tests the same ids.
    sessions.graph_of.cache_clear()
    yield
    use_listeners({})
