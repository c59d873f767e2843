"""A talk that nobody's message begins: as if the tag were put on, or the hour had come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wablast_box.engine.flows.graph import Graph
from wablast_box.engine.flows.node.occasions import BY_ITSELF
from wablast_box.lib.errors import Invalid


def lines_of(graph: Graph, said: Sequence[Any]) -> Sequence[Any]:
    """Where nothing is said and the flow begins by itself, it does."""
    triggers = _triggers(graph)
    by_itself = [one for one in triggers if one.get("kind") in BY_ITSELF]
    return [{"begins": by_itself[0].get("id")}] if not said and by_itself and len(by_itself) == len(triggers) else said


def variables_of(graph: Graph, which: Any, at: int) -> dict[str, Any]:
    """What the flow knows when this trigger begins it. Raises Invalid when there is none."""
    found = next((one for one in _triggers(graph) if one.get("id") == which and one.get("kind") in BY_ITSELF), None)
    if found is None:
        raise Invalid("begins is the id of a trigger that no message sets off.", field=f"messages.{at}.begins")
    if found["kind"] in ("tag_added", "tag_removed"):
        return {"tag": str(found.get("tag") or "")}
    if found["kind"] in ("contact_field_changed", "date_field"):
        return {"field": str(found.get("field") or ""), "value": str(found.get("becomes") or "")}
    return {}


def _triggers(graph: Graph) -> list[Mapping[str, Any]]:
    listed = graph.start.data.get("triggers") if graph.start is not None else None
    # A draft may hold anything in its place.
    return [one for one in listed if isinstance(one, Mapping) and isinstance(one.get("kind"), str)] if isinstance(listed, list) else []
