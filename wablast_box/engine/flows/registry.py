"""Node types by name: those of the box and those of plugins, through the same door."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.flows.node.base import CATEGORIES, NodeType
from wablast_box.engine.flows.nodes.catalogue import BUILTIN
from wablast_box.lib.errors import Conflict, NotFound

_types: dict[str, type[NodeType]] = {}


def add_node(kind: type[NodeType]) -> None:
    """Make a node type known. Raises Conflict when its name is taken or its description cannot be drawn."""
    if kind.category not in CATEGORIES:
        raise Conflict(f"Node type {kind.type}: the category is one of {', '.join(CATEGORIES)}.", code="bad_node_type")
    kind.describe()
    if _types.get(kind.type, kind) is not kind:
        raise Conflict(f"There is a node type “{kind.type}” already.", code="node_type_taken")
    _types[kind.type] = kind


def remove_nodes(*names: str) -> None:
    """Forget node types, as when a plugin is switched off: flows keep their nodes as they are."""
    for name in names:
        _types.pop(name, None)


def node_type(name: str) -> type[NodeType]:
    """Raises NotFound: the type belongs to a plugin that is not here, or to a newer box."""
    if name not in _types:
        raise NotFound(f"There is no node type “{name}” here.", code="unknown_node_type", help="Install the plugin that it comes from.")
    return _types[name]


def find_type(name: str) -> type[NodeType] | None:
    """The node type of that name, if there is one."""
    return _types.get(name)


def describe_all() -> list[dict[str, Any]]:
    """Every node's description, as the editor's palette shows them."""
    return [kind.describe() for kind in sorted(_types.values(), key=lambda kind: (CATEGORIES.index(kind.category), kind.title))]


for _kind in BUILTIN:
    add_node(_kind)
