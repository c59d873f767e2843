"""kill -9 while flows are played, again and again: nobody is asked twice, nobody's place is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.models import FlowSession, FlowStep, FlowTurn
from wablast_box.engine.inbox.models import Message
from wablast_box.lib import db, sql

ROOT = Path(__file__).parents[4]
CHILD = """
import sys, time
from pathlib import Path
from wablast_box.engine.flows.running.runner import FlowRunner
from wablast_box.engine.settings import secrets
from wablast_box.lib import db

folder = Path(sys.argv[1])
db.open_database(f"sqlite:///{folder / 'box.db'}")
secrets.use_key(folder / "secrets.key")
FlowRunner().start()
print("running", flush=True)
time.sleep(60)
"""
CUSTOMERS = 60


def child(box: Path) -> subprocess.Popen[str]:
    started = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(box)], cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert started.stdout is not None and started.stdout.readline() == "running\n"
    return started


def answered() -> int:
    return int(sql.run("SELECT count(*) FROM flow_turn WHERE state = 'done'")[0][0])


def until_answered(count: int, within_s: float = 30) -> None:
    deadline = time.monotonic() + within_s
    while answered() < count and time.monotonic() < deadline:
        time.sleep(0.005)
    assert answered() >= count


@pytest.mark.feature("FE-14")
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_box_that_is_killed_again_and_again_asks_each_customer_once(box: Path) -> None:
    if db.is_postgres():
        pytest.skip("the second process opens the data folder's own database")
    shop = Shop()
    shop.on(
        graph(
            node("hello", "send_message", text="Hello"),
            node("count", "set_variable", name="n", value="1"),
            node("ask", "ask_text", question="Name?", save_as="name"),
            edges="start>hello hello>count count>ask",
        )
    )
    for number in range(CUSTOMERS):
        shop.hears("hi", who=f"9198000001{number:02}", play=False)
    for kills in range(1, 4):
        running = child(box)
        until_answered(min(CUSTOMERS - 5, kills * 12))
        running.send_signal(signal.SIGKILL)
        running.wait()
    last = child(box)
    until_answered(CUSTOMERS)
    last.kill()
    last.wait()

    sent = Counter((row.conversation.id, row.text) for row in Message.select().where(Message.direction == "out"))
    assert set(sent.values()) == {1} and len(sent) == 2 * CUSTOMERS
    assert FlowSession.select().where((FlowSession.state == "waiting") & (FlowSession.node_id == "ask")).count() == CUSTOMERS
    assert FlowStep.select().count() == 4 * CUSTOMERS
    assert FlowTurn.select().where(FlowTurn.state != "done").count() == 0
