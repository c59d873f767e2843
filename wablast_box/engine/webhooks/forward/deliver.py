"""Bring one target up to date: first what it refused before and is due again, then what is new, in Meta's order.

At least once: the cursor is written after the target said yes, at most a second later. A box that is killed in between sends
those of that second again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson

from wablast_box.engine.webhooks.forward import progress
from wablast_box.engine.webhooks.forward.models import DeliveryState, WebhookDelivery, WebhookForward
from wablast_box.engine.webhooks.forward.wire import Fate, Outcome, send
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.lib import sql
from wablast_box.lib.clock import now, now_ms, to_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.outbound import Line, kept_line

SOURCE = "meta"
SAVE_EVERY, SAVE_AFTER_S = 20, 1.0
# Much longer than one try: whoever claimed the row is dead.
STALE_AFTER = timedelta(minutes=2)
_CLAIM = (
    "UPDATE webhook_delivery SET state = ?, claimed_at = ?, attempts = attempts + 1 WHERE id IN ("
    " SELECT id FROM webhook_delivery WHERE forward_id = ? AND ((state = ? AND next_attempt_at <= ?)"
    " OR (state = ? AND claimed_at < ?)) ORDER BY webhook_event_id LIMIT 1"
)
GONE = "The raw webhook is no longer kept."


@dataclass(slots=True)
class _Run:
    """How far this run has come; `saved_to` is what the database knows of it."""

    cursor: int
    saved_to: int
    unsaved: int = 0
    took: bool = False
    saved_at: float = 0.0


def due_targets() -> list[int]:
    """Targets that have something to get now."""
    found = sql.run("SELECT id, cursor_id FROM webhook_forward WHERE is_on = ? AND next_try_at <= ?", (True, now_ms()))
    return [number for number, cursor in found if _is_behind(cursor) or _has_due_row(number)]


def bring_up_to_date(number: int, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Send until nothing is due, the target fails, somebody switches it off, or the box stops."""
    first = WebhookForward.get_or_none(WebhookForward.id == number)
    if first is None:
        return
    run = _Run(first.cursor_id, first.cursor_id, saved_at=time.monotonic())
    try:
        with kept_line() as line:
            while not is_stopping() and (target := _ready(number)) is not None and _step(line, target, run):
                pass
    finally:
        _save(number, run)


def wants(target: WebhookForward, body: bytes) -> bool:
    """Does a change in it belong to a field that this target hears of? What cannot be read goes only to those who hear all."""
    if target.fields_json is None:
        return True
    return bool(fields_of(body) & set(target.fields_json))


def fields_of(body: bytes) -> set[str]:
    """The names of the fields that a body is about."""
    try:
        entries = orjson.loads(body)["entry"]
        return {str(change["field"]) for entry in entries for change in entry["changes"]}
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return set()


def _ready(number: int) -> Any:
    found = WebhookForward.get_or_none(WebhookForward.id == number)
    return found if found is not None and found.is_on and found.next_try_at <= now() else None


def _step(line: Line, target: WebhookForward, run: _Run) -> bool:
    """One try; False when there was nothing to do."""
    run.cursor = max(run.cursor, target.cursor_id)
    waiting = _next_after(run.cursor)
    # A target that is paused is tried with what is new; what it refused before says less about it.
    row = None if target.paused_at is not None and waiting else _claim_due_row(target.id)
    if row is not None:
        _try_row(line, target, row)
        return True
    if not waiting:
        return False
    number, body = waiting[0][0], bytes(waiting[0][1])
    if not wants(target, body):
        _pass_over(target, run, number)
        return True
    outcome = send(line, target, number, body)
    if outcome.fate is Fate.TAKEN:
        _pass_over(target, run, number, took=True)
        return True
    _save(target.id, run)
    settle = progress.refused if outcome.fate is Fate.REFUSED else progress.away
    settle(target, number, outcome.reason or "")
    return True


def _pass_over(target: WebhookForward, run: _Run, number: int, *, took: bool = False) -> None:
    run.cursor, run.unsaved, run.took = number, run.unsaved + 1, run.took or took
    if took and (target.failures or target.paused_at is not None or target.delivered_at is None):
        progress.taken(target, number)
        run.saved_to, run.unsaved, run.took, run.saved_at = number, 0, False, time.monotonic()
    elif run.unsaved >= SAVE_EVERY or time.monotonic() - run.saved_at >= SAVE_AFTER_S:
        _save(target.id, run)


def _save(number: int, run: _Run) -> None:
    if run.cursor > run.saved_to:
        seen = {"delivered_at": now()} if run.took else {}
        with transaction():
            WebhookForward.update(cursor_id=run.cursor, **seen).where(
                WebhookForward.id == number, WebhookForward.cursor_id < run.cursor
            ).execute()
    run.saved_to, run.unsaved, run.took, run.saved_at = run.cursor, 0, False, time.monotonic()


def _try_row(line: Line, target: WebhookForward, row: WebhookDelivery) -> None:
    event = WebhookEvent.get_or_none(WebhookEvent.id == row.webhook_event_id)
    outcome = send(line, target, event.id, bytes(event.body)) if event is not None else Outcome(Fate.REFUSED, GONE)
    if outcome.fate is Fate.TAKEN:
        progress.row_taken(target, row)
    else:
        progress.row_failed(target, row, outcome.reason or "")


def _claim_due_row(number: int) -> WebhookDelivery | None:
    """Take the oldest row of one target that is due. `lib.claims` takes of a whole table; here each target has its own line."""
    # Looked at first: asking to write would hold up those who do, once for each webhook that goes out.
    if not _has_due_row(number):
        return None
    moment = now()
    with transaction():
        rows = sql.run(
            _CLAIM + sql.skip_locked() + ") RETURNING id",
            (
                DeliveryState.SENDING, to_ms(moment), number, DeliveryState.WAITING, to_ms(moment),
                DeliveryState.SENDING, to_ms(moment - STALE_AFTER),
            ),
        )  # fmt: skip
    return WebhookDelivery.get_by_id(rows[0][0]) if rows else None


def _has_due_row(number: int) -> bool:
    found = WebhookDelivery.select(WebhookDelivery.id).where(
        WebhookDelivery.forward == number,
        ((WebhookDelivery.state == DeliveryState.WAITING) & (WebhookDelivery.next_attempt_at <= now()))
        | ((WebhookDelivery.state == DeliveryState.SENDING) & (WebhookDelivery.claimed_at < now() - STALE_AFTER)),
    )
    return bool(found.exists())


def _is_behind(cursor: int) -> bool:
    return bool(sql.run("SELECT 1 FROM webhook_event WHERE id > ? AND source = ? LIMIT 1", (cursor, SOURCE)))


def _next_after(cursor: int) -> list[tuple[Any, ...]]:
    return sql.run("SELECT id, body FROM webhook_event WHERE id > ? AND source = ? ORDER BY id LIMIT 1", (cursor, SOURCE))
