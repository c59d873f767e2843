"""What was given up or still waits: send it again, and forget it when its time is over."""

from __future__ import annotations

from datetime import timedelta

from wablast_box.engine.audit.record import record
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.engine.webhooks.forward.models import DeliveryState, WebhookDelivery
from wablast_box.engine.webhooks.forward.progress import clear_given_up_alarm
from wablast_box.engine.webhooks.forward.read import find
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import NotFound

NEEDS = "webhooks.replay"
BATCH = 500


def send_again(number: int, *, by: Actor) -> WebhookDelivery:
    """Put one back in line, with a day of tries before it."""
    authorize(by, NEEDS)
    with transaction():
        changed = _again(WebhookDelivery.id == number)
        if not changed:
            raise NotFound("There is nothing to send again.", help="The other system may have taken it meanwhile.")
        clear_given_up_alarm()
        record("forward.resent", by=by, subject=f"delivery:{number}", detail={"count": 1})
    return WebhookDelivery.get_by_id(number)


def send_all_again(forward_id: int, *, by: Actor) -> int:
    """Everything that one target was given up for; how many."""
    authorize(by, NEEDS)
    find(forward_id)
    with transaction():
        changed = _again((WebhookDelivery.forward == forward_id) & (WebhookDelivery.state == DeliveryState.FAILED))
        clear_given_up_alarm()
        if changed:
            record("forward.resent", by=by, subject=f"forward:{forward_id}", detail={"count": changed})
    return changed


def prune_deliveries() -> int:
    """Forget what was given up once its raw webhook is no longer kept: there is nothing left to send."""
    last = ids.first_id_at(now() - timedelta(days=int(store.get("raw_log_days"))))
    gone = 0
    while True:
        with transaction():
            rows = sql.run(
                "DELETE FROM webhook_delivery WHERE id IN (SELECT id FROM webhook_delivery WHERE state = 'failed' AND"
                " webhook_event_id < ? ORDER BY id LIMIT ?) RETURNING id",
                (last, BATCH),
            )
        gone += len(rows)
        if len(rows) < BATCH:
            break
    if gone:
        clear_given_up_alarm()
    return gone


def _again(condition: object) -> int:
    return int(
        WebhookDelivery.update(state=DeliveryState.WAITING, attempts=0, next_attempt_at=0, claimed_at=None)
        .where(condition, WebhookDelivery.state != DeliveryState.SENDING)
        .execute()
    )
