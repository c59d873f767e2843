"""What happens to teams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class TeamChanged:
    """Made, renamed, given other people, another way, or deleted."""

    name: ClassVar[str] = "team.changed"
    subject_id: int
