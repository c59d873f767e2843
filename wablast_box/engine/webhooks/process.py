"""Turn stored webhooks into business: claim and effects share one transaction, so a crash repeats nothing and loses nothing.

A whole batch goes in together. When something in it fails, the batch is undone and every item is tried alone: what
cannot be processed is kept with its reason, and its neighbours are not held up.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wablast_box.engine.meta.arrivals import Arrival
from wablast_box.engine.meta.payloads.envelope import parse_body
from wablast_box.engine.meta.payloads.items import AccountEvent, Item, UnknownField, Unreadable
from wablast_box.engine.webhooks.handlers import HANDLERS
from wablast_box.engine.webhooks.models import WebhookState
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import JsonField, transaction
from wablast_box.lib.errors import Unavailable

logger = logging.getLogger(__name__)

BATCH = 200
# A body may hold 1,000 messages, and a statement only so many values: 65,535 on PostgreSQL.
MOST_AT_ONCE = 500
_to_json = JsonField().db_value
_DUE = "SELECT id, body, received_at FROM webhook_event WHERE state = 'pending' AND next_attempt_at <= ? ORDER BY id LIMIT ?"


@dataclass(slots=True)
class _Opened:
    """A stored webhook, read."""

    id: int
    items: tuple[Item, ...]
    received_at_ms: int
    problems: list[dict[str, str]] = field(default_factory=list)


def process_due(limit: int = BATCH) -> int:
    """Process up to `limit` waiting webhooks; how many there were. Raises Unavailable when the database refuses."""
    if not sql.run("SELECT 1 FROM webhook_event WHERE state = 'pending' AND next_attempt_at <= ? LIMIT 1", (now_ms(),)):
        return 0
    try:
        with transaction():
            opened = _claim(limit)
            _handle_together(opened)
            _settle(opened)
            return len(opened)
    except Unavailable:
        raise
    except Exception:
        logger.exception("a batch of webhooks failed; its items are tried one by one")
        return _process_singly(limit)


def _process_singly(limit: int) -> int:
    with transaction():
        opened = _claim(limit)
        for webhook in opened:
            for item in webhook.items:
                _handle_alone(webhook, item)
        _settle(opened)
    return len(opened)


def _claim(limit: int) -> list[_Opened]:
    rows = sql.run(_DUE + sql.skip_locked(), (now_ms(), limit))
    return [_open(number, bytes(body), received_at) for number, body, received_at in rows]


def _open(number: int, body: bytes, received_at_ms: int) -> _Opened:
    opened = _Opened(number, parse_body(body).items, received_at_ms)
    opened.problems = [{"path": item.path, "reason": item.reason} for item in opened.items if isinstance(item, Unreadable)]
    return opened


def _handle_together(opened: Sequence[_Opened]) -> None:
    arrivals: dict[type, list[Arrival[Any]]] = {}
    for webhook in opened:
        for item in webhook.items:
            arrivals.setdefault(type(item), []).append(Arrival(item, webhook.received_at_ms))
    for kind, handler in HANDLERS.items():
        waiting = arrivals.get(kind, [])
        for start in range(0, len(waiting), MOST_AT_ONCE):
            handler(waiting[start : start + MOST_AT_ONCE])


def _handle_alone(webhook: _Opened, item: Item) -> None:
    handler = HANDLERS.get(type(item))
    if handler is None:
        return
    try:
        with transaction():
            handler([Arrival(item, webhook.received_at_ms)])
    except Unavailable:
        raise
    except Exception as failure:
        logger.exception("an item of a webhook could not be processed", extra={"webhook_event": webhook.id})
        webhook.problems.append({"path": getattr(item, "wamid", type(item).__name__), "reason": str(failure)[:500]})


def _settle(opened: Sequence[_Opened]) -> None:
    moment = now_ms()
    sql.run_many(
        "UPDATE webhook_event SET state = ?, summary = ?, problems_json = ?, attempts = attempts + 1, processed_at = ? WHERE id = ?",
        [(_state(w).value, summary(w.items), _to_json(w.problems) if w.problems else None, moment, w.id) for w in opened],
    )


def _state(webhook: _Opened) -> WebhookState:
    if webhook.problems:
        return WebhookState.FAILED
    if all(isinstance(item, UnknownField) for item in webhook.items):
        return WebhookState.IGNORED
    return WebhookState.PROCESSED


def summary(items: Sequence[Item]) -> str:
    """What a webhook held, for people: "messages 2, statuses 1"."""
    counted = Counter(_word(item) for item in items)
    return ", ".join(f"{word} {count}" for word, count in counted.items()) or "nothing"


def _word(item: Item) -> str:
    if isinstance(item, Unreadable):
        return "unreadable"
    if isinstance(item, AccountEvent | UnknownField):
        return item.field
    return "statuses" if hasattr(item, "status") else "errors" if not hasattr(item, "wamid") else "messages"
