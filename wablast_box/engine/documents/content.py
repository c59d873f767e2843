"""What a document says, before anything draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["customer", "business", "note"]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on top. `facts`: pairs of a word and what it is."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One message or note. `day` begins a new day where it differs from the line before."""

    day: str
    time: str
    author: str
    text: str
    side: Side
    remark: str = ""
