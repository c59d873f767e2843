"""What staff did with conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ConversationStateChanged:
    """Resolved, reopened, put aside, snoozed, or back from its snooze. `why`: person, due or idle."""

    name: ClassVar[str] = "conversation.state_changed"
    conversation_id: int
    before: str
    state: str
    why: str = "person"


@dataclass(frozen=True, slots=True)
class ConversationTagged:
    """Tags were put on or taken off."""

    name: ClassVar[str] = "conversation.tagged"
    conversation_id: int
    added: tuple[int, ...]
    removed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TagChanged:
    """A tag was made, renamed, coloured or deleted."""

    name: ClassVar[str] = "tag.changed"
    subject_id: int


@dataclass(frozen=True, slots=True)
class TagsMerged:
    """What had one tag has another now: `subject_id` stays, `gone_id` is no more."""

    name: ClassVar[str] = "tags.merged"
    subject_id: int
    gone_id: int


@dataclass(frozen=True, slots=True)
class SavedViewChanged:
    """A saved view was made, changed or deleted."""

    name: ClassVar[str] = "saved_view.changed"
    subject_id: int
