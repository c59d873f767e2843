"""Answers to words: two steps each, as the flows list makes them without drawing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.flows.talk import Shop
from wablast_box.lib.errors import Invalid


def quick(words: str, reply: str, match: str = "contains", priority: int = 0) -> dict[str, Any]:
    """What the interface draws (features/flows/list/quick.ts)."""
    trigger = {"id": "words", "kind": "keyword", "words": words, "match": match, "priority": priority}
    return {
        "nodes": [
            {"id": "start", "type": "start", "version": 1, "data": {"triggers": [trigger]}},
            {"id": "answer", "type": "send_message", "version": 1, "data": {"text": reply}},
        ],
        "edges": [{"from": "start", "output": "next", "to": "answer"}],
        "layout": {},
    }


@pytest.mark.feature("IN-44")
def test_words_are_answered_by_how_they_are_said_and_by_priority(shop: Shop) -> None:
    shop.on(quick("price, rate", "From ₹999", "contains"), "Price")
    shop.on(quick("hi", "Hello {{contact.first_name}}", "exact"), "Hi")
    shop.on(quick("order", "Which order?", "starts_with"), "Order")
    shop.on(quick("^#\\d{4}$", "Looking it up", "regex"), "Number")
    shop.on(quick("wholesale price", "Ask for our list", "contains", priority=5), "Wholesale")

    for words in ("what is the RATE?", "Hi!", "hi there", "order is late", "my order", "#1234", "wholesale price please"):
        shop.hears(words)

    assert shop.said() == ["From ₹999", "Hello Kabir", "Which order?", "Looking it up", "Ask for our list"]


@pytest.mark.feature("IN-44")
def test_two_answers_to_the_same_words_are_refused_unless_one_has_priority(shop: Shop) -> None:
    shop.on(quick("price", "one"), "One")
    with pytest.raises(Invalid, match="also starts “One”"):
        shop.on(quick("Price", "two"), "Two")
    shop.on(quick("price", "three", priority=1), "Three")

    shop.hears("price")

    assert shop.said() == ["three"]
