"""The targets as people see them: how far each has come, what is wrong, what was given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wablast_box.engine.webhooks.forward.models import DeliveryState, WebhookDelivery, WebhookForward
from wablast_box.lib import ids, sql
from wablast_box.lib.errors import NotFound

# Counting further would read the whole log to say what everybody knows by then: a lot.
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class TargetView:
    """One target. `behind` counts webhooks that it has not been offered yet, up to `MOST_COUNTED`."""

    row: WebhookForward
    state: Literal["on", "off", "paused"]
    behind: int
    oldest_waiting_at: datetime | None
    set_aside: int
    given_up: int


def targets() -> list[TargetView]:
    """All of them, oldest first."""
    return [_view(row) for row in WebhookForward.select().order_by(WebhookForward.id)]


def view(number: int) -> TargetView:
    """One of them."""
    return _view(find(number))


def find(number: int) -> WebhookForward:
    """The row, or NotFound."""
    row = WebhookForward.get_or_none(WebhookForward.id == number)
    if row is None:
        raise NotFound("Webhooks are not forwarded there.", help="It may have been ended meanwhile.")
    return row


def deliveries(number: int, *, limit: int, before: int | None = None) -> Sequence[WebhookDelivery]:
    """What one target did not take at once and has not taken since, newest first."""
    find(number)
    query = WebhookDelivery.select().where(WebhookDelivery.forward == number).order_by(WebhookDelivery.id.desc()).limit(limit)
    return list(query if before is None else query.where(WebhookDelivery.id < before))


def _view(row: WebhookForward) -> TargetView:
    state: Literal["on", "off", "paused"] = "off" if not row.is_on else "paused" if row.paused_at is not None else "on"
    behind, oldest = _behind(row.cursor_id) if row.is_on else (0, None)
    given_up = _count(row.id, DeliveryState.FAILED)
    return TargetView(row, state, behind, oldest, _count(row.id, None) - given_up, given_up)


def _behind(cursor: int) -> tuple[int, datetime | None]:
    rows = sql.run(
        "SELECT count(*), min(id) FROM (SELECT id FROM webhook_event WHERE id > ? AND source = 'meta' ORDER BY id LIMIT ?) AS next",
        (cursor, MOST_COUNTED),
    )
    count, first = rows[0]
    return int(count), None if first is None else ids.moment_of(first)


def _count(number: int, state: DeliveryState | None) -> int:
    query = WebhookDelivery.select().where(WebhookDelivery.forward == number)
    return int((query if state is None else query.where(WebhookDelivery.state == state)).count())
