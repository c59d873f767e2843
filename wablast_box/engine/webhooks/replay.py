"""Process a kept webhook once more: after a mend, or when somebody doubts. What was stored stays stored once."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.audit.record import record
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.engine.webhooks.models import WebhookEvent, WebhookState
from wablast_box.engine.webhooks.read import event_view, find
from wablast_box.lib import sql
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict

NEEDS = "webhooks.replay"
BATCH = 500
_AGAIN = {"state": WebhookState.PENDING, "next_attempt_at": 0, "problems_json": None}


def replay(number: int, *, by: Actor) -> dict[str, Any]:
    """Put the webhook back in the queue; unique keys make the second run harmless."""
    authorize(by, NEEDS)
    find(number)
    with transaction():
        WebhookEvent.update(**_AGAIN).where(WebhookEvent.id == number).execute()
        record("webhook.replayed", by=by, subject=f"webhook:{number}", detail={"count": 1})
    return event_view(find(number))


def replay_failed(*, by: Actor) -> int:
    """Everything that was kept aside, oldest first, a little at a time; how many. One that fails again is kept aside again."""
    authorize(by, NEEDS)
    newest = int(sql.run("SELECT max(id) FROM webhook_event WHERE state = 'failed'")[0][0] or 0)
    count, last = 0, 0
    while last < newest:
        with transaction():
            rows = sql.run(
                "UPDATE webhook_event SET state = 'pending', next_attempt_at = 0, problems_json = NULL WHERE id IN ("
                " SELECT id FROM webhook_event WHERE state = 'failed' AND id > ? AND id <= ? ORDER BY id LIMIT ?) RETURNING id",
                (last, newest, BATCH),
            )
        count += len(rows)
        # The processor works meanwhile: what fails again is behind us, and stays there.
        last = max((row[0] for row in rows), default=newest)
    if count:
        record("webhook.replayed", by=by, detail={"count": count})
    return count


def dismiss(number: int, *, by: Actor) -> dict[str, Any]:
    """Settle one that was kept aside and is not wanted: it goes with the other old ones when its time is over."""
    authorize(by, NEEDS)
    with transaction():
        row = find(number)
        if row.state != WebhookState.FAILED:
            raise Conflict("Only a webhook that was kept aside can be let go.")
        WebhookEvent.update(state=WebhookState.IGNORED).where(WebhookEvent.id == number).execute()
        record("webhook.dismissed", by=by, subject=f"webhook:{number}")
    return event_view(find(number))
