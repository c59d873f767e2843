"""What of all this is due now: one question to the indexes, and nothing more where nothing is."""

from __future__ import annotations

from wablast_box.engine.flows.starting import plans, rounds, starts, watch
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction

_DUE = (
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM flow_plan WHERE next_at <= ?) OR EXISTS (SELECT 1 FROM flow_round WHERE state = 'going')"
    " OR EXISTS (SELECT 1 FROM flow_start WHERE state = 'waiting' AND next_at <= ?)"
)


def begin_due() -> int:
    """Begin the flows whose time has come; how much there was to do."""
    moment = now_ms()
    if not sql.run(_DUE, (moment, moment)):
        return 0
    return rounds.open_due() + rounds.go_on() + watch.look() + starts.queue_due()


def keep_right() -> None:
    """Follow a clock or a zone that was changed, and forget what is long done."""
    with transaction():
        plans.put_right()
    starts.prune()
