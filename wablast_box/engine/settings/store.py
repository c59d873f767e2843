"""Read and write business settings. Reading is cheap: a value is remembered for a second."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.settings.models import Setting
from wablast_box.engine.settings.registry import SETTINGS
from wablast_box.lib.cache import Remembered
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Invalid

_remembered: Remembered[Any] = Remembered()


def get(name: str) -> Any:
    """The stored value, or the default."""
    return _remembered.get(name, lambda: _load(name))


def put(name: str, value: Any) -> None:
    """Check and store one setting."""
    spec = SETTINGS.get(name)
    if spec is None:
        raise Invalid(f"There is no setting called “{name}”.", field=name)
    checked = spec.check(value)
    with transaction():
        Setting.insert(name=name, value_json=checked, updated_at=now()).on_conflict(
            conflict_target=[Setting.name], preserve=[Setting.value_json, Setting.updated_at]
        ).execute()
        after_commit(forget_cached)


def forget_cached() -> None:
    """Read from the database again: after a write, and when another database is opened."""
    _remembered.forget()


def _load(name: str) -> Any:
    row = Setting.get_or_none(Setting.name == name)
    return SETTINGS[name].default if row is None else row.value_json
