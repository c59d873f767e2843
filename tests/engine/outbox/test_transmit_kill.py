"""kill -9 while messages are on their way, again and again: nothing is sent twice, nothing vanishes, nothing lies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import orjson
import pytest

from tests.engine.outbox.sending import connect, conversation, send, until
from wablast_box.engine.inbox.models import Message
from wablast_box.lib import db, sql

ROOT = Path(__file__).parents[3]
CHILD = """
import sys, time
from pathlib import Path
from wablast_box.engine.outbox.transmit.sender import Sender, recover_after_crash
from wablast_box.engine.settings import secrets
from wablast_box.lib import db

folder, url = Path(sys.argv[1]), sys.argv[2]
db.open_database(f"sqlite:///{folder / 'box.db'}")
secrets.use_key(folder / "secrets.key")
recover_after_crash()
Sender(url, rate=80).start()
print("running", flush=True)
time.sleep(60)
"""


class Graph(BaseHTTPRequestHandler):
    """Takes a moment, accepts everything, and remembers what came to it and what it accepted."""

    arrived: ClassVar[set[str]] = set()
    accepted: ClassVar[list[str]] = []
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = orjson.loads(self.rfile.read(int(self.headers["content-length"])))
        self.arrived.add(asked["biz_opaque_callback_data"])
        time.sleep(0.03)
        self.accepted.append(asked["biz_opaque_callback_data"])
        body = orjson.dumps({"messages": [{"id": f"wamid.{len(self.accepted)}.{time.monotonic_ns()}"}]})
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # the default of five makes callers wait a second for their connection

    def handle_error(self, *_: object) -> None:
        """Killed callers are the point of this test."""


@pytest.fixture
def graph() -> Iterator[str]:
    Graph.accepted.clear()
    Graph.arrived.clear()
    server = Server(("127.0.0.1", 0), Graph)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def run_child(box: Path, graph: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(box), graph],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "running\n"
    return child


@pytest.mark.feature("CN-31")
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_box_that_is_killed_again_and_again_sends_each_message_at_most_once(box: Path, graph: str) -> None:
    if db.is_postgres():
        pytest.skip("the second process opens the data folder's own database")
    connect()
    numbers = [conversation(f"9198000000{n:02}") for n in range(20)]
    messages = [send(number) for _ in range(6) for number in numbers]

    for _ in range(3):
        child = run_child(box, graph)
        already = len(Graph.accepted)
        until(lambda already=already: len(Graph.accepted) >= already + 12)  # type: ignore[misc]
        child.send_signal(signal.SIGKILL)
        child.wait()
    last = run_child(box, graph)
    until(lambda: not sql.run("SELECT 1 FROM message WHERE state IN ('queued', 'sending') LIMIT 1"), 20)
    last.kill()
    last.wait()

    times = Counter(Graph.accepted)
    states = {f"wbx:{row.id}": row.state for row in Message.select()}
    assert max(times.values()) == 1, "sent twice"
    assert set(states.values()) <= {"sent", "unconfirmed"}
    assert {key for key, state in states.items() if state == "sent"} <= set(times), "said sent, was not"
    assert set(times) <= set(states) and len(states) == len(messages)
    never_left = [key for key, state in states.items() if state == "unconfirmed" and key not in Graph.arrived]
    assert len(never_left) <= 0.1 * len(messages), "marked long before they were sent"
