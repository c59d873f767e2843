"""Where one of us answers, nothing speaks of itself any more: neither what a flow has queued, nor what it is about to say."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.flows.nodes.test_ai_story import use
from tests.engine.flows.talk import KABIR, Shop, conversation, graph, node
from tests.engine.inbox.meta import body, delivers
from tests.models import a_model
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.play.executor import Player
from wablast_box.engine.flows.running import listen
from wablast_box.engine.inbox.events import MessageReceived
from wablast_box.engine.inbox.models import Message, Priority
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.outbox.answer import answer
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.lib import worker
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction

pytestmark = pytest.mark.feature("AI-10")
TWO = graph(node("a", "send_message", text="One"), node("b", "send_message", text="Two"), edges="start>a a>b")
ASKS = graph(node("a", "send_message", text="One"), node("b", "ask_text", question="Two?", save_as="x"), edges="start>a a>b")
HERE: dict[str, Any] = {"type": "text", "text": {"body": "I am here"}}


@pytest.fixture(autouse=True)
def quiet(box: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """No bell is heard: what is queued waits."""
    monkeypatch.setattr(worker.huey, "immediate", False)


def states() -> list[tuple[str, str]]:
    rows = Message.select().where(Message.direction == "out").order_by(Message.id)
    return [(str(row.text), str(row.state)) for row in rows]


@pytest.mark.parametrize("drawn", [TWO, ASKS], ids=["the flow is over", "the flow waits"])
def test_what_a_flow_has_queued_does_not_leave_after_a_persons_answer(shop: Shop, drawn: dict[str, Any]) -> None:
    shop.on(drawn)
    number = shop.hears("hi")
    assert {state for _, state in states()} == {"queued"}
    answer(EVERYTHING, shop.asha, number, HERE, key="once")
    answer(EVERYTHING, shop.asha, number, HERE, key="once")
    assert [state for _, state in states()] == ["failed", "failed", "queued"]
    assert {row.error_details for row in Message.select().where(Message.state == "failed")} == {"Why: a person answered."}


def test_it_is_withdrawn_with_the_answer_or_not_at_all(shop: Shop) -> None:
    shop.on(TWO)
    number = shop.hears("hi")
    with pytest.raises(ZeroDivisionError), transaction():
        answer(EVERYTHING, shop.asha, number, HERE, key=None)
        raise ZeroDivisionError
    assert states() == [("One", "queued"), ("Two", "queued")]


def test_others_and_what_answers_nobody_leave_all_the_same(shop: Shop) -> None:
    shop.on(TWO)
    number, other = shop.hears("hi"), shop.hears("hi", who="919800000002")
    for scope, priority in (("survey", Priority.FLOW), ("campaign", Priority.CAMPAIGN), ("api_key:3", Priority.PERSON)):
        send_message(number, parse_outbound(HERE), actor=scope, scope=scope, priority=priority)
    assert {state for _, state in states()} == {"queued"}  # a program is no person
    answer(EVERYTHING, shop.asha, number, HERE, key=None)
    left = Message.select().where(Message.direction == "out", Message.state == "queued")
    assert sorted((row.conversation.id == other, str(row.sender).partition(":")[0]) for row in left) == [
        (False, "api_key"), (False, "campaign"), (False, "survey"), (False, "user"), (True, "flow"), (True, "flow"),
    ]  # fmt: skip


def test_what_was_on_its_way_is_not_called_back(shop: Shop) -> None:
    shop.on(TWO)
    number = shop.hears("hi")
    Message.update(state="sending").where(Message.text == "One").execute()
    answer(EVERYTHING, shop.asha, number, HERE, key=None)
    assert states() == [("One", "sending"), ("Two", "failed"), ("I am here", "queued")]


@pytest.mark.parametrize("drawn", [TWO, ASKS], ids=["the flow is over", "the flow waits"])
def test_who_answers_on_the_shops_phone_is_not_talked_over_either(shop: Shop, drawn: dict[str, Any]) -> None:
    shop.on(drawn)
    number = shop.hears("hi")
    moment = str(int(now().timestamp()))
    said = {"from": "919812340000", "to": KABIR, "id": "wamid.OURS", "timestamp": moment, "type": "text", "text": {"body": "I am here"}}
    delivers(body({"message_echoes": [said]}, field="smb_message_echoes"))
    row = Message.get(Message.wamid == "wamid.OURS")
    event = MessageReceived(row.id, row.conversation.id, row.type)
    assert listen.concerns_flows(event)
    listen.hear(event)
    shop.plays()
    assert [state for _, state in states()][:2] == ["failed", "failed"]
    assert hold.is_held(number) == (drawn is ASKS)


def test_who_answers_while_a_model_thinks_is_not_talked_over(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(player: Player) -> None:
        answer(EVERYTHING, shop.asha, conversation().id, HERE, key=None)
        play_slow(player)

    play_slow = Player.play_slow
    monkeypatch.setattr(Player, "play_slow", meanwhile)
    with a_model("We open at ten.") as model:
        use(shop, model)
        shop.on(graph(node("it", "ai_answer"), node("m", "send_message", text="Anything else?"), edges="start>it it>m it.error>m"))
        number = shop.hears("When do you open?")
    assert (len(model.asked), shop.said()) == (1, ["I am here"])
    assert (shop.session().state, shop.session().reason, hold.is_held(number)) == ("ended", "a person took over", True)


def test_who_answers_just_after_a_model_did_takes_its_words_back(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(player: Player) -> None:
        play_slow(player)
        answer(EVERYTHING, shop.asha, conversation().id, HERE, key=None)

    play_slow = Player.play_slow
    monkeypatch.setattr(Player, "play_slow", meanwhile)
    with a_model("We open at ten.") as model:
        use(shop, model)
        shop.on(graph(node("it", "ai_answer"), node("m", "send_message", text="Anything else?"), edges="start>it it>m"))
        shop.hears("When do you open?")
    assert states() == [("We open at ten.", "failed"), ("I am here", "queued")]
    assert shop.session().reason == "a person took over"
