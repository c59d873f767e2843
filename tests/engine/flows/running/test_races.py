"""Flow races (promise T18): twenty messages at once, a person who takes over at any instant, a flow published meanwhile."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator

import pytest

from tests.engine.flows.talk import Shop, conversation, graph, node
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.models import FlowSession, FlowStep, FlowTurn
from wablast_box.engine.flows.running.runner import FlowRunner
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.inbox.visibility import EVERYTHING

ECHO = graph(
    node("ask", "ask_text", question="Go on", save_as="last"),
    node("jump", "jump", node="ask"),
    edges="start>ask ask>jump",
)


@pytest.fixture
def runner(shop: Shop) -> Iterator[FlowRunner]:
    runner = FlowRunner()
    runner.start()
    yield runner
    assert runner.stop()


def until_quiet(within_s: float = 20) -> None:
    deadline = time.monotonic() + within_s
    while FlowTurn.select().where(FlowTurn.state.in_(("waiting", "running"))).exists() and time.monotonic() < deadline:
        time.sleep(0.01)


@pytest.mark.feature("FE-13")
def test_twenty_messages_of_one_customer_at_once_are_answered_in_order_one_at_a_time(shop: Shop, runner: FlowRunner) -> None:
    shop.on(ECHO)
    for number in range(21):
        shop.hears(f"word {number}", play=False)
    until_quiet()
    assert FlowTurn.select().where(FlowTurn.state == "done").count() == 21
    assert FlowSession.select().count() == 1
    heard = [row.output_json["last"] for row in FlowStep.select().order_by(FlowStep.number) if row.output_json]
    assert heard == [f"word {number}" for number in range(1, 21)]
    numbers = [row.number for row in FlowStep.select().order_by(FlowStep.number)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.feature("IN-18")
@pytest.mark.parametrize("seed", range(5))
def test_nothing_is_sent_after_a_person_has_taken_over(shop: Shop, runner: FlowRunner, seed: int) -> None:
    shop.on(ECHO)
    number = shop.hears("begin", play=False)
    for word in range(15):
        shop.hears(f"word {word}", play=False)
    time.sleep(random.Random(seed).random() * 0.05)
    hold.hold_bot(EVERYTHING, number, shop.asha.ref)
    sent = Message.select().where(Message.direction == "out").count()
    until_quiet()
    assert Message.select().where(Message.direction == "out").count() == sent
    assert conversation().state == "open"


@pytest.mark.feature("FE-02")
def test_a_flow_that_is_published_while_it_is_played_keeps_its_sessions_on_their_version(shop: Shop, runner: FlowRunner) -> None:
    flow_id = shop.on(ECHO)
    shop.hears("begin", play=False)
    until_quiet()
    publishing = threading.Thread(target=lambda: [_publish(shop, flow_id, n) for n in range(5)])
    publishing.start()
    for number in range(10):
        shop.hears(f"word {number}", play=False)
    publishing.join()
    until_quiet()
    session = FlowSession.get()
    assert (session.version.number, session.state) == (1, "waiting")
    assert {row.text for row in Message.select().where(Message.direction == "out")} == {"Go on"}


def _publish(shop: Shop, flow_id: int, number: int) -> None:
    changed = {**ECHO, "nodes": [*ECHO["nodes"][:1], node("ask", "ask_text", question=f"Other {number}", save_as="last"), ECHO["nodes"][2]]}
    flows.save_draft(flow_id, changed, shop.asha)
    publish.publish(flow_id, shop.asha)
