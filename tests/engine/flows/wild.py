"""Graphs that nobody would draw: any JSON where a graph is expected, and nodes of every type with data of every wrong kind."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import Field
from wablast_box.engine.flows.nodes.catalogue import BUILTIN

# Names that mean something to JavaScript, Python, SQL and to the box itself.
NASTY = (
    "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "__class__", "__dict__", "", " ", "id", "next", "error", "start",
    "'; DROP TABLE flow; --", "{{contact.name}}", "{{", "}}", "${x}", "../../etc/passwd", "\u202e", "🙏", "नमस्ते", "0", "-1", "1e999", "NaN",
)  # fmt: skip
WORDS = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False), WORDS
)  # fmt: skip
ANYTHING = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12)


def fields_of(kind: type[NodeType]) -> st.SearchStrategy[dict[str, Any]]:
    """Data for a node: its own fields with anything in them, and fields it has never heard of."""
    own = st.fixed_dictionaries({}, optional={name: value_of(field) for name, field in kind.fields().items()})
    return st.builds(lambda given, more: more | given, own, st.dictionaries(WORDS, ANYTHING, max_size=2))


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Nearly right, or anything."""
    listed = getattr(field, "fields", None)
    if listed:
        one = st.fixed_dictionaries({}, optional={"id": WORDS | ANYTHING} | {name: value_of(inner) for name, inner in listed.items()})
        return st.one_of(st.lists(one | ANYTHING, max_size=4), ANYTHING)
    if options := getattr(field, "options", None):
        return st.one_of(st.sampled_from([*options]), ANYTHING)
    return ANYTHING


NODES = st.sampled_from(BUILTIN).flatmap(
    lambda kind: st.fixed_dictionaries(
        {"id": st.sampled_from(["a", "b", "c", "start", *NASTY]), "type": st.just(kind.type), "data": fields_of(kind)},
        optional={"version": st.integers(-1, 9), "name": WORDS, "disabled": st.booleans(), "unheard_of": ANYTHING},
    )
)
STRANGERS = st.fixed_dictionaries({"id": WORDS, "type": WORDS}, optional={"data": ANYTHING, "version": ANYTHING, "name": ANYTHING})
EDGES = st.fixed_dictionaries({"from": WORDS | ANYTHING, "output": WORDS | ANYTHING, "to": WORDS | ANYTHING})
GRAPHS = st.one_of(
    st.fixed_dictionaries(
        {"nodes": st.lists(NODES | STRANGERS, max_size=6), "edges": st.lists(EDGES, max_size=6)},
        optional={"layout": ANYTHING, "notes": ANYTHING, "groups": ANYTHING, "unheard_of": ANYTHING},
    ),
    st.dictionaries(st.sampled_from(["nodes", "edges", "layout", "notes", "groups", "__proto__"]), ANYTHING, max_size=6),
    ANYTHING,
)  # fmt: skip
# The form is right, what is in the nodes is not: nothing but `problems` may mind.
WELL_FORMED = st.builds(
    lambda nodes, edges: {
        "nodes": nodes,
        "edges": [{"from": source, "output": output, "to": to} for (source, output), to in edges.items()],
    },
    st.lists(NODES.filter(lambda one: 0 < len(one["id"]) <= 100), max_size=6, unique_by=lambda one: one["id"]),
    st.dictionaries(
        st.tuples(st.sampled_from(["a", "b", "c", "start"]), st.sampled_from(["next", "error", "yes", "__proto__", "otherwise"])),
        st.sampled_from(["a", "b", "c", "gone", "constructor"]),
        max_size=8,
    ),
)
