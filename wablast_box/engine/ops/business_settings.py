"""The settings as people see and change them: typed, explained, audited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from wablast_box.engine.audit.record import record
from wablast_box.engine.events.publish import publish
from wablast_box.engine.ops.addresses import checked_public_url
from wablast_box.engine.settings import store
from wablast_box.engine.settings.registry import SETTINGS
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.engine.team.recognise import forget_remembered
from wablast_box.engine.team.sessions import require_fresh
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Invalid

# Where Meta and every link go, and who must prove how much: these want a right of their own and a password typed a moment ago.
GUARDED = {
    "public_url": "integrations.write",
    "graph_version": "integrations.write",
    "agent_scope": "security.write",
    "agents_see_masked_numbers": "security.write",
    "second_factor_for": "security.write",
}


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Somebody changed settings of the business; the values stay in the settings."""

    name: ClassVar[str] = "settings.changed"
    changed: tuple[str, ...]


def settings_shown() -> list[dict[str, Any]]:
    """Every setting that people may see, in the order of the registry."""
    return [
        {
            "name": spec.name,
            "label": spec.label,
            "help": spec.help,
            "type": spec.kind,
            "value": store.get(spec.name),
            "choices": list(spec.choices) or None,
        }
        for spec in SETTINGS.values()
        if not spec.internal
    ]


def change_settings(changes: Mapping[str, Any], *, by: Actor) -> None:
    """All or nothing; Invalid names the wrong one."""
    for name in changes:
        if name not in SETTINGS or SETTINGS[name].internal:
            raise Invalid(f"There is no setting called “{name}”.", field=name)
    for name in GUARDED.keys() & changes.keys():
        authorize(by, GUARDED[name])
        require_fresh(by)
    with transaction():
        for name, value in changes.items():
            store.put(name, _checked(name, value))
        if changes:
            publish(SettingsChanged(tuple(sorted(changes))), actor=by.ref)
            record("settings.changed", by=by, fields=tuple(changes))
            after_commit(forget_remembered)


def _checked(name: str, value: Any) -> Any:
    if name == "public_url" and isinstance(value, str) and value.strip():
        return checked_public_url(value)
    return value.strip() if isinstance(value, str) else value
