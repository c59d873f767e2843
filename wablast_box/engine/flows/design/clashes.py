"""Two flows that would answer the same words with the same priority: said before it is published, because a coin would decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wablast_box.engine.flows.design.problem import Problem
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.keeping import triggers
from wablast_box.engine.flows.keywords import words
from wablast_box.engine.flows.models import Flow
from wablast_box.engine.flows.node.occasions import EVENTS, STATUSES
from wablast_box.lib.errors import Invalid

_ALONE = frozenset({"any_message", "first_message", "unmatched"})


def clashes_of(flow: Flow) -> list[Problem]:
    """What this flow's draft would answer as well as another flow that is on."""
    try:
        start = parse_graph(flow.draft_json).start
    except Invalid:
        return []
    if start is None:
        return []
    others = [one for one in triggers.fresh_triggers() if one.flow_id != flow.id]
    names = {row.id: row.name for row in Flow.select(Flow.id, Flow.name)}
    found: list[Problem] = []
    listed = start.data.get("triggers")
    for at, given in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(given, dict):
            continue  # no trigger at all: `problems` says so
        for name in _same_occasion(triggers.parse(given), others, names):
            found.append(Problem(start.id, f"triggers.{at}", "same_occasion", f"{name} One begins, the other when it is over.", "warning"))
        for other, what in _clashing(triggers.parse(given), others):
            message = f"{what} also starts “{names.get(other.flow_id, '')}”: give one of them a higher priority, or other words."
            found.append(Problem(start.id, f"triggers.{at}", "trigger_clash", message))
    return found


def _clashing(mine: dict[str, object], others: list[triggers.Trigger]) -> Iterator[tuple[triggers.Trigger, str]]:
    for other in others:
        if other.kind != mine["kind"] or other.priority != mine["priority"]:
            continue
        if other.kind in _ALONE:
            yield other, "The same kind of message"
        elif other.kind == "button" and other.value == mine["value"]:
            yield other, f"The button “{other.value}”"
        elif other.kind == "keyword" and (same := _same_words(mine, other)):
            yield other, f"“{same}”"


def _same_occasion(mine: Mapping[str, Any], others: list[triggers.Trigger], names: Mapping[int, str]) -> Iterator[str]:
    """What happens once and begins two flows is no coin to be tossed: both begin, in the order of their priorities."""
    for other in others:
        if mine["kind"] in EVENTS | STATUSES and other.kind == mine["kind"] and _asked(mine) == _asked(other.given):
            yield f"“{names.get(other.flow_id, '')}” begins by the same."


def _asked(given: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(given.get(name) or "").casefold() for name in ("tag", "field", "becomes", "template"))


def _same_words(mine: dict[str, object], other: triggers.Trigger) -> str | None:
    taken = {tuple(words(word)) for word in other.words}
    return next((str(word) for word in mine["words"] if tuple(words(str(word))) in taken), None)  # type: ignore[attr-defined]
