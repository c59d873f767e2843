"""Flows: steps a second with every step on disk, what waking costs while many wait, and how soon a customer is answered."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil

from ..storm.box import ROOT, BoxProcess
from . import seed
from .figures import Figure, median, quantile
from .graph_server import ask
from .load import paced, post, webhook
from .process import Running, cpu_s, running

CHAIN, CUSTOMERS, DUE, WAKINGS = 20, 400, 100, 9
RATE = 20  # conversations a second


def measure(*, quick: bool) -> list[Figure]:
    """Steps and waking in a process of their own; answers through a whole box and the simulator."""
    sizes = (1_000, 10_000) if quick else (1_000, 10_000, 100_000)
    found = [_alone(size) for size in sizes]
    waits, _ = answers(seconds=5 if quick else 20)
    return [
        Figure("node steps with every step on disk", "steps/s", median([one["steps"] for one in found]), 2000, "at least"),
        *(Figure(f"waking {DUE} sessions while {size:,} wait", "ms", one["wake_ms"]) for size, one in zip(sizes, found, strict=True)),
        Figure("waking them, times the cost at the fewest", "×", found[-1]["wake_ms"] / found[0]["wake_ms"], 2.0),
        Figure("message in → answer handed to Meta at 20/s, p50", "ms", median(waits) * 1000),
        Figure("message in → answer handed to Meta at 20/s, p99", "ms", quantile(waits, 0.99) * 1000, 150),
    ]


def _alone(waiting: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        BoxProcess(data, graph_url="http://127.0.0.1:9").prepare()
        seed.stored_messages(data, seed.CUSTOMERS)
        command = [sys.executable, "-m", "tests.bench.flows", str(data), str(waiting)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return dict(json.loads(done.stdout.splitlines()[-1]))


def answers(*, seconds: int) -> tuple[list[float], float]:
    """From the POST of a customer's message to the request with the flow's answer, and what each cost the box (µs)."""
    with tempfile.TemporaryDirectory() as folder, running("-m", "tests.bench.graph_server", "{port}", "") as graph:
        box = BoxProcess(Path(folder) / "data", graph_url=f"http://127.0.0.1:{graph.port}/graph")
        box.prepare()
        key = box.api_key()
        ask(graph.port, "/customers", {"first": seed.FIRST_PHONE, "count": 1000})
        try:
            box.start()
            assert box.process is not None
            process = psutil.Process(box.process.pid)
            _publish(box, key)
            before = cpu_s(process)
            waits = asyncio.run(talk(box.port, graph, RATE, seconds))
            return waits, (cpu_s(process) - before) / len(waits) * 1e6
        finally:
            box.end()


async def talk(port: int, graph: Running, rate: int, seconds: int) -> list[float]:
    """Webhooks at a steady rate to the server at `port`; how long each took until its answer came in at the graph."""
    count = rate * seconds
    requests = [post(webhook(f"wamid.F{n:06d}", str(seed.FIRST_PHONE + n), f"hello {n}")) for n in range(count)]
    began = time.time() - time.perf_counter()
    result = await paced(port, requests, per_second=rate)
    deadline = time.monotonic() + 30
    while len(accepted := ask(graph.port, "/accepted")) < count and time.monotonic() < deadline:
        await asyncio.sleep(0.2)
    assert len(accepted) == count, f"{len(accepted)} of {count} were answered"
    # Each customer writes once and is answered once, so the n-th answer belongs to the n-th message or a later one: never better than it was.
    return [at - (began + result.began + n / rate) for n, at in enumerate(sorted(accepted))]


def _publish(box: BoxProcess, key: str) -> None:
    flow = _call(box, key, "/flows", {"name": "Bench", "graph": _hello()})
    _call(box, key, f"/flows/{flow['id']}/publish", {})
    time.sleep(1.5)  # triggers are remembered for a second


def _hello() -> dict[str, Any]:
    nodes = [
        {"id": "start", "type": "start", "data": {"triggers": [{"id": "t", "kind": "any_message"}]}},
        {"id": "branch", "type": "condition", "data": {"expression": "contains(message.text, 'hello')"}},
        {"id": "reply", "type": "send_message", "data": {"text": "Namaste {{contact.first_name}}!"}},
    ]
    edges = [{"from": "start", "output": "next", "to": "branch"}, {"from": "branch", "output": "yes", "to": "reply"}]
    return {"nodes": nodes, "edges": edges}


def _chain() -> dict[str, Any]:
    """Twenty quick nodes and a question at the end."""
    nodes: list[dict[str, Any]] = [{"id": "start", "type": "start", "data": {"triggers": [{"id": "t", "kind": "any_message"}]}}]
    nodes += [
        {"id": f"n{i}", "type": "set_variable", "data": {"name": f"v{i}", "value": "step {{contact.first_name}}"}} for i in range(CHAIN)
    ]
    nodes.append({"id": "ask", "type": "ask_text", "data": {"question": "And now?", "save_as": "answer"}})
    names = [node["id"] for node in nodes]
    return {"nodes": nodes, "edges": [{"from": a, "output": "next", "to": b} for a, b in pairwise(names)]}


def _call(box: BoxProcess, key: str, path: str, body: Any) -> Any:
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
    request = urllib.request.Request(f"{box.url}/api/v1{path}", data=json.dumps(body).encode(), headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def _main(data: Path, waiting: int) -> None:
    """In the process that is measured: the box's own wiring and the verbs that its threads call."""
    from wablast_box.app import close_box, open_box
    from wablast_box.config import load_config
    from wablast_box.engine.flows.design import flows, publish
    from wablast_box.engine.flows.keeping import turns
    from wablast_box.engine.flows.models import FlowStep
    from wablast_box.engine.flows.running.converse import take_turn
    from wablast_box.engine.flows.running.wake import wake_due
    from wablast_box.engine.team.actors import SYSTEM
    from wablast_box.lib import sql
    from wablast_box.lib.clock import now_ms
    from wablast_box.lib.db import transaction

    box = open_box(load_config({"data_dir": str(data)}, {}))
    flow = int(flows.create_flow("Bench", _chain(), SYSTEM)["id"])
    publish.publish(flow, SYSTEM)
    chats = [row[0] for row in sql.run("SELECT id FROM conversation ORDER BY id LIMIT ?", (CUSTOMERS,))]
    with transaction():
        for chat in chats:
            turns.add(chat, "start", f"bench:{chat}", {"flow_id": str(flow), "by": "system", "variables": {}})
    began = time.perf_counter()
    while (turn := turns.take()) is not None:
        take_turn(turn)
    seconds = time.perf_counter() - began
    steps = FlowStep.select().count()
    assert steps == CUSTOMERS * (CHAIN + 2), f"{steps} steps were kept"
    _many_wait(flow, waiting)
    woken = []
    for _ in range(WAKINGS):
        with transaction():
            sql.run(
                "UPDATE flow_session SET resume_at = ?, waits = waits + 1 WHERE id IN"
                " (SELECT id FROM flow_session WHERE state = 'waiting' ORDER BY id LIMIT ?)",
                (now_ms() - 1, DUE),
            )
        began = time.perf_counter()
        assert wake_due() == DUE
        woken.append(time.perf_counter() - began)
        with transaction():
            sql.run("UPDATE flow_session SET resume_at = NULL WHERE resume_at <= ?", (now_ms(),))
    close_box(box)
    print(json.dumps({"steps": steps / seconds, "wake_ms": median(woken) * 1000}))


def _many_wait(flow: int, count: int) -> None:
    """Sessions that wait for tomorrow, each in a conversation of its own."""
    from wablast_box.lib import sql
    from wablast_box.lib.clock import now_ms
    from wablast_box.lib.db import transaction

    base, tomorrow = 1_000_000, now_ms() + 86_400_000
    people = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)"
    with transaction():
        sql.run(f"{people} INSERT INTO contact (id, wa_id, created_at) SELECT ? + i, 'w' || i, 0 FROM n", (count, base))
        sql.run(
            f"{people} INSERT INTO conversation (id, contact_id, last_message_id, read_up_to_id, created_at) SELECT ? + i, ? + i, 0, 0, 0 FROM n",
            (count, base * 10, base),
        )
        sql.run(
            f"{people} INSERT INTO flow_session (id, flow_id, version_id, conversation_id, state, node_id, variables_json, memory_json,"
            " wait_for, resume_at, waits, steps, seen_message_id, started_by, started_at)"
            " SELECT ? + i, ?, (SELECT max(id) FROM flow_version), ? + i, 'waiting', 'ask', '{}', '{}', 'time', ? + i, 1, 1, 0, 'bench', 0 FROM n",
            (count, base * 100, flow, base * 10, tomorrow),
        )


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]))
