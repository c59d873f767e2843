"""Export: the draft as a file, without ids of this box and without credentials that stand in it in clear."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from wablast_box.engine.flows.design.flows import flow_of
from wablast_box.engine.flows.design.places import BY_ID, BY_NAME, Known, places
from wablast_box.engine.flows.moving.fields import clear, nodes_of

FORM = "wablast_flow"
# Under such names stand credentials; who wants them to travel names a secret instead.
_TELLTALE = re.compile(
    r"authori[sz]ation|cookie|token|secret|passw|credential|api.?key|access.?key|signature|(^|[-_])(key|pwd|auth)$", re.IGNORECASE
)
_IN_ADDRESS = re.compile(r"([?&](?:[\w-]*(?:key|token|secret|password|passwd|pwd|auth|signature|sig))=)(?!\{\{)[^&#{\s]+", re.IGNORECASE)


def export_flow(flow_id: int) -> dict[str, Any]:
    """The file. `references` say what was chosen where, by name; `left_out` what nobody else may have."""
    flow = flow_of(flow_id)
    graph = deepcopy(flow.draft_json)
    known, references, left_out = Known(), [], []
    for one in list(places(graph)):
        if one.kind in BY_ID:
            name = known.name(one.kind, one.value)
            references.append({"node": one.node_id, "field": one.path, "kind": one.kind, "name": name})
            clear(graph, one.node_id, one.path)
        elif one.kind not in BY_NAME:
            left_out.append({"node_id": one.node_id, "field": one.path, "kind": one.kind})
            clear(graph, one.node_id, one.path)
    for node_id, path in _credentials(graph):
        left_out.append({"node_id": node_id, "field": path, "kind": "credential"})
    secrets = sorted({one.value for one in places(graph) if one.kind == "secret"})
    return {FORM: 1, "name": flow.name, **graph, "references": references, "secrets": secrets, "left_out": left_out}


def _credentials(graph: dict[str, Any]) -> list[tuple[str, str]]:
    """Take out what looks like a credential; where it stood."""
    found = []
    for node_id, data in nodes_of(graph):
        for field in ("headers", "form"):
            named: Any = data.get(field)
            for name, text in named.items() if isinstance(named, dict) else ():
                if _TELLTALE.search(name) and isinstance(text, str) and text.strip() and "{{" not in text:
                    named[name] = ""
                    found.append((node_id, f"{field}.{name}"))
        url = data.get("url")
        if isinstance(url, str) and _IN_ADDRESS.search(url):
            data["url"] = _IN_ADDRESS.sub(r"\1", url)
            found.append((node_id, "url"))
    return found
