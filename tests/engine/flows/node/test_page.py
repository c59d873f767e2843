"""docs/flows/values.md says what really happens."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from tests.architecture.sources import ROOT
from wablast_box.engine.flows.node import values
from wablast_box.engine.flows.node.expressions import LONGEST_EXPRESSION, MOST_STEPS
from wablast_box.engine.flows.node.filters import filters_in
from wablast_box.engine.flows.node.step import LARGEST_VARIABLE, MOST_VARIABLES

INDIA = ZoneInfo("Asia/Kolkata")
PAGE = (ROOT / "docs/flows/values.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(.+)` \| (.+) \|$", PAGE, re.MULTILINE)
KNOWN = {
    "contact": {"name": "Kabir Mehta"}, "order": {"total": 1234567.5}, "paid": 9950, "visit": "2026-12-25T20:00:00Z", "colours": ["red", "blue"],
}  # fmt: skip


@pytest.mark.feature("FE-07")
@pytest.mark.parametrize(("written", "reads"), ROWS)
def test_each_example_reads_so(written: str, reads: str) -> None:
    assert values.fill(written.replace(r"\|", "|"), KNOWN, "text", INDIA) == reads


def test_every_filter_and_limit_is_named() -> None:
    assert len(ROWS) > 10
    assert [name for name in (*filters_in(INDIA), "default") if not re.search(rf"\b{name}\b", PAGE)] == []
    assert f"{LARGEST_VARIABLE // 1024} kB, a flow {MOST_VARIABLES} of them" in PAGE
    assert f"{LONGEST_EXPRESSION:,} characters and {MOST_STEPS:,} steps" in PAGE
