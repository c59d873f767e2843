"""What happens to message templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class TemplatesChanged:
    """Meta's list says something else than before: windows ask for it again."""

    name: ClassVar[str] = "templates.changed"
    count: int
