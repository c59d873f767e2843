"""What the owner is told about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AlarmChanged:
    """An alarm was raised, changed or cleared: windows ask for the list again."""

    name: ClassVar[str] = "alarm.changed"
    subject_id: int


@dataclass(frozen=True, slots=True)
class MailChanged:
    """Somebody changed how e-mail is sent; the values stay in the settings."""

    name: ClassVar[str] = "mail.changed"
    changed: tuple[str, ...]
