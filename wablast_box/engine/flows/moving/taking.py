"""Import: a file becomes a draft that is off. Ids of another box mean nothing here; what it names is looked for by name."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.flows.design.flows import LONGEST_NAME, checked_graph, create_flow
from wablast_box.engine.flows.design.places import BY_ID, BY_NAME, WORDS, Known, kind_at, missing_in, places
from wablast_box.engine.flows.design.problem import Problem
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.moving.fields import clear, put
from wablast_box.engine.flows.moving.out import FORM
from wablast_box.engine.flows.registry import find_type
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.errors import Invalid

ENVELOPE = frozenset({FORM, "name", "references", "secrets", "left_out", "graph", "id", "help"})
MOST_REFERENCES = 1000


def import_flow(file: Any, by: Actor, *, name: str | None = None) -> dict[str, Any]:
    """Raises Invalid when it is no flow. `mapped`: found here by name; `stripped`: taken out; `problems`: what is left to do."""
    graph = _graph_in(file)
    references = _references(file)
    known = Known()
    stripped = _strip(graph)
    mapped, unknown = _map(graph, references, known)
    switched_off = _switch_off_code(graph)
    made = create_flow(_name(name, file), graph, by)
    audit("flow.imported", by=by, subject=f"flow:{made['id']}", subject_name=made["name"], detail={"code_switched_off": len(switched_off)})
    found = [*problems_of(graph), *missing_in(graph), *unknown]
    lost = [one for one in stripped if (one["node_id"], one["field"]) not in {(other["node_id"], other["field"]) for other in mapped}]
    return {"id": made["id"], "name": made["name"], "problems": [one.as_json() for one in found], "mapped": mapped, "stripped": lost}


def _graph_in(file: Any) -> dict[str, Any]:
    """The drawing in a file of ours, in what an editor copied, or as it stands."""
    if not isinstance(file, Mapping):
        raise Invalid("This is no flow.", code="not_a_graph", help="Choose a JSON file that a wablast-box exported.", field="file")
    drawn = file["graph"] if isinstance(file.get("graph"), Mapping) else file
    # Its form first: of a file that is too large nothing is copied.
    checked_graph({"edges": [], **drawn})
    return deepcopy({"edges": [], **{key: value for key, value in drawn.items() if key not in ENVELOPE}})


def _references(file: Mapping[str, Any]) -> list[dict[str, str]]:
    listed = file.get("references")
    if not isinstance(listed, list):
        return []
    wanted = ("node", "field", "kind", "name")
    return [one for one in listed[:MOST_REFERENCES] if isinstance(one, dict) and all(isinstance(one.get(key), str) for key in wanted)]


def _strip(graph: dict[str, Any]) -> list[dict[str, Any]]:
    """Ids of another box: by chance they could be somebody else's here."""
    foreign = [one for one in places(graph) if one.kind in BY_ID or one.kind not in BY_NAME]
    for one in foreign:
        clear(graph, one.node_id, one.path)
    return [{"node_id": one.node_id, "field": one.path, "kind": one.kind, "name": None} for one in foreign]


def _map(graph: dict[str, Any], references: list[dict[str, str]], known: Known) -> tuple[list[dict[str, Any]], list[Problem]]:
    """What is called the same here, if one thing alone is; only into a field that is for it."""
    mapped, unknown = [], []
    for one in references:
        node_id, path, kind, name = one["node"], one["field"], one["kind"], one["name"]
        if kind not in BY_ID or kind_at(graph, node_id, path) != kind:
            continue
        number = known.only(kind, name)
        if number is not None and put(graph, node_id, path, number):
            mapped.append({"node_id": node_id, "field": path, "kind": kind, "name": name})
        else:
            words = f"There is no {WORDS[kind]} “{name[:60]}” here, or there are several: choose one."
            unknown.append(Problem(node_id, path, f"unknown_{kind}", words, "warning"))
    return mapped, unknown


def _switch_off_code(graph: dict[str, Any]) -> list[str]:
    """Nobody's code runs here before somebody has read it."""
    found = []
    for node in graph["nodes"]:
        kind = find_type(str(node["type"]))
        if kind is not None and kind.category == "code":
            node["disabled"] = True
            found.append(str(node["id"]))
    return found


def _name(given: str | None, file: Mapping[str, Any]) -> str:
    written = given if given and given.strip() else file.get("name")
    return " ".join(str(written if isinstance(written, str) and written.strip() else "Imported flow").split())[:LONGEST_NAME]
