"""Push what happened to those whom it concerns. Reads the log behind the hot path, which pays nothing for it.

A moment late on purpose: who looks at the conversation has read it by then, and five lines in a row are one call.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from wablast_box.engine.events import cursor
from wablast_box.engine.inbox.alerts.audience import Holders, Listener, holders_of, listeners
from wablast_box.engine.inbox.alerts.news import NAMES, Item, items_of
from wablast_box.engine.notifications.push import devices
from wablast_box.engine.notifications.push.models import PushDevice
from wablast_box.engine.notifications.push.queue import queue_for
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.db import transaction

READER = "inbox.alerts"
BEHIND = timedelta(seconds=2)
WORTH = timedelta(hours=1)
BATCH = 5_000
# More than these at once are told as a number: a phone that rings sixty times is thrown away.
MOST_AT_ONCE = 5
_MANY = {"message": "many", "overdue": "many_overdue"}
MOST_TEXT = 300


def tell_news() -> int:
    """Queue pushes for what happened since the last time; how many devices are told something."""
    told = 0
    while devices.is_any_registered():
        moment = now()
        events = cursor.read_on(READER, NAMES, since=moment - WORTH, until=moment - BEHIND, limit=BATCH)
        if not events:
            break
        with transaction():
            told += _tell(items_of(events))
            cursor.move(READER, events[-1].id)
    return told


def _tell(items: list[Item]) -> int:
    registered: dict[int, list[PushDevice]] = defaultdict(list)
    for device in devices.all_devices():
        registered[device.user_id].append(device)
    told, holders = 0, holders_of(items)
    for listener in listeners(list(registered), now()) if items else ():
        told += _tell_one(listener, registered[listener.id], items, holders)
    return told


def _tell_one(listener: Listener, theirs: list[PushDevice], items: list[Item], holders: Holders) -> int:
    heard = [item for item in items if listener.hears(item, holders)]
    told = 0
    for device in theirs:
        # A browser that was registered a minute ago wants to hear of the next customer, not of the last hour's.
        fresh = [item for item in heard if item.at_ms > to_ms(device.created_at)]
        for kind, together in _MANY.items():
            alike = [item for item in fresh if item.kind == kind]
            if len(alike) > MOST_AT_ONCE:
                told += queue_for([device], together, {"kind": together, "count": len(alike)})
                fresh = [item for item in fresh if item.kind != kind]
        for item in fresh:
            told += queue_for([device], str(item.chat.id), _payload(item, listener))
    return told


def _payload(item: Item, listener: Listener) -> dict[str, Any]:
    """As little as tells who and where. Words only for those who want them on a locked screen."""
    text = (listener.reads(item.text) or "")[:MOST_TEXT] or None
    return {
        "kind": item.kind,
        "conversation_id": str(item.chat.id),
        "name": listener.reads(item.chat.customer),
        "type": item.type or None,
        "text": text if listener.wants.shows_text else None,
    }
