"""The figures: right, and cheap however much is stored."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.process.conftest import inbound
from wablast_box.engine.ops import diagnostics as figures
from wablast_box.engine.ops import watch
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.process import process_due
from wablast_box.lib import db, sql


def test_they_tell_what_waits_and_how_the_process_is(box: Path) -> None:
    watch.begin(box)
    accept([knock("meta", inbound("one", 1)), knock("meta", b"not json")])
    before = figures.diagnostics()
    process_due()
    after = figures.diagnostics()

    assert before["webhook_events"]["pending"] == 2
    assert before["webhook_events"]["oldest_pending_age_s"] in (0, 1, 2)
    assert (after["webhook_events"]["pending"], after["webhook_events"]["failed"]) == (0, 1)
    assert after["webhook_events"]["oldest_pending_age_s"] is None
    assert int(after["events"]["last_id"]) > 0
    assert 10 < after["memory_mb"] < 2000 or os.name == "nt"
    assert after["disk_free_mb"] > 0 and after["database"]["size_mb"] > 0


@pytest.mark.parametrize("query", ["webhook_event WHERE state = 'pending'", "webhook_event WHERE state = 'failed'", "message WHERE state = 'queued'", "message WHERE state = 'unconfirmed'", "attachment WHERE state IN ('pending', 'failed') AND state = 'failed'", "message WHERE state IN ('queued', 'sending') AND state = 'sending'"])  # fmt: skip
def test_no_figure_reads_a_whole_table(box: Path, query: str) -> None:
    if db.is_postgres():
        pytest.skip("reads SQLite's plans")

    plan = " ".join(str(row[3]) for row in sql.run(f"EXPLAIN QUERY PLAN SELECT count(*) FROM {query}"))

    assert "USING" in plan and "INDEX" in plan, plan
