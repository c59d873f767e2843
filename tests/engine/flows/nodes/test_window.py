"""The 24-hour window, seen while a flow is drawn."""

from __future__ import annotations

from typing import Any

import pytest

from wablast_box.engine.flows.design.problems import problems_of

DAY = {"amount": 25, "unit": "hours"}


def warned(*nodes: tuple[str, dict[str, Any]], out: str = "next") -> list[str | None]:
    """Which nodes may come too late, of some that follow each other."""
    listed = [("start", {"triggers": [{"id": "t", "kind": "any_message"}]}), *nodes]
    drawn = [{"id": f"n{at}", "type": kind, "data": data} for at, (kind, data) in enumerate(listed)]
    edges = [{"from": f"n{at}", "output": out if at == 1 else "next", "to": f"n{at + 1}"} for at in range(len(listed) - 1)]
    return [one.node_id for one in problems_of({"nodes": drawn, "edges": edges}) if one.code == "window_closed"]


SAY = ("send_message", {"text": "Still there?"})
ASK = ("ask_text", {"question": "Well?", "wait_minutes": 25 * 60})


@pytest.mark.feature("FE-22")
@pytest.mark.parametrize(
    ("nodes", "out", "late"),
    [
        ([("delay", DAY), SAY], "next", ["n2"]),
        ([("delay", DAY), ("send_buttons", {"text": "t", "buttons": [{"id": "a", "title": "A"}]})], "next", ["n2"]),
        ([("delay", DAY), ("send_template", {"name": "still_there"})], "next", []),
        ([("delay", {"amount": 20, "unit": "hours"}), SAY, ("delay", {"amount": 5, "unit": "hours"}), SAY], "next", ["n4"]),
        ([ASK, SAY], "next", []),
        ([ASK, SAY], "timeout", ["n2"]),
        ([("wait_until", {"kind": "time", "moment": "{{visit}}"}), SAY], "next", ["n2"]),
        ([("wait_until", {"kind": "reply", "wait_minutes": 3000}), SAY], "next", []),
        ([("wait_until", {"kind": "reply", "wait_minutes": 3000}), SAY], "timeout", ["n2"]),
        ([("wait_until", {"kind": "webhook", "wait_minutes": 3000}), SAY], "next", ["n2"]),
        ([("wait_until", {"kind": "webhook", "wait_minutes": 30}), SAY], "next", []),
        ([("wait_until", {"kind": "webhook"}), SAY], "next", ["n2"]),
    ],
)
def test_a_free_message_that_may_come_too_late_is_warned_of(nodes: list[tuple[str, dict[str, Any]]], out: str, late: list[str]) -> None:
    assert warned(*nodes, out=out) == late
