"""What a session keeps: its variables through every wait, the trail of its steps, its timers through a restart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.engine.flows.acting.servers import answers, listed, server
from tests.engine.flows.talk import Shop, conversation, graph, node
from wablast_box.engine.desk.triage import actions
from wablast_box.engine.desk.triage.events import ConversationStateChanged
from wablast_box.engine.desk.triage.perform import perform_one
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.keeping import hold, turns
from wablast_box.engine.flows.models import FlowSession, FlowStep, FlowTurn
from wablast_box.engine.flows.play.executor import Player
from wablast_box.engine.flows.rehearsal.play import play
from wablast_box.engine.flows.running import listen, start
from wablast_box.engine.flows.running.wake import wake_due
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.inbox.thread.models import ConversationActivity
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.engine.settings import store
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Conflict

TWO = graph(
    node("a", "ask_text", question="Size?", save_as="size"),
    node("b", "ask_text", question="Colour?", save_as="colour", wait_minutes=30),
    node("m", "send_message", text="{{size}} in {{colour}}"),
    node("late", "send_message", text="{{size}}, later"),
    edges="start>a a>b b>m b.timeout>late",
)
NAME = graph(
    node("ask", "ask_text", question="What is your name?", save_as="their_name"),
    node("m", "send_message", text="Hi"),
    edges="start>ask ask>m",
)


@pytest.mark.feature("FE-06")
def test_variables_outlive_every_wait_and_belong_to_one_conversation(shop: Shop) -> None:
    shop.on(TWO)
    one, other = shop.hears("hi"), shop.hears("hi", who="919800000002")
    shop.hears("M")
    shop.hears("L", who="919800000002")
    turns.release_all()
    shop.hears("red")
    shop.hears("blue", who="919800000002")
    assert (shop.said(one)[-1], shop.said(other)[-1]) == ("M in red", "L in blue")


@pytest.mark.feature("FE-10")
def test_each_step_says_what_it_heard_what_it_made_and_how_long_it_took(shop: Shop) -> None:
    shop.on(graph(
        node("ask", "ask_text", question="Size?", save_as="size"), node("none", "update_contact_field", field="colour", value="red"),
        node("m", "send_message", text="ok"), edges="start>ask ask>none none.error>m",
    ))  # fmt: skip
    before = now()
    shop.hears("hi")
    shop.hears("M")
    rows = list(FlowStep.select().order_by(FlowStep.number))
    assert [(row.number, row.node_id, row.node_type, row.outcome) for row in rows] == [
        (1, "start", "start", "next"), (2, "ask", "ask_text", "wait"), (3, "ask", "ask_text", "next"),
        (4, "none", "update_contact_field", "error"), (5, "m", "send_message", "next"),
    ]  # fmt: skip
    assert rows[2].input_json == {"answer": {"kind": "reply", "type": "text", "text": "M"}}
    assert rows[2].output_json == {"size": "M"}
    assert [row.error for row in rows] == [None, None, None, "There is no field “colour”.", None]
    assert all(row.duration_us > 0 and row.started_at >= before - timedelta(seconds=1) for row in rows)


@pytest.mark.feature("FE-10")
def test_what_a_flow_was_begun_with_stands_in_its_first_step(shop: Shop) -> None:
    number = shop.on(NAME)
    start.start_flow(number, EVERYTHING, shop.asha, conversation_id=None, to="919800000002", variables={"order": 7})
    shop.plays()
    assert FlowStep.get(FlowStep.number == 1).input_json == {"variables": {"order": 7}}


@pytest.mark.feature("FE-13")
def test_a_message_that_had_to_wait_is_not_overtaken_by_the_next(shop: Shop) -> None:
    shop.on(TWO)
    shop.hears("hi")
    shop.hears("first", play=False)
    shop.hears("second", play=False)
    turn = turns.take()
    assert turn is not None and turns.put_back(turn, "the disk was full")
    assert turns.take() is None
    with frozen_at(now() + timedelta(minutes=1)):
        shop.plays()
    assert shop.said()[-1] == "first in second"


@pytest.mark.feature("FE-13")
def test_while_one_is_answered_the_next_of_the_same_customer_is_not_begun(shop: Shop) -> None:
    shop.on(NAME)
    shop.hears("hi", play=False)
    shop.hears("again", play=False)
    shop.hears("hi", who="919800000002", play=False)
    first, second = turns.take(), turns.take()
    assert first is not None and second is not None
    assert first.conversation_id != second.conversation_id, "another customer does not wait"
    assert turns.take() is None


@pytest.mark.feature("FE-14")
def test_a_wait_whose_time_comes_while_the_box_is_off_is_over_when_it_is_back(shop: Shop) -> None:
    shop.on(TWO)
    shop.hears("hi")
    shop.hears("M")
    with frozen_at(now() + timedelta(hours=3)):
        turns.release_all()
        assert (wake_due(), wake_due()) == (1, 0)
        shop.plays()
    assert shop.said()[2:] == ["M, later"]


@pytest.mark.feature("FE-14")
@pytest.mark.parametrize(("method", "asked", "said"), [("POST", 1, "somebody looks into it"), ("PUT", 2, "paid")])
def test_what_was_asked_of_another_system_when_the_box_died_is_asked_again_only_if_that_does_no_harm(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, method: str, asked: int, said: str
) -> None:
    def dies(player: Player) -> None:
        play_slow(player)
        raise KeyboardInterrupt

    play_slow = Player.play_slow
    with server(answers()) as till, listed(till):
        shop.on(graph(
            node("pay", "http_request", method=method, url=f"{till.url}/pay"), node("paid", "send_message", text="paid"),
            node("lost", "send_message", text="somebody looks into it"), edges="start>pay pay>paid pay.error>lost",
        ))  # fmt: skip
        monkeypatch.setattr(Player, "play_slow", dies)
        with pytest.raises(KeyboardInterrupt):
            shop.hears("hi")
        monkeypatch.setattr(Player, "play_slow", play_slow)
        FlowTurn.update(claimed_at=0).where(FlowTurn.state == "running").execute()
        turns.release_stale()
        shop.plays()
    assert (len(till.asked), shop.said()) == (asked, [said])


@pytest.mark.feature("FE-19")
def test_the_words_are_the_shops_own_in_any_script(shop: Shop) -> None:
    store.put("flow_words_agent", "manav, इंसान")
    store.put("flow_words_stop", "bas karo")
    store.put("flow_words_menu", "shuru se")
    shop.on(NAME)
    number = shop.hears("hi")
    shop.hears("Bas karo!")
    assert (shop.session().state, shop.session().reason) == ("ended", "the customer stopped it")
    shop.hears("hi")
    shop.hears("SHURU SE")
    assert shop.said() == ["What is your name?"] * 3
    shop.hears("agent")
    assert not hold.is_held(number), "the word that came with the box is a name now"
    shop.hears("hi")
    shop.hears("इंसान")
    assert hold.is_held(number) and conversation().state == "open"


@pytest.mark.feature("FE-20")
def test_no_flow_is_begun_for_somebody_where_a_person_answers_and_the_next_matter_is_the_bots_again(shop: Shop) -> None:
    flow = shop.on(NAME)
    number = shop.hears("hi")
    hold.hold_bot(EVERYTHING, number, shop.asha.ref)
    with pytest.raises(Conflict):
        start.start_flow(flow, EVERYTHING, shop.asha, conversation_id=str(number), to=None, variables={})
    perform_one(actions.resolve(), number, EVERYTHING, shop.asha.ref)
    event = ConversationStateChanged(number, "open", "resolved")
    assert listen.is_resolved(event)
    listen.let_go(event)
    shop.hears("hi")
    assert shop.said() == ["What is your name?"] * 2


@pytest.mark.feature("FE-20")
@pytest.mark.feature("IN-18")
@pytest.mark.feature("AI-10")
def test_who_answers_on_the_shops_phone_has_taken_over_too(shop: Shop) -> None:
    shop.on(NAME)
    number = shop.hears("hi")
    send_message(number, parse_outbound({"type": "text", "text": {"body": "I am here"}}), actor="phone_app", scope="phone")
    shop.hears("Kabir")
    assert (shop.session().reason, hold.is_held(number)) == ("a person took over", True)
    assert Message.select().where(Message.sender.startswith("flow:")).count() == 1


@pytest.mark.feature("IN-18")
def test_taking_a_conversation_ends_what_is_played_at_once(shop: Shop) -> None:
    shop.on(TWO)
    shop.hears("hi")
    number = shop.hears("M")
    hold.hold_bot(EVERYTHING, number, shop.asha.ref)
    assert (shop.session().state, shop.session().reason) == ("ended", "a person took over")
    with shop.at(now() + timedelta(hours=1)):
        assert FlowTurn.select().where(FlowTurn.kind == "time").count() == 0
    assert FlowSession.select().count() == 1


@pytest.mark.feature("IN-18")
@pytest.mark.feature("AI-10")
def test_who_takes_over_while_another_system_is_asked_is_not_talked_over(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(player: Player) -> None:
        play_slow(player)
        hold.hold_bot(EVERYTHING, conversation().id, shop.asha.ref)

    play_slow = Player.play_slow
    monkeypatch.setattr(Player, "play_slow", meanwhile)
    with server(answers()) as shop_system, listed(shop_system):
        ask = node("ask", "http_request", url=f"{shop_system.url}/stock")
        shop.on(graph(ask, node("m", "send_message", text="It is there"), edges="start>ask ask>m"))
        shop.hears("hi")
    assert (len(shop_system.asked), shop.said(), shop.session().reason) == (1, [], "a person took over")
    assert FlowStep.select().where(FlowStep.node_id == "m").count() == 0


@pytest.mark.feature("AI-10")
def test_with_the_matter_done_a_flow_begins_again(shop: Shop) -> None:
    number = shop.hears("is anybody there?")
    send_message(number, parse_outbound({"type": "text", "text": {"body": "Yes!"}}), actor=shop.asha.ref, scope=shop.asha.ref)
    shop.on(NAME)
    shop.hears("thanks")
    assert shop.said() == ["Yes!"]
    perform_one(actions.resolve(), number, EVERYTHING, shop.asha.ref)
    shop.hears("hi")
    assert shop.said() == ["Yes!", "What is your name?"]


@pytest.mark.feature("FE-20")
@pytest.mark.feature("IN-18")
def test_the_thread_says_who_stopped_the_bot_and_who_let_it_go_on(shop: Shop) -> None:
    shop.on(NAME)
    number = shop.hears("hi")
    hold.hold_bot(EVERYTHING, number, shop.asha.ref)
    hold.hold_bot(EVERYTHING, number, shop.asha.ref)
    hold.resume_bot(EVERYTHING, number, shop.asha.ref)
    hold.resume_bot(EVERYTHING, number, shop.asha.ref)
    said = [(row.kind, row.actor) for row in ConversationActivity.select().order_by(ConversationActivity.id) if "bot" in row.kind]
    assert said == [("bot_stopped", shop.asha.ref), ("bot_resumed", shop.asha.ref)]


@pytest.mark.feature("FE-04")
def test_a_rehearsal_refuses_what_whatsapp_would_refuse(shop: Shop) -> None:
    drawn = graph(node("m", "send_message", text="{{nobody}}"), node("sorry", "send_message", text="sorry"), edges="start>m m.error>sorry")
    rehearsed = play(parse_graph(drawn), ["hi"], begin=now())
    shop.on(drawn)
    shop.hears("hi")
    assert [one["message"]["text"]["body"] for one in rehearsed.replies] == shop.said() == ["sorry"]
    assert [(one["node_id"], one["outcome"]) for one in rehearsed.steps] == shop.steps()


@pytest.mark.feature("FE-07")
def test_a_text_knows_the_customer_the_shop_the_flow_and_what_was_said(shop: Shop) -> None:
    store.put("business_name", "Asha Sarees")
    shop.on(graph(
        node("m", "send_message", text="{{contact.first_name}} {{contact.phone}}, {{business.name}}, {{flow.name}}: {{message.text}}"),
        edges="start>m",
    ))  # fmt: skip
    shop.hears("hi")
    assert shop.said() == ["Kabir +919812345678, Asha Sarees, Welcome: hi"]
