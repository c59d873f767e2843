"""Templates over HTTP: looked through, drawn, read again from Meta, sent."""

from __future__ import annotations

import pytest

from tests.engine.message_templates.planting import ORDER, SAREES, card, plant
from tests.engine.outbox.sending import conversation
from tests.web.browser import Browser, code_of


def test_the_list_is_searched_and_says_how_fresh_it_is(ravi: Browser) -> None:
    plant("order_update", ORDER)
    plant("diwali_offer", category="marketing", status="paused", language="hi")

    found = ravi.get("/api/v1/templates?q=leaves").json()
    paused = ravi.get("/api/v1/templates?status=PAUSED&language=hi").json()

    assert [one["name"] for one in found["items"]] == ["order_update"]
    assert [one["name"] for one in paused["items"]] == ["diwali_offer"]
    assert paused["items"][0]["refusal"] == "Meta has paused this template for low quality."
    assert found["sync"]["synced_at"] is not None


def test_one_template_names_its_other_languages(ravi: Browser) -> None:
    row, hindi = plant("order_update", ORDER), plant("order_update", language="hi")

    shown = ravi.get(f"/api/v1/templates/{row.id}").json()

    assert shown["others"] == [{"id": str(hindi.id), "language": "hi", "status": "approved"}]
    assert [blank["key"] for blank in shown["blanks"] if blank["place"] == "body"] == ["1", "2"]


@pytest.mark.feature("IN-13")
def test_a_preview_shows_what_the_customer_would_read_and_what_is_missing(ravi: Browser) -> None:
    row = plant("order_update", ORDER)

    shown = ravi.post(f"/api/v1/templates/{row.id}/preview", json={"parameters": {"body": {"1": "Kabir"}}}).json()

    assert shown["rendered"]["body"] == "Hello Kabir, order {{2}} leaves today."
    assert not shown["sendable"]
    assert "2" in [blank["key"] for blank in shown["missing"] if blank["place"] == "body"]


def test_a_template_is_sent_by_its_id_and_its_blanks_are_named_with_their_fields(ravi: Browser) -> None:
    row = plant("order_update", ORDER)
    path = f"/api/v1/conversations/{conversation()}/messages"

    refused = ravi.post(path, json={"type": "template", "template_id": str(row.id)})

    assert (refused.status_code, code_of(refused)) == (422, "template_incomplete")
    assert "parameters.body.1" in [one["field"] for one in refused.json()["error"]["fields"]]


@pytest.mark.feature("TP-07")
def test_cards_are_shown_previewed_and_named_when_something_is_missing(ravi: Browser) -> None:
    row = plant("sarees", SAREES, category="marketing")
    products = plant("products", [SAREES[0], {"type": "CAROUSEL", "cards": [card(kind="PRODUCT")]}])
    silk = {"header": {"media": {"link": "https://shop.example/a.jpg"}}, "body": {"1": "Silk", "2": "₹4,200"}, "buttons": {"1": "silk"}}
    parameters = {"body": {"1": "Kabir"}, "cards": [silk, {**silk, "body": {"1": "Cotton"}}]}

    shown = ravi.get(f"/api/v1/templates/{row.id}").json()
    drawn = ravi.post(f"/api/v1/templates/{row.id}/preview", json={"parameters": parameters}).json()
    refused = ravi.post(
        f"/api/v1/conversations/{conversation()}/messages",
        json={"type": "template", "template_id": str(row.id), "parameters": parameters},
    )

    assert (shown["refusal"], len(shown["cards"])) == (None, 2)
    assert shown["cards"][1]["buttons"][1]["url"] == "https://shop.example/p/{{1}}"
    assert [blank["card"] for blank in shown["blanks"]] == [None, 0, 0, 0, 0, 1, 1, 1, 1]
    assert drawn["rendered"]["cards"][0]["body"] == "Silk for ₹4,200"
    assert [(one["field"], one["message"]) for one in drawn["problems"]] == [
        ("parameters.cards.1.body.2", "“{{2}}” in the text of card 2 is blank.")
    ]
    assert (refused.status_code, code_of(refused)) == (422, "template_incomplete")
    refusal = ravi.get(f"/api/v1/templates/{products.id}").json()["refusal"]
    assert refusal == "This template has cards with products, which cannot be filled in here."


def test_without_a_number_there_is_nothing_to_sync(bela: Browser) -> None:
    refused = bela.post("/api/v1/templates/sync")

    assert (refused.status_code, code_of(refused)) == (503, "not_connected")
