"""Nodes that say something."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Talk, error, messages, problems, texts, way


@pytest.mark.feature("FN-02")
def test_a_text_is_sent_with_its_values(talk: Talk) -> None:
    heard = talk(
        [("send_message", {"text": "Hi {{contact.first_name}}, you said {{message.text}}", "preview_url": True})],
        contact={"name": "Kabir M"},
    )

    assert messages(heard) == [{"type": "text", "text": {"body": "Hi Kabir, you said hi", "preview_url": True}}]
    assert heard.run.state == "ended"


@pytest.mark.feature("FN-02")
def test_a_text_that_grew_too_long_is_cut_and_an_empty_one_fails(talk: Talk) -> None:
    long = talk([("send_message", {"text": "{{contact.name}}" * 3})], contact={"name": "x" * 3000})
    empty = talk([("send_message", {"text": "{{nobody}}"}), ("end", {}), ("end", {"reason": "sorry"})], ways={"n1.error": "n3"})

    assert len(texts(long)[0]) == 4096
    assert (messages(empty), empty.run.reason) == ([], "sorry")
    assert "body" in error(empty)


@pytest.mark.feature("FN-03")
@pytest.mark.parametrize(
    ("data", "sent"),
    [
        ({"kind": "image", "media": "77", "caption": "For {{contact.first_name}}"}, {"image": {"media_id": "77", "caption": "For Asha"}}),
        (
            {"kind": "document", "link": "https://a.in/x.pdf", "filename": "Bill.pdf"},
            {"document": {"link": "https://a.in/x.pdf", "filename": "Bill.pdf"}},
        ),
        ({"kind": "audio", "media": "77"}, {"audio": {"media_id": "77"}}),
        ({"kind": "sticker", "media": "77"}, {"sticker": {"media_id": "77"}}),
    ],
)
def test_a_file_is_sent(talk: Talk, data: dict[str, Any], sent: dict[str, Any]) -> None:
    heard = talk([("send_media", data)])

    assert messages(heard) == [{"type": data["kind"], **sent}]
    assert problems("send_media", data) == []


@pytest.mark.feature("FN-03")
@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"kind": "image"}, ["media"]),
        ({"kind": "image", "media": "1", "link": "https://a.in"}, ["link"]),
        ({"kind": "image", "link": "ftp://a.in"}, ["link"]),
        ({"kind": "audio", "media": "1", "caption": "x"}, ["caption"]),
        ({"kind": "film", "media": "1"}, ["kind"]),
    ],
)
def test_a_file_that_cannot_be_sent_is_said_at_once(data: dict[str, Any], wrong: list[str]) -> None:
    assert problems("send_media", data) == wrong


@pytest.mark.feature("FN-10")
def test_a_voice_message_is_sent_as_one(talk: Talk) -> None:
    heard = talk([("send_voice", {"media": "77"})])

    assert messages(heard) == [{"type": "audio", "audio": {"media_id": "77", "voice": True}}]
    assert problems("send_voice", {}) == ["media"]


@pytest.mark.feature("FN-06")
def test_a_link_button_is_sent_with_values_encoded(talk: Talk) -> None:
    data = {"text": "Track it", "label": "Open {{contact.first_name}}'s parcel", "url": "https://a.in/?name={{contact.name}}"}
    heard = talk([("send_cta_url", data)], contact={"name": "Kabir & Sons"})
    action = messages(heard)[0]["interactive"]["action"]

    assert action["parameters"] == {"display_text": "Open Kabir's parcel", "url": "https://a.in/?name=Kabir%20%26%20Sons"}
    assert problems("send_cta_url", {**data, "url": "a.in", "label": "x" * 21}) == ["label", "url"]


@pytest.mark.feature("FN-06")
def test_an_address_may_begin_with_a_value(talk: Talk) -> None:
    heard = talk(
        [
            ("set_variable", {"name": "shop", "value": "https://a.in/x"}),
            ("send_cta_url", {"text": "t", "label": "l", "url": "{{shop}}/{{message.text}}?"}),
        ]
    )

    assert messages(heard)[0]["interactive"]["action"]["parameters"]["url"] == "https://a.in/x/hi?"


@pytest.mark.feature("FN-07")
def test_a_template_is_sent_with_values_of_every_part(talk: Talk) -> None:
    named = {"values": {"name": "{{contact.first_name}}", "header.1": "Diwali", "button.0": "o{{message.text}}"}}
    heard = talk([("send_template", {"name": "order_ready", "language": "hi", **named})])

    assert messages(heard) == [
        {
            "type": "template",
            "template": {
                "name": "order_ready",
                "language": {"code": "hi"},
                "components": [
                    {"type": "header", "parameters": [{"type": "text", "text": "Diwali"}]},
                    {"type": "body", "parameters": [{"type": "text", "parameter_name": "name", "text": "Asha"}]},
                    {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "ohi"}]},
                ],
            },
        }
    ]


@pytest.mark.feature("FN-07")
def test_numbered_values_stand_in_their_order_and_a_blank_one_fails(talk: Talk) -> None:
    heard = talk(
        [("send_template", {"name": "t", "values": {"10": "j", "2": "b", "1": "a"}, "header_media": "77", "header_kind": "document"})]
    )
    blank = talk([("send_template", {"name": "t", "values": {"1": "{{nobody}}"}})])
    header, body = messages(heard)[0]["template"]["components"]

    assert [one["text"] for one in body["parameters"]] == ["a", "b", "j"]
    assert header["parameters"] == [{"type": "document", "document": {"media_id": "77"}}]
    assert (messages(blank), blank.run.state) == ([], "failed")


@pytest.mark.feature("FN-08")
def test_a_place_is_sent(talk: Talk) -> None:
    heard = talk([("send_location", {"latitude": "19.076", "longitude": " 72.8777", "name": "Asha Sarees"})])

    assert messages(heard) == [{"type": "location", "location": {"latitude": 19.076, "longitude": 72.8777, "name": "Asha Sarees"}}]
    assert problems("send_location", {"latitude": "91", "longitude": "x"}) == ["latitude", "longitude"]
    assert way(talk([("send_location", {"latitude": "{{nobody}}", "longitude": "1"})])) == "error"


@pytest.mark.feature("FN-09")
def test_a_contact_card_is_sent(talk: Talk) -> None:
    heard = talk([("send_contact", {"name": "Ravi Kumar", "phone": "98123 45678", "email": "ravi@a.in", "company": "Asha Sarees"})])
    card = messages(heard)[0]["contacts"][0]

    assert card["name"] == {"formatted_name": "Ravi Kumar", "first_name": "Ravi"}
    assert card["phones"] == [{"phone": "+919812345678", "wa_id": "919812345678", "type": "WORK"}]
    assert way(talk([("send_contact", {"name": "Ravi", "phone": "12"})])) == "error"
