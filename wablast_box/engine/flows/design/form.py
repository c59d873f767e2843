"""The form of a graph as JSON Schema: docs/reference/flow-graph.schema.json is made of it, for those who draw flows with programs."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.flows.graph import LONGEST_ID, MOST_EDGES, MOST_NODES
from wablast_box.engine.flows.languages import DEFAULT, LONGEST_TRANSLATION, MOST_LANGUAGES
from wablast_box.engine.flows.nodes.catalogue import BUILTIN

_WORD = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}
_PLACE = {"type": "object", "properties": {"x": {"type": "number"}, "y": {"type": "number"}}, "required": ["x", "y"]}

_CODE = {"type": "string", "description": "BCP 47: en, hi, pt-BR."}
_TRANSLATION = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "maxLength": LONGEST_TRANSLATION},
        "of": {"type": "string", "description": "The CRC-32 of the words that were translated, in hexadecimal; another one means stale."},
        "unseen": {"type": "boolean", "default": False, "description": "A machine wrote it and nobody has looked at it."},
    },
}


def graph_schema() -> dict[str, Any]:
    """A node of a type that comes with the box has that type's data; others, of plugins, may have any."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Flow",
        "description": "What POST /api/v1/flows takes as graph. Keys that are not named here are kept as they are.",
        "type": "object",
        "required": ["nodes", "edges"],
        "properties": {
            "nodes": {"type": "array", "maxItems": MOST_NODES, "items": {"$ref": "#/$defs/node"}},
            "edges": {
                "type": "array",
                "maxItems": MOST_EDGES,
                "description": "One for each way out of a node: no two with the same from and output.",
                "items": {
                    "type": "object",
                    "required": ["from", "output", "to"],
                    "properties": {"from": _WORD, "output": _WORD, "to": _WORD},
                },
            },
            "layout": {"type": "object", "description": "Where each node is drawn, by its id.", "additionalProperties": _PLACE},
            "notes": {
                "type": "array",
                "items": _drawn(x="number", y="number", width="number", height="number", text="string", color="string"),
            },
            "groups": {
                "type": "array",
                "items": _drawn(name="string", collapsed="boolean", color="string", nodes={"type": "array", "items": _WORD}),
            },
            "languages": {
                "type": "object",
                "description": "The language that the nodes are written in, and those that they are translated into.",
                "properties": {
                    "main": _CODE | {"default": DEFAULT},
                    "others": {"type": "array", "maxItems": MOST_LANGUAGES, "items": _CODE},
                },
            },
            "texts": {
                "type": "object",
                "description": "Translations by language, node id and path: a field marked x-spoken (text), or an item's by its id"
                " (buttons.yes.title).",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": {"type": "object", "additionalProperties": _TRANSLATION},
                },
            },
        },
        "$defs": {"node": _node()} | {kind.type: _data(kind.describe()) for kind in BUILTIN},
    }


def _node() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["id", "type"],
        "properties": {
            "id": _WORD,
            "type": _WORD,
            "version": {"type": "integer", "default": 1},
            "name": {"type": "string"},
            "data": {"type": "object"},
            "disabled": {"type": "boolean", "default": False, "description": "It is passed by its way “next”."},
        },
        "allOf": [
            {"if": {"properties": {"type": {"const": kind.type}}}, "then": {"properties": {"data": {"$ref": f"#/$defs/{kind.type}"}}}}
            for kind in BUILTIN
        ],
    }


def _data(described: dict[str, Any]) -> dict[str, Any]:
    ways = {"x-outputs": described["outputs"], "x-outputs-from": described["outputs_from"]}
    return {"title": described["title"], "description": described["help"], **described["fields"], **ways}


def _drawn(**fields: Any) -> dict[str, Any]:
    named = {name: {"type": form} if isinstance(form, str) else form for name, form in fields.items()}
    return {"type": "object", "required": ["id"], "properties": {"id": _WORD, **named}}
