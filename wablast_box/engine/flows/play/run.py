"""Run: where a session stands, as plain data. The executor moves it; who keeps it is somebody else's affair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from wablast_box.engine.flows.graph import Graph
from wablast_box.engine.flows.node.outcome import Answer

# A flow's graph by version; a version's number by flow.
Load = Callable[[int], Graph]
Find = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Record:
    """One step, for the audit trail."""

    number: int
    version_id: int
    node_id: str
    node_type: str
    input: dict[str, Any]
    output: dict[str, Any]
    outcome: str
    error: str | None
    started_at: datetime
    duration_us: int


@dataclass(slots=True)
class Memory:
    """What a session keeps beside its variables."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    visits: dict[str, int] = field(default_factory=dict)  # since the customer's last answer
    sends: int = 0  # since the customer's last answer
    steps: int = 0  # in this turn, also across its slow steps
    back: list[list[Any]] = field(default_factory=list)  # [version, node] of flows that called this one
    calling: int | None = None  # the step that was out in the world when this was written
    version: int | None = None  # of the called flow that is being played; None: the session's own
    by_model: list[str] = field(default_factory=list)  # variables whose words a language model wrote
    answer: list[Any] | None = None  # [kind, body] for the node that waited, until it has heard it

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Memory:
        """As it was stored."""
        return cls(**stored)


@dataclass(slots=True)
class Run:
    """`key` names the session in idempotency keys: a step's messages are the same messages when it is played again."""

    key: str
    version_id: int
    load: Load
    find: Find
    at: str | None
    variables: dict[str, Any] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    state: str = "running"  # running, waiting, ended, failed
    wait_for: str | None = None
    resume_at: datetime | None = None
    waits: int = 0
    steps: int = 0
    is_interrupted: bool = False  # the next step was out in the world when its worker died
    reason: str | None = None
    records: list[Record] = field(default_factory=list)

    @property
    def graph(self) -> Graph:
        return self.load(self.version_id)

    @property
    def is_moving(self) -> bool:
        return self.state == "running"

    def resume(self, answer: Answer) -> None:
        """Something came for the node that waits. A customer's answer starts all counts anew."""
        self.state, self.wait_for, self.resume_at, self.memory.steps = "running", None, None, 0
        self.memory.answer = [answer.kind, answer.body]
        if answer.kind == "reply":
            self.memory.visits, self.memory.sends = {}, 0

    def hear(self) -> Answer | None:
        """What came for the node that waited; it is heard once."""
        kept, self.memory.answer = self.memory.answer, None
        return None if kept is None else Answer(*kept)

    def end(self, state: str, reason: str) -> None:
        """No further step."""
        self.state, self.reason, self.wait_for, self.resume_at = state, reason, None, None
