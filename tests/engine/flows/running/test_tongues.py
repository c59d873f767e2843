"""Customers of different languages, live: words, taps, templates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.flows.talk import KABIR, Shop, graph, node
from tests.engine.message_templates.planting import plant
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.inbox.models import Message

pytestmark = pytest.mark.feature("FE-28")
ASK = node(
    "ask", "send_buttons", text="Delivery today?", buttons=[{"id": "y", "title": "Yes"}, {"id": "n", "title": "No"}], save_as="today"
)
HINDI = {
    "languages": {"main": "en", "others": ["hi"]},
    "texts": {
        "hi": {"ask": {"text": {"text": "आज भेजें?"}, "buttons.y.title": {"text": "हाँ"}}, "done": {"text": {"text": "ठीक है, {{today}}"}}}
    },
}


def speaks(language: str | None, who: str = KABIR) -> None:
    Contact.update(language=language).where(Contact.wa_id == who).execute()


def last() -> dict[str, Any]:
    row = Message.select().where(Message.direction == "out").order_by(Message.id.desc()).get()
    return dict(row.content_json)


def test_a_customer_who_reads_hindi_gets_hindi_and_goes_on_in_it(shop: Shop) -> None:
    chat = shop.hears("hi")
    speaks("hi-IN")
    shop.on({**graph(ASK, node("done", "send_message", text="Fine, {{today}}"), edges="start>ask ask.y>done"), **HINDI})

    shop.hears("नमस्ते")
    shop.hears("हाँ")

    assert shop.said(chat) == ["आज भेजें?", "ठीक है, Yes"]
    assert [one["reply"]["title"] for one in last_buttons()] == ["हाँ", "No"]


def test_another_customer_of_the_same_flow_gets_the_main_language(shop: Shop) -> None:
    shop.on({**graph(ASK, edges="start>ask"), **HINDI})

    assert shop.said(shop.hears("hi")) == ["Delivery today?"]


def test_whoever_chooses_a_language_in_the_flow_is_answered_in_it_at_once(shop: Shop) -> None:
    drawn = graph(
        node("set", "set_language", language="{{message.text}}"), node("done", "send_message", text="Fine"), edges="start>set set>done"
    )
    shop.on({**drawn, "languages": {"main": "en", "others": ["hi"]}, "texts": {"hi": {"done": {"text": {"text": "ठीक है"}}}}})

    assert shop.said(shop.hears("hi")) == ["ठीक है"]


@pytest.mark.parametrize(
    ("language", "others", "sent"),
    [("hi", ["hi"], "hi"), ("hi-IN", ["hi"], "hi"), ("ta", ["ta"], "en"), ("hi", [], "en"), (None, ["hi"], "en")],
)
def test_a_template_goes_out_in_the_customers_language_where_it_may(shop: Shop, language: str | None, others: list[str], sent: str) -> None:
    for code, status in (("en", "approved"), ("hi", "approved"), ("ta", "rejected")):
        plant("ready", language=code, status=status)
    shop.hears("hi")
    speaks(language)
    drawn = graph(node("it", "send_template", name="ready", language="en"), edges="start>it")
    shop.on({**drawn, "languages": {"main": "en", "others": others}})

    shop.hears("hello")

    assert last()["language"]["code"] == sent


def last_buttons() -> list[dict[str, Any]]:
    rows = Message.select().where(Message.direction == "out", Message.type == "interactive")
    return list(rows.get().content_json["action"]["buttons"])
