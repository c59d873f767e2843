"""What a node's run comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

NEXT = "next"
ERROR = "error"


@dataclass(frozen=True, slots=True)
class Go:
    """Leave by an output."""

    output: str = NEXT


@dataclass(frozen=True, slots=True)
class Wait:
    """Rest here. `for_` is reply, time or webhook; at `until` at the latest the node hears that time is over."""

    for_: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The session is over; `reason` is for the run's history."""

    reason: str = "end"


@dataclass(frozen=True, slots=True)
class Call:
    """Play another flow from its start and come back by `output`, or not at all (`returns` is false)."""

    flow_id: int
    variables: dict[str, Any] = field(default_factory=dict)
    returns: bool = True


@dataclass(frozen=True, slots=True)
class Jump:
    """Go on at a node of the same flow, without an edge."""

    node_id: str


Outcome = Go | Wait | End | Call | Jump


@dataclass(frozen=True, slots=True)
class Answer:
    """What a waiting node hears. `kind` is reply, time or webhook; `body` the message or what the webhook brought.

    A reply's body: type, text, reply_id (of a tapped button or row, as the node named it), media_id, location, and the
    message's own content.
    """

    kind: str
    body: dict[str, Any] = field(default_factory=dict)
