"""Bounded disk: delete what nobody needs any more, a little at a time so that no writer waits long."""

from __future__ import annotations

import logging
from datetime import timedelta

from wablast_box.engine.settings import store
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.db import transaction

logger = logging.getLogger(__name__)

BATCH = 500
# Open windows look back minutes, the audit a year.
EVENT_DAYS, AUDIT_DAYS, ACCESS_DAYS = 30, 400, 30


def prune_webhooks() -> int:
    """Raw webhooks past `raw_log_days`. What waits or failed stays until a person has settled it."""
    last = _before(int(store.get("raw_log_days")))
    return sum(_delete_until("webhook_event", "state = ?", (state,), last) for state in ("processed", "ignored"))


def prune_events() -> int:
    """Events that nobody did; those with an actor are the audit and stay longer."""
    return _delete_until("event", "actor IS NULL", (), _before(EVENT_DAYS)) + _delete_until("event", "1 = 1", (), _before(AUDIT_DAYS))


def prune_access() -> None:
    """Sessions, links and tickets that are over, and wrong guesses that are forgiven."""
    moment, old = to_ms(now()), to_ms(now() - timedelta(days=ACCESS_DAYS))
    with transaction():
        sql.run("DELETE FROM login_session WHERE expires_at < ? OR ended_at < ?", (old, old))
        sql.run("DELETE FROM one_time_link WHERE expires_at < ?", (old,))
        sql.run("DELETE FROM socket_ticket WHERE expires_at < ?", (moment,))
        sql.run("DELETE FROM entry_step WHERE expires_at < ?", (moment,))
        sql.run("DELETE FROM invitation WHERE expires_at < ? AND user_id IS NULL", (old,))
        sql.run(
            "DELETE FROM throttle WHERE window_began_at < ? AND (blocked_until IS NULL OR blocked_until < ?)",
            (to_ms(now() - timedelta(days=1)), moment),
        )
        sql.run("DELETE FROM lease WHERE expires_at < ?", (to_ms(now() - timedelta(days=1)),))


def prune_deliveries() -> int:
    """Deliveries that are done; failed ones go with their event."""
    return _delete_until("event_delivery", "state = ?", ("done",), _before(1))


def _delete_until(table: str, condition: str, params: tuple[str, ...], last_id: int) -> int:
    gone = 0
    while True:
        with transaction():
            rows = sql.run(
                f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE {condition} AND id < ? ORDER BY id LIMIT ?) RETURNING id",  # noqa: S608
                (*params, last_id, BATCH),
            )
        gone += len(rows)
        if len(rows) < BATCH:
            break
    if gone:
        logger.info("pruned", extra={"table": table, "rows": gone})
    return gone


def _before(days: int) -> int:
    """Ids are made of time: the first id of that moment."""
    return max(0, to_ms(now() - timedelta(days=days)) - ids.EPOCH_MS) << 21
