"""What happens to flows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FlowChanged:
    """Made, renamed, switched on or off, published or put away."""

    name: ClassVar[str] = "flow.changed"
    subject_id: int
    what: str


@dataclass(frozen=True, slots=True)
class FlowFailed:
    """A session could not go on; a person has the conversation now."""

    name: ClassVar[str] = "flow.failed"
    subject_id: int
    flow_id: int
    conversation_id: int
    why: str
