"""Which flow answers what happened: of several the highest priority, then the more exact kind, the nearer word, the older flow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wablast_box.engine.flows.keywords import distance, says
from wablast_box.engine.flows.models import Flow, FlowTrigger
from wablast_box.lib.cache import Remembered

# What is more exact goes first among equals.
EXACTNESS = ("button", "keyword", "ad", "first_message", "any_message", "unmatched")
# What kinds ask for that no message begins.
FURTHER = (
    "tag", "field", "becomes", "repeat", "on", "weekdays", "day", "side", "days", "each_year", "at", "who", "who_tag", "who_days",
    "amount", "unit", "template",
)  # fmt: skip
_known: Remembered[tuple[Trigger, ...]] = Remembered(1.0)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger of a flow that is on."""

    id: int
    flow_id: int
    kind: str
    priority: int
    words: tuple[str, ...] = ()
    match: str = "exact"
    value: str = ""
    key: str = ""  # its own id in the drawing
    given: Mapping[str, Any] = field(default_factory=dict)  # everything that its kind asks for


@dataclass(frozen=True, slots=True)
class Heard:
    """What a customer sent, as far as triggers ask."""

    text: str = ""
    reply_id: str = ""
    ad_id: str | None = None  # of the advertisement they came from
    is_first: bool = False
    context: Mapping[str, Any] = field(default_factory=dict)


def live_triggers() -> tuple[Trigger, ...]:
    """Those of all flows that are on; at most a second old."""
    return _known.get("", _load)


def fresh_triggers() -> tuple[Trigger, ...]:
    """The same, asked now."""
    return _load()


def forget() -> None:
    """Another flow was switched on or off, or published."""
    _known.forget()


def of_kinds(*kinds: str) -> list[Trigger]:
    """Those of some kinds, the most important first."""
    return sorted((one for one in live_triggers() if one.kind in kinds), key=lambda one: (-one.priority, one.flow_id, one.id))


def choose(heard: Heard) -> Trigger | None:
    """The trigger that answers a message; None: no flow does."""
    fitting = [one for one in live_triggers() if one.kind in EXACTNESS and fits(one, heard)]
    return min(
        fitting, key=lambda one: (-one.priority, EXACTNESS.index(one.kind), _distance(one, heard.text), one.flow_id, one.id), default=None
    )


def _distance(trigger: Trigger, text: str) -> tuple[int, ...]:
    """How far a message is from what sets off the trigger; comparable within a kind."""
    if trigger.kind == "keyword":
        return min(found for word in trigger.words if (found := distance(text, word, trigger.match)) is not None)
    return (0 if trigger.value else 1,)


def fits(trigger: Trigger, heard: Heard) -> bool:
    """Does the message set off the trigger?"""
    if trigger.kind == "keyword":
        return any(says(heard.text, word, trigger.match) for word in trigger.words)
    if trigger.kind == "button":
        return bool(heard.reply_id) and heard.reply_id == trigger.value
    if trigger.kind == "ad":
        return heard.ad_id is not None and (not trigger.value or trigger.value == heard.ad_id)
    if trigger.kind == "first_message":
        return heard.is_first
    return trigger.kind in ("any_message", "unmatched")


def parse(given: Mapping[str, Any]) -> dict[str, Any]:
    """A trigger of a start node as it is stored: words apart, numbers as numbers."""
    words = [word.strip() for word in re.split(r"[,\n]", str(given.get("words") or "")) if word.strip()]
    if given.get("match") == "regex":
        words = [str(given.get("words") or "").strip()]
    further = {name: given[name] for name in FURTHER if given.get(name) not in (None, "")}
    return further | {
        "id": str(given.get("id") or ""),
        "kind": str(given.get("kind") or ""),
        "words": words[:50],
        "match": str(given.get("match") or "exact"),
        "value": str(given.get("value") or ""),
        "priority": _whole(given.get("priority")),
    }


def _whole(value: Any) -> int:
    """A priority; 0 when something else stands there, as in a draft it may."""
    return int(value) if isinstance(value, int | float) else 0


def _load() -> tuple[Trigger, ...]:
    rows = FlowTrigger.select(FlowTrigger).join(Flow).where(Flow.is_on & Flow.archived_at.is_null()).order_by(FlowTrigger.id)
    return tuple(_trigger(row) for row in rows)


def _trigger(row: FlowTrigger) -> Trigger:
    given = row.trigger_json
    words = tuple(given["words"])
    return Trigger(row.id, row.flow_id, row.kind, row.priority, words, given["match"], given["value"], given.get("id", ""), given)
