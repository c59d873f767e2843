"""What happens to people in the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ContactTagged:
    """Tags were put on a person or taken off."""

    name: ClassVar[str] = "contact.tagged"
    subject_id: int
    added: tuple[int, ...]
    removed: tuple[int, ...]
