"""A published flow answers customers: once, in order, and never beside a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from peewee import IntegrityError

from tests.engine.flows.talk import KABIR, Shop, conversation, graph, node
from wablast_box.engine.contacts.fields import define
from wablast_box.engine.flows import read
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.keeping import hold, sessions, turns
from wablast_box.engine.flows.models import FlowSession, FlowTurn
from wablast_box.engine.flows.running import start
from wablast_box.engine.flows.running.wake import wake_due
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.outbox.answer import answer
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Conflict

NAME = graph(
    node("ask", "ask_text", question="What is your name?", save_as="their_name"),
    node("greet", "send_message", text="Hello {{their_name}}!"),
    edges="start>ask ask>greet",
)


def its_worker_died() -> None:
    """Whoever took a turn took it long ago, and the schedule has looked since."""
    FlowTurn.update(claimed_at=0).where(FlowTurn.state == "running").execute()
    turns.release_stale()


@pytest.mark.feature("FE-06")
def test_a_flow_asks_waits_and_goes_on_with_the_answer(shop: Shop) -> None:
    shop.on(NAME)
    number = shop.hears("hi")
    assert shop.said() == ["What is your name?"]
    assert (shop.session().state, shop.session().node_id) == ("waiting", "ask")
    shop.hears("Kabir")
    assert shop.said(number) == ["What is your name?", "Hello Kabir!"]
    assert (shop.session().state, shop.session().variables_json["their_name"]) == ("ended", "Kabir")
    assert {row.sender for row in Message.select().where(Message.direction == "out")} == {f"flow:{shop.session().flow_id}"}


@pytest.mark.feature("FE-10")
def test_every_step_is_a_row_with_what_went_in_and_came_out(shop: Shop) -> None:
    shop.on(NAME)
    shop.hears("hi")
    shop.hears("Kabir")
    assert shop.steps() == [("start", "next"), ("ask", "wait"), ("ask", "next"), ("greet", "next")]


@pytest.mark.feature("FE-14")
def test_a_stored_message_is_answered_once_however_often_it_is_heard(shop: Shop) -> None:
    shop.on(NAME)
    shop.hears("hi")
    turn = FlowTurn.get()
    assert not turns.add(turn.conversation_id, "message", turn.ref, turn.body_json)
    assert shop.plays() == 0
    assert len(shop.said()) == 1


@pytest.mark.feature("FE-13")
def test_messages_that_come_while_one_is_answered_wait_and_are_taken_in_order(shop: Shop) -> None:
    shop.on(
        graph(
            node("a", "ask_text", question="First?", save_as="first"),
            node("b", "ask_text", question="Second?", save_as="second"),
            edges="start>a a>b",
        )
    )
    for words in ("hi", "one", "two"):
        shop.hears(words, play=False)
    assert shop.plays() == 3
    assert shop.session().variables_json == {"first": "one", "second": "two"}


@pytest.mark.feature("FE-12")
def test_one_session_is_played_in_a_conversation(shop: Shop) -> None:
    flow_id = shop.on(NAME)
    number = shop.hears("hi")
    with pytest.raises(IntegrityError):
        sessions.open_session(flow_id, sessions.live_version(flow_id), number, started_by="test", seen=0, variables={})


@pytest.mark.feature("FE-14")
def test_a_turn_is_taken_by_one_worker_and_freed_when_that_dies(shop: Shop) -> None:
    shop.on(NAME)
    shop.hears("hi", play=False)
    assert turns.take() is not None
    shop.hears("again", play=False)
    assert turns.take() is None, "the same customer's next message waits"
    its_worker_died()
    assert shop.plays() == 2


@pytest.mark.feature("FE-14")
def test_what_a_crash_interrupts_is_played_again_whole_and_sent_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.on(NAME)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(turns, "done", dies)
    with pytest.raises(KeyboardInterrupt):
        shop.hears("hi")
    monkeypatch.undo()
    assert shop.said() == [] and FlowSession.select().count() == 0
    its_worker_died()
    shop.plays()
    assert shop.said() == ["What is your name?"]


@pytest.mark.feature("FE-20")
def test_a_person_who_writes_ends_the_flow_and_the_bot_is_quiet_until_it_may_again(shop: Shop) -> None:
    shop.on(NAME)
    number = shop.hears("hi")
    answer(EVERYTHING, shop.asha, number, {"type": "text", "text": {"body": "I am here"}}, key=None)
    shop.hears("Kabir")
    assert shop.said() == ["What is your name?", "I am here"]
    assert (shop.session().state, shop.session().reason) == ("ended", "a person took over")
    hold.resume_bot(EVERYTHING, number, shop.asha.ref)
    assert not hold.is_held(number)


@pytest.mark.feature("IN-18")
def test_after_a_hand_off_no_flow_sends_anything(shop: Shop) -> None:
    shop.on(NAME)
    number = shop.hears("hi")
    hold.hold_bot(EVERYTHING, number, shop.asha.ref)
    shop.hears("Kabir")
    shop.hears("hi")
    assert shop.said() == ["What is your name?"]
    hold.resume_bot(EVERYTHING, number, shop.asha.ref)
    shop.hears("hi")
    assert shop.said()[-1] == "What is your name?" and len(shop.said()) == 2


@pytest.mark.feature("AI-10")
def test_no_flow_begins_where_a_person_is_answering(shop: Shop) -> None:
    number = shop.hears("is anybody there?")
    answer(EVERYTHING, shop.asha, number, {"type": "text", "text": {"body": "Yes!"}}, key=None)
    shop.on(NAME)
    shop.hears("thanks")
    assert shop.said() == ["Yes!"]


@pytest.mark.feature("FE-15")
def test_a_wait_that_is_over_goes_on_by_its_own_way_once(shop: Shop) -> None:
    shop.on(
        graph(
            node("ask", "ask_text", question="Still there?", save_as="x", wait_minutes=30),
            node("bye", "send_message", text="Write again when you like."),
            edges="start>ask ask.timeout>bye",
        )
    )
    shop.hears("hi")
    assert wake_due() == 0
    with shop.at(now() + timedelta(minutes=31)):
        assert wake_due() == 0
    assert shop.said()[-1] == "Write again when you like."
    assert shop.session().state == "ended"


@pytest.mark.feature("FE-02")
def test_a_session_finishes_on_the_version_it_began_with(shop: Shop) -> None:
    flow_id = shop.on(NAME)
    shop.hears("hi")
    other = graph(node("greet", "send_message", text="New words"), edges="start>greet")
    flows.save_draft(flow_id, other, shop.asha)
    publish.publish(flow_id, shop.asha)
    shop.hears("Kabir")
    assert shop.said()[-1] == "Hello Kabir!"
    shop.hears("hi")
    assert shop.said()[-1] == "New words"
    assert [one["number"] for one in publish.versions(flow_id)] == [2, 1]
    assert publish.restore(flow_id, 1, shop.asha)["graph"] == NAME


@pytest.mark.feature("FE-19")
@pytest.mark.parametrize(
    ("words", "state", "reason"), [("cancel", "ended", "the customer stopped it"), ("Agent!", "ended", "the customer asked for a person")]
)
def test_words_that_are_known_anywhere(shop: Shop, words: str, state: str, reason: str) -> None:
    shop.on(NAME)
    number = shop.hears("hi")
    shop.hears(words)
    assert (shop.session().state, shop.session().reason) == (state, reason)
    assert hold.is_held(number) == (words != "cancel")


@pytest.mark.feature("FE-19")
def test_menu_begins_anew(shop: Shop) -> None:
    shop.on(NAME)
    shop.hears("hi")
    shop.hears("MENU")
    assert shop.said() == ["What is your name?"] * 2
    assert FlowSession.select().where(FlowSession.state == "waiting").count() == 1


@pytest.mark.feature("FE-11")
@pytest.mark.feature("FE-21")
def test_a_flow_that_goes_in_circles_is_stopped_and_a_person_told(shop: Shop) -> None:
    shop.on(graph(node("a", "send_message", text="round"), node("b", "send_message", text="and round"), edges="start>a a>b b>a"))
    number = shop.hears("hi")
    assert shop.session().state == "failed" and len(shop.said()) <= 5
    assert hold.is_held(number)
    assert conversation(KABIR).state == "open"


@pytest.mark.feature("FN-30")
def test_what_a_step_changes_of_the_customer_the_next_one_sees(shop: Shop) -> None:
    define.add_field("City", "text", None, actor=shop.asha)
    shop.on(
        graph(
            node("set", "update_contact_field", field="City", value="Pune"),
            node("say", "send_message", text="You are in {{contact.fields.city}}"),
            edges="start>set set>say",
        )
    )
    shop.hears("hi")
    assert shop.said() == ["You are in Pune"]


@pytest.mark.feature("FN-41")
def test_another_system_lets_a_waiting_flow_go_on_once(shop: Shop) -> None:
    shop.on(
        graph(
            {"id": "wait", "type": "wait_until", "data": {"kind": "webhook", "save_as": "paid"}},
            node("say", "send_message", text="Paid {{paid.amount}}"),
            edges="start>wait wait>say",
        )
    )
    shop.hears("hi")
    number = shop.session().id
    start.resume_session(EVERYTHING, number, {"amount": 450})
    shop.plays()
    assert shop.said() == ["Paid 450"]
    with pytest.raises(Conflict):
        start.resume_session(EVERYTHING, number, {"amount": 450})


@pytest.mark.feature("IN-36")
def test_what_the_flow_found_out_stands_beside_the_conversation(shop: Shop) -> None:
    shop.on(NAME)
    number = shop.hears("hi")
    shop.hears("Kabir")
    known = hold.bot_of(EVERYTHING, number)
    assert (known["is_held"], known["session"]["is_active"]) == (False, False)
    assert (known["session"]["flow_name"], known["session"]["variables"]) == ("Welcome", {"their_name": "Kabir"})


@pytest.mark.feature("FE-31")
def test_a_called_flow_brings_its_values_back_and_each_keeps_its_own_counts(shop: Shop) -> None:
    asks = graph(
        node("ask", "ask_text", question="Which city?", save_as="city"), edges="start>ask", trigger={"kind": "keyword", "words": "zzz"}
    )
    other = shop.on(asks, "City")
    caller = graph(node("go", "go_to_flow", flow=str(other)), node("say", "send_message", text="So, {{city}}."), edges="start>go go>say")
    flow_id = shop.on(caller, "Caller")
    shop.hears("hi")
    assert shop.said() == ["Which city?"]
    assert shop.session().version.number == 1 and shop.session().flow_id == flow_id
    shop.hears("Pune")
    assert shop.said()[-1] == "So, Pune."
    assert set(read.stats(flow_id)["nodes"]) == {"start", "go", "say"}
