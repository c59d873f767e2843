"""Where flows get in each other's way, said before one is published: words of both, and words that would never be heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wablast_box.engine.flows.design.problem import Problem
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.keeping import triggers
from wablast_box.engine.flows.keeping.triggers import Trigger
from wablast_box.engine.flows.keywords import EXACTNESS, covers
from wablast_box.engine.flows.models import Flow
from wablast_box.engine.flows.node.occasions import EVENTS, STATUSES
from wablast_box.lib.errors import Invalid

_ALONE = frozenset({"any_message", "first_message", "unmatched"})
# What hears every message, whatever it says.
_EVERYTHING = frozenset({"any_message", "unmatched"})


def clashes_of(flow: Flow) -> list[Problem]:
    """Where this flow's draft and another flow that is on would answer the same."""
    try:
        start = parse_graph(flow.draft_json).start
    except Invalid:
        return []
    if start is None:
        return []
    others = [one for one in triggers.fresh_triggers() if one.flow_id != flow.id]
    names = {row.id: f"“{row.name}”" for row in Flow.select(Flow.id, Flow.name)}
    listed = start.data.get("triggers")
    found: list[Problem] = []
    for at, given in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(given, dict):
            continue  # no trigger at all: `problems` says so
        mine = _drawn(flow.id, given)
        for other in others:
            for code, message, severity in _between(mine, other, names.get(other.flow_id, "“”")):
                found.append(Problem(start.id, f"triggers.{at}", code, message, severity, flow_id=str(other.flow_id)))
    return found


def _drawn(flow_id: int, given: Mapping[str, Any]) -> Trigger:
    parsed = triggers.parse(given)
    match = parsed["match"] if parsed["match"] in EXACTNESS else "exact"
    words = tuple(word for word in parsed["words"] if word)
    return Trigger(0, flow_id, parsed["kind"], parsed["priority"], words, match, parsed["value"], given=parsed)


def _between(mine: Trigger, other: Trigger, name: str) -> Iterator[tuple[str, str, str]]:
    """What is to be said of two triggers: the code, the words, and how grave it is."""
    if mine.kind in EVENTS | STATUSES and other.kind == mine.kind and _asked(mine) == _asked(other):
        # What happens once and begins two flows is no coin to be tossed: both begin, in the order of their priorities.
        yield "same_occasion", f"{name} begins by the same. One begins, the other when it is over.", "warning"
    elif mine.priority == other.priority:
        if (what := _both(mine, other)) is not None:
            yield "trigger_clash", f"{what} also starts {name}: give one of them a higher priority, or other words.", "error"
    elif mine.priority < other.priority:
        if (unheard := _unheard(mine, other)) is not None:
            yield "never_heard", f"“{unheard}” never begins this flow: {name} has a higher priority and answers it.", "warning"
    elif (unheard := _unheard(other, mine)) is not None:
        yield "takes_words", f"“{unheard}” will no longer begin {name}: this flow has a higher priority and answers it.", "warning"


def _both(mine: Trigger, other: Trigger) -> str | None:
    """What both hear as well as each other: only the age of the flows would decide."""
    if mine.kind != other.kind:
        return None
    if mine.kind in _ALONE:
        return "The same kind of message"
    if mine.kind == "button" and mine.value == other.value:
        return f"The button “{other.value}”"
    if mine.kind == "keyword" and mine.match == other.match:
        return next((f"“{word}”" for word in mine.words if any(_is_same(word, by, mine.match) for by in other.words)), None)
    return None


def _unheard(low: Trigger, high: Trigger) -> str | None:
    """A word of the one that the other always answers."""
    if low.kind != "keyword":
        return None
    return next((word for word in low.words if high.kind in _EVERYTHING or (high.kind == "keyword" and _is_covered(word, low, high))), None)


def _is_covered(word: str, trigger: Trigger, other: Trigger) -> bool:
    return any(_covers(by, other.match, word, trigger.match) for by in other.words)


def _is_same(one: str, other: str, match: str) -> bool:
    return _covers(one, match, other, match) and _covers(other, match, one, match)


def _covers(*words_and_matches: str) -> bool:
    try:
        return covers(*words_and_matches)
    except Invalid:
        return False  # no pattern: `problems` says so


def _asked(one: Trigger) -> tuple[str, ...]:
    return tuple(str(one.given.get(name) or "").casefold() for name in ("tag", "field", "becomes", "template"))
