"""What happens when conversations find somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AttendanceChanged:
    """Somebody went away, came back, or can take more or less than before."""

    name: ClassVar[str] = "attendance.changed"
    subject_id: int
    is_away: bool


@dataclass(frozen=True, slots=True)
class ConversationHandedOff:
    """Somebody gave a conversation back to the queue, perhaps for another team."""

    name: ClassVar[str] = "conversation.handed_off"
    conversation_id: int
    team_id: int | None
