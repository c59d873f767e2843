"""Publish what happened: rows in the caller's transaction; the bell and the open windows hear of it after commit.

An event is a frozen dataclass in the past tense with `name` (on the wire) as a class attribute. Its fields are plain
values; `subject_id` and `conversation_id` go into columns when it has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from wablast_box.engine.events.registry import listeners_of
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import JsonField, after_commit

_to_json = JsonField().db_value
_bell: list[Any] = []


def publish(event: Any, *, actor: str | None = None) -> int:
    """Record one event; the id that windows count by."""
    return publish_all([event], actor=actor)[0]


def publish_all(events: Sequence[Any], *, actor: str | None = None) -> list[int]:
    """Record many events in two statements, in the caller's transaction."""
    numbers = ids.new_ids(len(events))
    moment = now_ms()
    sql.run_many(
        "INSERT INTO event (id, name, subject_id, conversation_id, actor, detail_json, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [_row(number, event, actor, moment) for number, event in zip(numbers, events, strict=True)],
    )
    deliveries = [
        (ids.new_id(), number, listener.name) for number, event in zip(numbers, events, strict=True) for listener in listeners_of(event)
    ]
    if deliveries:
        sql.run_many(
            "INSERT INTO event_delivery (id, event_id, listener, state, attempts, next_attempt_at) VALUES (?, ?, ?, 'pending', 0, 0)",
            deliveries,
        )
        after_commit(_ring)
    return numbers


def use_bell(ring: Any) -> None:
    """Whom to ring when there are deliveries; set once by the composition root."""
    _bell[:] = [ring]


def _ring() -> None:
    for ring in _bell:
        ring()


def _row(number: int, event: Any, actor: str | None, moment: int) -> tuple[Any, ...]:
    fields = asdict(event)
    subject, conversation = fields.pop("subject_id", None), fields.pop("conversation_id", None)
    return (number, event.name, subject, conversation, actor, _to_json(fields) if fields else None, moment)
