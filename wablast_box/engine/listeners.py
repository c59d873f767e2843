"""LISTENERS: what happened here → what the box does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wablast_box.engine.events.registry import Listener

LISTENERS: Mapping[type, Sequence[Listener]] = {}
