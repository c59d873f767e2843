"""Fields of a drawing by their path: `team`, `pictures.0.media`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def nodes_of(graph: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each node's id and data."""
    for node in graph["nodes"]:
        if isinstance(node.get("data"), dict):
            yield str(node["id"]), node["data"]


def clear(graph: dict[str, Any], node_id: str, path: str) -> None:
    """Empty a field; one that is not there stays away."""
    holder, name = _holder(graph, node_id, path)
    if holder is not None:
        holder.pop(name, None)


def put(graph: dict[str, Any], node_id: str, path: str, value: str) -> bool:
    """Fill a field; False when there is no place for it."""
    holder, name = _holder(graph, node_id, path)
    if holder is None:
        return False
    holder[name] = value
    return True


def _holder(graph: dict[str, Any], node_id: str, path: str) -> tuple[dict[str, Any] | None, str]:
    *way, name = path.split(".")
    found: Any = dict(nodes_of(graph)).get(node_id)
    for part in way:
        if isinstance(found, list) and part.isdecimal() and len(part) < 4 and int(part) < len(found):
            found = found[int(part)]
        else:
            found = found.get(part) if isinstance(found, dict) else None
    return (found if isinstance(found, dict) else None), name
