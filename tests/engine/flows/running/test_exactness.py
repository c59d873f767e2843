"""What a flow does is done once, and nothing after a person has said stop: also when steps are slow, clocks jump and workers die."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.engine.flows.talk import Shop, conversation, graph, node
from wablast_box.engine.ai.answer import Answer
from wablast_box.engine.flows.acting import calling, calls, models
from wablast_box.engine.flows.keeping import hold, turns
from wablast_box.engine.flows.models import FlowStep, FlowTurn
from wablast_box.engine.flows.running import converse, start
from wablast_box.engine.flows.running.converse import take_turn
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.lib import claims, outbound, worker
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction

ASKS = graph(node("ai", "ai_answer"), edges="start>ai")
ECHO = graph(node("ask", "ask_text", question="Go on", save_as="last"), node("jump", "jump", node="ask"), edges="start>ask ask>jump")


def thinking(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], Any]) -> None:
    """A model that thinks for as long as `meanwhile` takes."""

    def ask(*_: object) -> Answer:
        meanwhile()
        return Answer("We open at ten")

    monkeypatch.setattr(models, "ask", ask)


@pytest.mark.feature("IN-18")
def test_a_model_that_was_asked_before_a_person_took_over_answers_nobody(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    thinking(monkeypatch, lambda: hold.hold_bot(EVERYTHING, conversation().id, shop.asha.ref))
    shop.on(ASKS)
    shop.hears()
    assert shop.said() == []
    assert FlowTurn.get().state == "done"


@pytest.mark.feature("IN-18")
def test_a_model_that_was_asked_before_the_flow_was_stopped_answers_nobody(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    thinking(monkeypatch, lambda: start.stop_session(EVERYTHING, shop.session().id, shop.asha.ref))
    shop.on(ASKS)
    shop.hears()
    assert (shop.said(), shop.session().state) == ([], "ended")


@pytest.mark.feature("IN-18")
@pytest.mark.parametrize("by", ["hold", "stop"])
def test_what_waits_to_be_sent_is_not_sent_once_a_person_took_over(shop: Shop, by: str) -> None:
    shop.on(graph(*(node(f"m{n}", "send_message", text=f"{n}") for n in range(3)), node("q", "ask_text", question="?", save_as="x"),
                  edges="start>m0 m0>m1 m1>m2 m2>q"))  # fmt: skip
    number = shop.hears()
    first = Message.select().where(Message.direction == "out").order_by(Message.id).first()
    Message.update(state="sending").where(Message.id == first.id).execute()
    if by == "hold":
        hold.hold_bot(EVERYTHING, number, shop.asha.ref)
    else:
        start.stop_session(EVERYTHING, shop.session().id, shop.asha.ref)
    states = [row.state for row in Message.select().where(Message.direction == "out").order_by(Message.id)]
    assert states == ["sending", "failed", "failed", "failed"]


@pytest.mark.feature("FE-14")
def test_a_worker_that_was_taken_for_dead_changes_nothing_any_more(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine slept, or its clock jumped, while a step was slow."""
    others: list[FlowTurn] = []

    def taken_over() -> None:
        if not others:
            with frozen_at(now() + turns.STALE + timedelta(minutes=1)):
                turns.release_stale()
                other = turns.take()
                assert other is not None
                others.append(other)

    thinking(monkeypatch, taken_over)
    shop.on(graph(node("ai", "ai_answer"), node("ask", "ask_text", question="More?", save_as="x"), edges="start>ai ai>ask"))
    shop.hears("hi")
    assert (FlowTurn.get().state, FlowTurn.get().attempts, shop.said(), FlowStep.select().count()) == ("running", 2, [], 1)
    assert turns.put_back(FlowTurn(id=others[0].id, attempts=1), "too late") and FlowTurn.get().state == "running"

    take_turn(others[0])
    assert (FlowTurn.get().state, shop.session().node_id, shop.session().state) == ("done", "ask", "waiting")
    assert shop.said() == ["We open at ten", "More?"]


@pytest.mark.feature("FE-14")
def test_a_clock_that_is_set_back_holds_no_turn_up(shop: Shop) -> None:
    shop.on(ECHO)
    with frozen_at(now() + timedelta(days=400)):
        shop.hears("hi", play=False)
        shop.hears("hi", play=False, who="919812345679")
        first, second = turns.take(), turns.take()
        assert first is not None and second is not None and turns.put_back(first, "hindered")
    assert turns.take() is None
    turns.release_stale()
    assert shop.plays() == 2
    assert shop.said() == ["Go on", "Go on"]


@pytest.mark.feature("FE-14")
def test_a_flow_whose_timer_cannot_be_played_ends_and_a_person_is_told(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.on(graph(node("w", "delay", amount=1, unit="minutes"), node("m", "send_message", text="Hello"), edges="start>w w>m"))
    number = shop.hears()
    assert shop.session().state == "waiting"

    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(converse, "_keep", broken)
    moment = now() + timedelta(minutes=2)
    for _ in range(turns.MOST_ATTEMPTS + 1):
        with shop.at(moment):
            moment += timedelta(minutes=2)
    assert FlowTurn.select().where(FlowTurn.kind == "time").get().state == "failed"
    assert shop.session().state in ("ended", "failed")
    assert hold.is_held(number)


@pytest.mark.feature("FE-14")
def test_a_number_of_thirty_digits_is_kept(shop: Shop) -> None:
    shop.on(graph(node("v", "calculate", sum="99999999999999999999 * 99999999999", save_as="x"), node("m", "send_message", text="{{x}}"),
                  edges="start>v v>m"))  # fmt: skip
    shop.hears()
    assert FlowTurn.get().state == "done"
    assert len(shop.said()) == 1


@pytest.mark.feature("FE-14")
def test_the_first_words_after_a_flow_began_are_heard(shop: Shop) -> None:
    """Nothing was played a moment ago, and no trigger is on."""
    drawn = {**ECHO, "nodes": [node("start", "start", triggers=[]), *ECHO["nodes"][1:]]}
    flow_id = shop.on(drawn)
    number = shop.hears("nobody listens")
    start.start_flow(flow_id, EVERYTHING, shop.asha, conversation_id=str(number), to=None, variables={})
    shop.plays()
    assert shop.said() == ["Go on"]
    shop.hears("at once")
    assert shop.session().variables_json["last"] == "at once"


@pytest.mark.feature("FE-14")
def test_two_workers_send_each_webhook_once_however_slow_servers_are(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    moment = now()

    def slow(method: str, url: str, **request: Any) -> SimpleNamespace:
        nonlocal moment
        called.append(url)
        moment += timedelta(seconds=calling.TIMEOUT_S)
        if len(called) == 15:
            calling.send_due()  # another worker looks
        return SimpleNamespace(status=200)

    monkeypatch.setattr(outbound, "request", slow)
    monkeypatch.setattr(claims, "now", lambda: moment)
    worker.huey.immediate = False
    with transaction():
        for number in range(20):
            calls.queue_call(f"https://shop.example/{number}", {}, "{}")
    calling.send_due()
    assert sorted(called) == sorted(set(called)) and len(called) == 20
