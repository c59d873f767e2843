"""The button that calls the shop."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.engine.flows.nodes.conftest import messages, played, problems
from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.nodes.ringing import SendCallButton
from wablast_box.engine.inbox.models import Message
from wablast_box.lib.clock import now

pytestmark = pytest.mark.feature("FN-16")


def test_a_button_that_calls_is_sent_in_whatsapps_own_form(shop: Shop) -> None:
    shop.on(graph(node("call", "send_voice_call", text="Talk to us, {{contact.first_name}}", label="Call Asha"), edges="start>call"))
    shop.hears("hi")
    sent = Message.get(Message.direction == "out")

    assert sent.type == "interactive"
    assert sent.content_json == {
        "type": "voice_call", "body": {"text": "Talk to us, Kabir"},
        "action": {"name": "voice_call", "parameters": {"display_text": "Call Asha"}},
    }  # fmt: skip


def test_it_has_words_of_its_own_and_whatsapps_limits() -> None:
    assert messages(played([("send_voice_call", {"text": "Call"})]))[0]["interactive"]["action"]["parameters"] == {
        "display_text": "Call now"
    }
    assert problems("send_voice_call", {"text": "", "label": "x" * 21}) == ["text", "label"]
    long = messages(played([("send_voice_call", {"text": "{{contact.name}}", "label": "{{contact.name}}"})], contact={"name": "x" * 2000}))
    assert (len(long[0]["interactive"]["body"]["text"]), len(long[0]["interactive"]["action"]["parameters"]["display_text"])) == (1024, 20)
    assert SendCallButton.describe()["preview"] == {"body": "text", "call": "label"}


def test_it_needs_the_window_and_goes_by_error_when_it_is_closed(shop: Shop) -> None:
    drawn = graph(
        node("wait", "delay", amount=2, unit="days"), node("call", "send_voice_call", text="Call us"), node("note", "add_note", text="too late"),
        edges="start>wait wait>call call.error>note",
    )  # fmt: skip
    assert ("call", "window_closed") in [(one.node_id, one.code) for one in problems_of(drawn)]
    shop.on(drawn)
    shop.hears("hi")
    with shop.at(now() + timedelta(days=2, minutes=1)):
        assert shop.steps()[-2:] == [("call", "error"), ("note", "next")]
