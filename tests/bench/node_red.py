"""Node-RED beside the box: the same webhook → branch → reply, when an installation of it is named. Ours keeps every step on disk.

    npm install --prefix /tmp/node-red node-red@4
    WABLAST_BENCH_NODE_RED=/tmp/node-red/node_modules/.bin/node-red make bench
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from ..storm.box import ACCESS_TOKEN, PHONE_NUMBER_ID
from . import seed
from .figures import Figure, median, quantile, skipped
from .flows import RATE, answers, talk
from .graph_server import ask
from .process import running

SETTINGS = "module.exports = { flowFile: 'flows.json', credentialSecret: false, editorTheme: { tours: false } };"
BODY = (
    'const m = msg.payload.entry[0].changes[0].value.messages[0]; msg.text = m.text.body; msg.headers = {authorization: "Bearer TOKEN"};'
    ' msg.payload = {messaging_product: "whatsapp", to: m.from, type: "text", text: {body: "Namaste!"}}; return msg;'
)


def measure(*, quick: bool) -> list[Figure]:
    """How long an answer takes at the same rate, and what it costs; theirs verifies no signature and keeps nothing."""
    program = os.environ.get("WABLAST_BENCH_NODE_RED")
    if not program:
        return [skipped("Node-RED: the same webhook → branch → reply", "not measured: WABLAST_BENCH_NODE_RED names no installation")]
    seconds = 5 if quick else 20
    theirs, their_cost = _theirs(program, seconds)
    ours, our_cost = answers(seconds=seconds)
    return [
        Figure(f"Node-RED 4: message in → answer at {RATE}/s, p50", "ms", median(theirs) * 1000, note="for the ratio"),
        Figure(f"Node-RED 4: message in → answer at {RATE}/s, p99", "ms", quantile(theirs, 0.99) * 1000, note="for the ratio"),
        Figure("an answer, every step on disk, times Node-RED's wait in memory, p50", "×", median(ours) / median(theirs)),
        Figure("Node-RED 4: an answer", "µs CPU", their_cost, note="for the ratio"),
        Figure("an answer, every step on disk, times Node-RED's processor time", "×", our_cost / their_cost),
    ]


def _theirs(program: str, seconds: int) -> tuple[list[float], float]:
    with tempfile.TemporaryDirectory() as folder, running("-m", "tests.bench.graph_server", "{port}", "") as graph:
        home = Path(folder)
        (home / "settings.js").write_text(SETTINGS)
        (home / "flows.json").write_text(json.dumps(_flow(graph.port)))
        ask(graph.port, "/customers", {"first": seed.FIRST_PHONE, "count": 1000})
        with running("-u", folder, "-p", "{port}", program=program) as node_red:
            before = node_red.cpu_s()
            waits = asyncio.run(talk(node_red.port, graph, RATE, seconds))
            return waits, (node_red.cpu_s() - before) / len(waits) * 1e6


def _flow(graph_port: int) -> list[dict[str, Any]]:
    send = f"http://127.0.0.1:{graph_port}/graph/v24.0/{PHONE_NUMBER_ID}/messages"
    rules = [{"t": "cont", "v": "hello", "vt": "str"}]
    return [
        {"id": "t", "type": "tab", "label": "Bench"},
        {"id": "in", "type": "http in", "z": "t", "url": "/hooks/meta", "method": "post", "wires": [["said", "ok"]]},
        {"id": "ok", "type": "http response", "z": "t", "statusCode": "200", "wires": []},
        {"id": "said", "type": "function", "z": "t", "func": BODY.replace("TOKEN", ACCESS_TOKEN), "outputs": 1, "wires": [["branch"]]},
        {"id": "branch", "type": "switch", "z": "t", "property": "text", "propertyType": "msg", "rules": rules, "outputs": 1, "wires": [["reply"]]},
        {"id": "reply", "type": "http request", "z": "t", "method": "POST", "ret": "txt", "url": send, "wires": [[]]},
    ]
