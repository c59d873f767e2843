"""Put news into the push queue, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wablast_box.engine.notifications.push import tasks
from wablast_box.engine.notifications.push.devices import devices_of
from wablast_box.engine.notifications.push.models import Push, PushDevice, PushState
from wablast_box.lib import ids
from wablast_box.lib.claims import is_due
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction


def queue_push(user_ids: Sequence[int], topic: str, payload: Mapping[str, Any]) -> int:
    """Tell every device of these people. What still waits about the same topic is replaced; how many devices."""
    return queue_for(devices_of(user_ids), topic, payload)


def queue_for(devices: Sequence[PushDevice], topic: str, payload: Mapping[str, Any]) -> int:
    """Tell these devices."""
    if not devices:
        return 0
    moment, numbers = now(), [device.id for device in devices]
    with transaction():
        Push.delete().where(Push.device.in_(numbers), Push.topic == topic, Push.state == PushState.QUEUED).execute()
        shared = {"topic": topic, "payload_json": dict(payload), "state": PushState.QUEUED, "created_at": moment}
        Push.insert_many([{"id": ids.new_id(), "device": number, **shared} for number in numbers]).execute()
        after_commit(tasks.send_pushes)
    return len(numbers)


def send_queued() -> None:
    """Have sent what no bell announced, and what waited for its next try."""
    if is_due(Push, pending=PushState.QUEUED, working=PushState.SENDING):
        tasks.send_pushes()
