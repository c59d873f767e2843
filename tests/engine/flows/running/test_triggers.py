"""What begins a flow: words, first messages, taps, advertisements, other systems."""

from __future__ import annotations

import pytest

from tests.engine.flows.running.test_quick_answers import quick
from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.running import start
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.lib.errors import Conflict, NotFound


@pytest.mark.feature("FT-02")
def test_the_more_exact_trigger_wins(shop: Shop) -> None:
    shop.on(graph(node("m", "send_message", text="anything"), edges="start>m"), "Any")
    shop.on(graph(node("m", "send_message", text="prices"), edges="start>m", trigger={"kind": "keyword", "words": "price, rate"}), "Prices")
    shop.on(graph(node("m", "send_message", text="welcome"), edges="start>m", trigger={"kind": "first_message"}), "First")
    shop.hears("hello")
    shop.hears("Price")
    shop.hears("hello")
    assert shop.said() == ["welcome", "prices", "anything"]


@pytest.mark.feature("FT-01")
@pytest.mark.parametrize(
    ("match", "words", "said", "begins"),
    [
        ("exact", "order", "Order!", True), ("exact", "order", "my order", False), ("contains", "order", "where is my ORDER?", True),
        ("contains", "order status", "status of order", False), ("starts_with", "book", "book a table", True), ("regex", "^\\d{4}$", "1234", True),
        ("regex", "^\\d{4}$", "12345", False), ("exact", "chahiye", "chaahiye", True), ("exact", "booking", "bookng", True), ("exact", "hi", "ho", False),
    ],
)  # fmt: skip
def test_keywords_are_found_as_people_type_them(shop: Shop, match: str, words: str, said: str, begins: bool) -> None:
    shop.on(graph(node("m", "send_message", text="yes"), edges="start>m", trigger={"kind": "keyword", "words": words, "match": match}))
    shop.hears(said)
    assert shop.said() == (["yes"] if begins else [])


@pytest.mark.feature("IN-44")
@pytest.mark.parametrize("older_first", [True, False])
@pytest.mark.parametrize(
    ("winner", "loser", "said"),
    [
        (("exact", "my price"), ("contains", "price"), "My price!"), (("exact", "price"), ("starts_with", "price"), "price"),
        (("starts_with", "price"), ("contains", "list"), "price list"), (("contains", "list"), ("regex", "^price.*"), "price list"),
        (("contains", "price list"), ("contains", "price"), "your price list?"), (("starts_with", "price list"), ("starts_with", "price"), "price list"),
        (("contains", "order"), ("contains", "orders"), "my order"), (("exact", "hi, prices"), ("exact", "price"), "prices"),
        (("exact", "price"), ("exact", "hi, prices"), "price"),
    ],
)  # fmt: skip
def test_among_equals_the_nearer_word_answers_whichever_flow_is_older(
    shop: Shop, winner: tuple[str, str], loser: tuple[str, str], said: str, older_first: bool
) -> None:
    flows_of = [("right", winner), ("wrong", loser)]
    for name, (match, words) in flows_of if older_first else reversed(flows_of):
        shop.on(graph(node("m", "send_message", text=name), edges="start>m", trigger={"kind": "keyword", "words": words, "match": match}))
    shop.hears(said)
    assert shop.said() == ["right"]


@pytest.mark.feature("IN-44")
def test_of_words_that_are_as_near_the_older_flow_answers_also_when_it_is_published_anew(shop: Shop) -> None:
    older = shop.on(quick("price", "older"), "Older")
    shop.on(quick("offer", "newer"), "Newer")
    publish.publish(older, shop.asha)
    shop.hears("price of the offer")
    assert shop.said() == ["older"]


@pytest.mark.feature("FT-04")
def test_the_flow_of_one_advertisement_goes_before_the_one_for_all(shop: Shop) -> None:
    shop.on(graph(node("m", "send_message", text="Any ad"), edges="start>m", trigger={"kind": "ad"}))
    shop.on(graph(node("m", "send_message", text="This ad"), edges="start>m", trigger={"kind": "ad", "value": "1234"}))
    shop.hears(
        "hi", referral={"source_url": "https://fb.me/x", "source_type": "ad", "source_id": "1234", "headline": "Sarees", "body": "New"}
    )
    assert shop.said() == ["This ad"]


@pytest.mark.feature("FT-03")
def test_a_quick_reply_of_a_template_begins_the_flow_that_its_payload_names(shop: Shop) -> None:
    shop.on(graph(node("m", "send_message", text="Your offer"), edges="start>m", trigger={"kind": "button", "value": "OFFER"}))
    shop.hears("", type="button", button={"payload": "OTHER", "text": "Show"})
    assert shop.said() == []
    shop.hears("", type="button", button={"payload": "OFFER", "text": "Show"})
    assert shop.said() == ["Your offer"]


@pytest.mark.feature("FT-04")
@pytest.mark.parametrize(("wanted", "begins"), [("", True), ("1234", True), ("9", False)])
def test_who_comes_from_an_advertisement_is_met_by_its_flow(shop: Shop, wanted: str, begins: bool) -> None:
    shop.on(graph(node("m", "send_message", text="From our ad"), edges="start>m", trigger={"kind": "ad", "value": wanted}))
    shop.hears("hi")
    assert shop.said() == []
    referral = {"source_url": "https://fb.me/x", "source_type": "ad", "source_id": "1234", "headline": "Sarees", "body": "New"}
    shop.hears("tell me more", who="919800000777", referral=referral)
    assert shop.said() == (["From our ad"] if begins else [])


@pytest.mark.feature("FT-06")
def test_another_system_begins_a_flow_with_values_of_its_own(shop: Shop) -> None:
    flow_id = shop.on(graph(node("m", "ask_text", question="Order {{order}} is ready. Coming today?", save_as="a"), edges="start>m"))
    number = shop.hears("x", who="919800000778")
    hold.hold_bot(EVERYTHING, number, shop.asha.ref)
    with pytest.raises(Conflict, match="A person answers"):
        start.start_flow(flow_id, EVERYTHING, shop.asha, conversation_id=str(number), to=None, variables={})
    hold.resume_bot(EVERYTHING, number, shop.asha.ref)
    start.start_flow(flow_id, EVERYTHING, shop.asha, conversation_id=None, to="919800000778", variables={"order": 77})
    shop.plays()
    assert shop.said(number)[-1] == "Order 77 is ready. Coming today?"
    flows.change_flow(flow_id, shop.asha, is_on=False)
    with pytest.raises(NotFound):
        start.start_flow(flow_id, EVERYTHING, shop.asha, conversation_id=str(number), to=None, variables={})
