"""Run listeners until each has succeeded once. A failing listener is retried alone, with growing gaps."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from wablast_box.engine.events.models import DeliveryState, Event, EventDelivery
from wablast_box.engine.events.registry import PLUGIN, Origin, listener_named, listeners_in_order
from wablast_box.lib import sql
from wablast_box.lib.claims import claim
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
STALE_AFTER = timedelta(minutes=5)
BATCH = 20
# A plugin that is switched off, or broken by an update, still gets what happened before, for so long. It comes back with a
# start of the box, which brings its deliveries forward; a look a day is enough to find those that are too old.
PLUGIN_GAP, PLUGIN_AWAY = timedelta(days=1), timedelta(days=30)
NOT_HERE = "its plugin is not here"
_one_by_one, _asked = threading.Lock(), threading.Event()


def deliver_due() -> int:
    """Deliver what is due; how many deliveries were tried."""
    ordered = listeners_in_order()
    if not ordered:
        return _deliver_all(("", ()))
    among, names = sql.among("listener", ordered)
    return _deliver_in_order((among, names)) + _deliver_all((f"NOT ({among})", names))


def _deliver_in_order(only: tuple[str, Sequence[Any]]) -> int:
    """By one thread at a time. Whoever finds another one at it leaves a word for it, and is not kept waiting."""
    tried = 0
    _asked.set()
    while _asked.is_set() and _one_by_one.acquire(blocking=False):
        try:
            while _asked.is_set():
                _asked.clear()
                tried += _deliver_all(only)
        finally:
            _one_by_one.release()
    return tried


def _deliver_all(only: tuple[str, Sequence[Any]]) -> int:
    tried = 0
    while numbers := claim(EventDelivery, pending="pending", working="working", limit=BATCH, stale_after=STALE_AFTER, only=only):
        for number in numbers:
            _deliver(EventDelivery.get_by_id(number))
        tried += len(numbers)
    return tried


def bring_forward() -> None:
    """At the start, when the plugins that are here are known: what waited for one is due, and what a box that died had in hand."""
    with transaction():
        EventDelivery.update(state=DeliveryState.PENDING, claimed_at=None).where(EventDelivery.state == DeliveryState.WORKING).execute()
        EventDelivery.update(next_attempt_at=0).where(
            (EventDelivery.state == DeliveryState.PENDING) & (EventDelivery.error == NOT_HERE)
        ).execute()


def _deliver(delivery: EventDelivery) -> None:
    found = listener_named(delivery.listener)
    if found is None and delivery.listener.startswith(PLUGIN) and delivery.event.at > now() - PLUGIN_AWAY:
        _wait_for_plugin(delivery)
        return
    if found is None:
        _settle(delivery, DeliveryState.FAILED, error="this listener no longer exists")
        return
    event_type, listener = found
    try:
        event = _rebuild(event_type, delivery.event)
        listener.call(event, Origin(delivery.event.id, delivery.event.actor)) if listener.asks_origin else listener.call(event)
    except Exception as failure:
        logger.exception("a listener failed", extra={"listener": delivery.listener, "event": delivery.event.id})
        _retry_or_give_up(delivery, failure)
    else:
        _settle(delivery, DeliveryState.DONE)


def _wait_for_plugin(delivery: EventDelivery) -> None:
    """A look at an empty place is no attempt."""
    with transaction():
        EventDelivery.update(
            state=DeliveryState.PENDING,
            next_attempt_at=now() + PLUGIN_GAP,
            attempts=EventDelivery.attempts - 1,
            error=NOT_HERE,
        ).where(EventDelivery.id == delivery.id).execute()


def _rebuild(event_type: type, row: Event) -> Any:
    fields = dict(row.detail_json or {})
    names = event_type.__dataclass_fields__  # type: ignore[attr-defined]
    for column in ("subject_id", "conversation_id"):
        if column in names:
            fields[column] = getattr(row, column)
    return event_type(**fields)


def _retry_or_give_up(delivery: EventDelivery, failure: Exception) -> None:
    if delivery.attempts >= MAX_ATTEMPTS:
        _settle(delivery, DeliveryState.FAILED, error=str(failure)[:500])
        return
    gap = timedelta(seconds=2**delivery.attempts)
    with transaction():
        EventDelivery.update(state=DeliveryState.PENDING, next_attempt_at=now() + gap, error=str(failure)[:500]).where(
            EventDelivery.id == delivery.id
        ).execute()


def _settle(delivery: EventDelivery, state: DeliveryState, *, error: str | None = None) -> None:
    with transaction():
        EventDelivery.update(state=state, error=error).where(EventDelivery.id == delivery.id).execute()
