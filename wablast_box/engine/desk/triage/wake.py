"""What time does with conversations: snoozed ones come back when they are due, quiet ones are resolved if the owner wants that."""

from __future__ import annotations

from datetime import timedelta

from wablast_box.engine.desk.triage import actions
from wablast_box.engine.desk.triage.actions import Action
from wablast_box.engine.desk.triage.events import ConversationStateChanged
from wablast_box.engine.desk.triage.perform import perform
from wablast_box.engine.desk.triage.standing import Standing
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.settings import store
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now, now_ms
from wablast_box.lib.db import transaction

BATCH = 200
SYSTEM = "system"


def wake_due() -> int:
    """Bring back what is due, to the top of the list; how many. Whoever takes one first brings it back, once."""
    woken = 0
    while found := _wake_some():
        woken += found
    return woken


def resolve_idle() -> int:
    """Resolve what nobody touched for the days of the setting; how many. Where a customer waits for an answer, it stays open."""
    days = int(store.get("auto_resolve_days"))
    if days == 0:
        return 0
    resolved = 0
    while found := _resolve_some(ids.first_id_at(now() - timedelta(days=days))):
        resolved += found
    return resolved


def _wake_some() -> int:
    with transaction():
        rows = sql.run(
            "SELECT id FROM conversation WHERE snoozed_until IS NOT NULL AND snoozed_until <= ? AND state = 'snoozed'"
            " ORDER BY snoozed_until LIMIT ?" + sql.skip_locked(),
            (now_ms(), BATCH),
        )
        return len(perform(_wake(), [int(row[0]) for row in rows], EVERYTHING, SYSTEM).changed)


def _wake() -> Action:
    """The reminder stays: it says why the conversation is back."""
    return Action(
        "wake",
        "inbox.close",
        lambda _: {"state": "open", "snoozed_until": None, "sort_id": ids.new_id()},
        lambda before, _: ConversationStateChanged(before.id, before.state, "open", "due"),
        _woken,
    )


def _woken(before: Standing, _: object) -> tuple[str, dict[str, object]]:
    return "state", {"state": "open", "before": before.state, "why": "due", "reminder": before.reminder}


def _resolve_some(quiet_since: int) -> int:
    with transaction():
        rows = sql.run(
            "SELECT id FROM conversation WHERE state IN ('open', 'pending') AND sort_id < ? AND waiting_since_at IS NULL"
            " ORDER BY sort_id LIMIT ?" + sql.skip_locked(),
            (quiet_since, BATCH),
        )
        return len(perform(actions.resolve("idle"), [int(row[0]) for row in rows], EVERYTHING, SYSTEM).changed)
