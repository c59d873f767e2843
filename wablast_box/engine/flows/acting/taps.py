"""The ids of buttons and rows carry the session's step: a tap on an old question is known for what it is (threat model D54)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PREFIX = "flow:"


def marked(message: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The message with `flow:SESSION:STEP:` before each id that a customer's tap will bring back."""
    interactive = message.get("interactive")
    action = interactive.get("action") if isinstance(interactive, Mapping) else None
    if not isinstance(interactive, Mapping) or not isinstance(action, Mapping):
        return dict(message)
    step = ":".join(key.split(":")[:2])
    changed = dict(action)
    if isinstance(action.get("buttons"), list):
        changed["buttons"] = [{**one, "reply": _with(one.get("reply"), step)} for one in action["buttons"]]
    if isinstance(action.get("sections"), list):
        changed["sections"] = [{**one, "rows": [_with(row, step) for row in one.get("rows", [])]} for one in action["sections"]]
    return {**message, "interactive": {**interactive, "action": changed}}


def tap_of(reply_id: str) -> tuple[int, int, str] | None:
    """Session, step and what was tapped as its node named it; None when it is no tap on a question of a flow."""
    parts = reply_id.removeprefix(PREFIX).split(":", 2) if reply_id.startswith(PREFIX) else []
    if len(parts) != 3 or not (parts[0].isdecimal() and parts[1].isdecimal()):
        return None
    return int(parts[0]), int(parts[1]), parts[2]


def _with(one: Any, step: str) -> dict[str, Any]:
    return {**one, "id": f"{PREFIX}{step}:{one.get('id')}"}
