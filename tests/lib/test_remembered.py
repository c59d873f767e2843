"""What is remembered for a moment is about one box."""

from __future__ import annotations

import pytest

from wablast_box.engine.flows.keeping.sessions import graph_of
from wablast_box.engine.settings import store
from wablast_box.lib.errors import NotFound
from wablast_box.web import masking


def test_the_next_box_of_this_process_knows_nothing_of_the_last(request: pytest.FixtureRequest) -> None:
    masking._own.get("", lambda: frozenset({"918047182200"}))
    store._remembered.get("send_rate", lambda: 3)

    request.getfixturevalue("box")

    assert masking._own.get("", frozenset) == frozenset()
    assert store.get("send_rate") != 3
    with pytest.raises(NotFound):
        graph_of(1)
    assert graph_of.cache_info().currsize == 0
