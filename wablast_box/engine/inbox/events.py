"""What happens in the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A customer wrote."""

    name: ClassVar[str] = "message.received"
    subject_id: int
    conversation_id: int
    type: str
    has_attachment: bool = False


@dataclass(frozen=True, slots=True)
class MessageQueued:
    """A message of ours was decided on and waits to be handed to Meta."""

    name: ClassVar[str] = "message.queued"
    subject_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """A message of ours moved on: sent, delivered, read, failed; or its file arrived."""

    name: ClassVar[str] = "message.updated"
    subject_id: int
    conversation_id: int
    state: str


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    """Read by staff, assigned, or its contact changed."""

    name: ClassVar[str] = "conversation.updated"
    conversation_id: int


@dataclass(frozen=True, slots=True)
class ConversationAssigned:
    """Somebody answers for this conversation now (None: nobody)."""

    name: ClassVar[str] = "conversation.assigned"
    conversation_id: int
    assignee_id: int | None


@dataclass(frozen=True, slots=True)
class ConversationOverdue:
    """A promise was missed: `promise` is answer or resolve. `assignee_id`: who has it (None: nobody)."""

    name: ClassVar[str] = "conversation.overdue"
    conversation_id: int
    promise: str
    assignee_id: int | None
