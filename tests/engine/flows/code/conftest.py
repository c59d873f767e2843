"""Code that is run is run for real: in its own process, which is gone after each file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from tests.engine.flows.nodes.conftest import played
from tests.patience import BUSY
from wablast_box.engine.flows.code import asking, javascript
from wablast_box.engine.flows.nodes.catalogue import BUILTIN
from wablast_box.engine.flows.registry import add_node
from wablast_box.engine.flows.rehearsal.play import Rehearsal


@pytest.fixture(autouse=True, scope="module")
def ended() -> Iterator[None]:
    for kind in BUILTIN:
        add_node(kind)
    yield
    javascript.workers.close()


def runs(code: str, *, variables: dict[str, Any] | None = None, **data: Any) -> Rehearsal:
    """A flow of one node that runs this and keeps what it returns as `it`."""
    return played([("code", {"code": code, "save_as": "it", **data}), ("send_message", {"text": "done"})], variables=variables)


def returned(code: str, **options: Any) -> Any:
    """What kind code returns, however much else the machine has to do."""
    with patch.object(asking, "WITHIN_S", asking.WITHIN_S * BUSY):
        rehearsal = runs(code, **options)
    assert [one["error"] for one in rehearsal.steps if one["error"]] == []
    return rehearsal.run.variables["it"]
