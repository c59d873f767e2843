"""What happens to promises. That one was missed is an event of the inbox: those who are called to it live there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ServiceTargetChanged:
    """Another promise for a team (None: for the whole box)."""

    name: ClassVar[str] = "service_target.changed"
    subject_id: int
    team_id: int | None
