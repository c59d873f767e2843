"""LISTENERS: what happened here → what the box does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wablast_box.engine.events.registry import Listener
from wablast_box.engine.inbox import attachments
from wablast_box.engine.inbox.events import MessageReceived

LISTENERS: Mapping[type, Sequence[Listener]] = {
    MessageReceived: [
        Listener(attachments.fetch, wants=attachments.has_file),
    ],
}
