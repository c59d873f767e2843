"""What a model wrote says so in the thread, wherever it is sent from; what the shop or the customer wrote does not."""

from __future__ import annotations

import pytest

from tests.engine.flows.nodes.test_ai_story import assistant, errors, use
from tests.engine.flows.talk import Shop, graph, node
from tests.models import a_model, wants
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.inbox.visibility import EVERYTHING


def written() -> list[tuple[str, str]]:
    """What was sent, and of what kind its writer is: as the thread shows it. All of it is by the flow “Hours”."""
    rows = Message.select(Message.id).where(Message.direction == "out").order_by(Message.id)
    views = [read.message(EVERYTHING, row.id) for row in rows]
    assert {view["sender"]["name"] for view in views} == {"Hours"}
    return [(view["text"], view["sender"]["kind"]) for view in views]


@pytest.mark.feature("AI-10")
def test_an_answer_of_a_model_says_so_also_where_it_is_filled_in_later(shop: Shop) -> None:
    with a_model("At ten.", "At eleven.", {"city": "Pune"}) as model:
        use(shop, model)
        drawn = graph(
            node("hello", "send_message", text="One moment"), node("it", "ai_answer"), node("kept", "ai_answer", send=False, save_as="said"),
            node("quotes", "send_message", text="We say: {{ said | trim }}"), node("more", "set_variable", name="more", value="{{said}} Come!"),
            node("asks", "ask_text", question="{{more}} Yes?", save_as="coming"), node("own", "set_variable", name="said", value="Fine."),
            node("mine", "send_message", text="{{said}} {{coming}}"), node("facts", "ai_extract", facts=[{"id": "1", "variable": "city"}]),
            node("city", "send_message", text="So {{city}}"),
            edges="start>hello hello>it it>kept kept>quotes quotes>more more>asks asks>own own>mine mine>facts facts>city",
        )  # fmt: skip
        shop.on(drawn, "Hours")
        shop.hears("When do you open?")
        shop.hears("yes")

    assert errors() == []
    assert written() == [
        ("One moment", "flow"), ("At ten.", "ai"), ("We say: At eleven.", "ai"), ("At eleven. Come! Yes?", "ai"), ("Fine. yes", "flow"),
        ("So Pune", "flow"),
    ]  # fmt: skip


@pytest.mark.feature("AI-10")
def test_a_translation_says_so_unless_the_text_stayed_as_it_was(shop: Shop) -> None:
    with a_model("Namaste", "") as model:
        use(shop, model)
        ends = "start>it it>m"
        shop.on(graph(node("it", "translate", text="Hello"), node("m", "send_message", text="{{translated}}"), edges=ends), "Hours")
        shop.hears("hi")
        shop.hears("hi")
    assert (errors(), written()) == ([], [("Namaste", "ai"), ("Hello", "flow")])


@pytest.mark.feature("AI-10")
def test_an_agents_words_are_a_models_and_all_of_it_is_the_flows_doing(shop: Shop) -> None:
    with a_model("Why?", wants("hand_off", "I will ask a colleague.", summary="A refund.")) as model:
        use(shop, model)
        flow = shop.on(assistant(), "Hours")
        shop.hears("I want my money back")
        shop.hears("It is torn")
    assert [kind for _, kind in written()] == ["ai", "ai", "flow"]
    assert {row.actor for row in Event.select().where(Event.name == "message.queued")} == {f"flow:{flow}"}
