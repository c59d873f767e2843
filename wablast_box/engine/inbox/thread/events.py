"""What happens in a thread besides messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """Somebody of the staff wrote a note into a conversation."""

    name: ClassVar[str] = "note.added"
    subject_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class NoteChanged:
    """A note says something else, or was taken back."""

    name: ClassVar[str] = "note.updated"
    subject_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class NoteMentioned:
    """A note calls somebody of the staff by name."""

    name: ClassVar[str] = "note.mentioned"
    subject_id: int
    conversation_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class ActivityAdded:
    """Something was done with a conversation: its thread has a line more."""

    name: ClassVar[str] = "activity.added"
    subject_id: int
    conversation_id: int
    kind: str
