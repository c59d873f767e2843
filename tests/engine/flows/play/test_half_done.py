"""A draft that is filled in with something else: said in words, one line in the log. A mistake of ours keeps its whole trace."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.engine.flows.talk import graph, node
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.nodes.returning import WaitForSystem
from wablast_box.engine.flows.rehearsal.play import Rehearsal, play

pytestmark = pytest.mark.feature("FE-25")
WORDS = "What is filled in here has another form: look at the problems of this step."


def rehearsed(**data: Any) -> Rehearsal:
    drawn = graph(node("it", "wait_for_system", **data), edges="start>it")
    return play(parse_graph(drawn), ["hi"], begin=datetime(2026, 12, 25, tzinfo=UTC))


@pytest.mark.parametrize("address", [7, ["x"], {"a": 1}])
def test_a_value_of_another_kind_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture, address: Any) -> None:
    with caplog.at_level(logging.INFO):
        done = rehearsed(address=address)
    assert (done.run.state, done.run.reason) == ("failed", WORDS)
    assert [(one.levelname, one.exc_info, "\n" in one.getMessage()) for one in caplog.records] == [("INFO", None, False)]


def test_a_mistake_of_ours_keeps_its_trace(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(WaitForSystem, "run", breaks)
    done = rehearsed(address="address")
    assert "Something went wrong in this node, reference " in str(done.run.reason)
    assert [(one.levelname, one.exc_info is not None) for one in caplog.records] == [("ERROR", True)]
