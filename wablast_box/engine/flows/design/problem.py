"""One thing that is wrong with a graph."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """`severity`: an error forbids publishing, a warning does not. `language`: of a translation. `flow_id`: the other flow it is about."""

    node_id: str | None
    field: str | None
    code: str
    message: str
    severity: str = "error"
    language: str | None = None
    flow_id: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As the API shows it."""
        return asdict(self)
