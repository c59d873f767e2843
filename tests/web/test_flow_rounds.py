"""The times that the clock began a flow, as programs and the editor are shown them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.test_flows import FLOWS, Browser, writes
from wablast_box.engine.flows.starting import tick
from wablast_box.lib.clock import frozen_at, now


@pytest.mark.feature("FT-05")
def test_a_round_says_for_how_many_it_was_and_that_it_was_late(asha: Browser, ravi: Browser) -> None:
    writes("hi", "wamid.1")
    trigger = {"id": "t", "kind": "schedule", "who": "wrote", "who_days": 3}
    nodes = [
        {"id": "start", "type": "start", "data": {"triggers": [trigger]}},
        {"id": "m", "type": "send_message", "data": {"text": "Hello"}},
    ]
    drawn = {"nodes": nodes, "edges": [{"from": "start", "output": "next", "to": "m"}], "layout": {}}
    number = asha.post(FLOWS, {"name": "Morning", "graph": drawn}).json()["id"]
    assert asha.post(f"{FLOWS}/{number}/publish", {}).status_code == 200
    assert ravi.get(f"{FLOWS}/{number}/rounds").json()["items"] == []

    with frozen_at(now() + timedelta(days=1, hours=5)):
        tick.begin_due()
    shown = ravi.get(f"{FLOWS}/{number}/rounds").json()["items"]

    assert shown and set(shown[0]) == {"due_at", "state", "people", "begun", "left_out", "note"}
    assert ravi.get(f"{FLOWS}/1/rounds").status_code == 404
