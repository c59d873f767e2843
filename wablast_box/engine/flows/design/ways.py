"""Where each node of a drawing leads: by its edges, and by a jump without one."""

from __future__ import annotations

from wablast_box.engine.flows.graph import Graph, Node

# From each node: (output, next node), both of which are there.
Ways = dict[str, list[tuple[str, str]]]
JUMP = "jump"


def ways_of(graph: Graph) -> Ways:
    """Every way from node to node."""
    found: Ways = {number: [] for number in graph.nodes}
    for (source, output), target in graph.after.items():
        if source in found and target in found:
            found[source].append((output, target))
    for node in graph.nodes.values():
        jumps_to = jump_of(node)
        if jumps_to in found:
            found[node.id].append((JUMP, jumps_to))
    return found


def jump_of(node: Node) -> str | None:
    """Where a jump goes on; None when it is no jump, or nothing was chosen yet."""
    jumps_to = node.data.get("node") if node.type == "jump" else None
    return jumps_to if isinstance(jumps_to, str) and jumps_to else None


def in_order(ways: Ways, begin: str) -> list[str]:
    """Every node that a session can come to, each before those that it leads to, but for circles."""
    seen, done = {begin}, []
    left = [(begin, iter(ways[begin]))]
    while left:
        number, rest = left[-1]
        target = next((one for _, one in rest if one not in seen), None)
        if target is None:
            done.append(number)
            left.pop()
        else:
            seen.add(target)
            left.append((target, iter(ways[target])))
    return done[::-1]
