"""Everything a customer can do, and the webhook that comes of it."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest

from wablast_box.lib.errors import Invalid, NotFound

from .desk import wamid_of

JPEG = b"\xff\xd8\xff\xe0photo"


def last(meta, mailbox):
    meta.pump()
    return mailbox.messages[-1]


SENT = {
    "text": (lambda p: p.says("hello"), {"type": "text", "text": {"body": "hello"}}),
    "location": (
        lambda p: p.sends_location(12.3, 76.6, name="Palace", address="Mysuru"),
        {"type": "location", "location": {"latitude": 12.3, "longitude": 76.6, "name": "Palace", "address": "Mysuru"}},
    ),
    "live pin": (
        lambda p: p.sends_location(12.3, 76.6),
        {"type": "location", "location": {"latitude": 12.3, "longitude": 76.6}},
    ),
    "contacts": (
        lambda p: p.sends_contacts(("Meera Nair", "+91 98860 44556")),
        {
            "type": "contacts",
            "contacts": [
                {
                    "name": {"formatted_name": "Meera Nair", "first_name": "Meera", "last_name": "Nair"},
                    "phones": [{"phone": "+91 98860 44556", "wa_id": "919886044556", "type": "CELL"}],
                }
            ],
        },
    ),
    "order": (
        lambda p: p.orders([{"product_retailer_id": "K", "quantity": 1, "item_price": 30, "currency": "INR"}]),
        {
            "type": "order",
            "order": {
                "catalog_id": "194836987003835",
                "text": "",
                "product_items": [{"product_retailer_id": "K", "quantity": 1, "item_price": 30, "currency": "INR"}],
            },
        },
    ),
    "welcome": (lambda p: p.opens_chat(), {"type": "request_welcome"}),
}


@pytest.mark.parametrize(("does", "expected"), SENT.values(), ids=SENT)
def test_what_a_customer_sends_arrives_in_metas_form(meta, kabir, mailbox, does, expected):
    message = does(kabir)

    got = last(meta, mailbox)
    assert {key: got[key] for key in expected} == expected
    assert (got["id"], got["from"]) == (message.wamid, "919845012345")
    assert got["timestamp"].isdigit()


@pytest.mark.parametrize(
    ("kind", "mime_type", "more", "expected"),
    [
        ("image", "image/jpeg", {"caption": "this one"}, {"caption": "this one"}),
        ("video", "video/mp4", {}, {}),
        ("audio", "audio/ogg; codecs=opus", {"voice": True}, {"voice": True}),
        ("audio", "audio/mpeg", {}, {"voice": False}),
        ("document", "application/pdf", {"filename": "list.pdf"}, {"filename": "list.pdf"}),
        ("sticker", "image/webp", {"animated": True}, {"animated": True}),
    ],
)
def test_a_file_arrives_with_id_type_hash_and_address(meta, kabir, mailbox, kind, mime_type, more, expected):
    kabir.sends_media(kind, JPEG, mime_type, **more)

    file = last(meta, mailbox)[kind]
    assert file["mime_type"] == mime_type
    assert file["sha256"] == base64.b64encode(hashlib.sha256(JPEG).digest()).decode()
    assert file["url"].startswith("https://graph.facebook.com/lookaside/")
    assert meta.state.media[file["id"]].data == JPEG
    assert {key: file[key] for key in expected} == expected


def test_a_sticker_and_a_sound_have_no_caption(meta, kabir, mailbox):
    kabir.sends_media("audio", b"x", "audio/ogg", caption="no")

    assert "caption" not in last(meta, mailbox)["audio"]


def test_a_file_of_no_known_kind_is_refused(kabir):
    with pytest.raises(Invalid, match="not a kind of media"):
        kabir.sends_media("hologram", b"x", "image/png")


def test_an_answer_names_what_it_answers(meta, graph, kabir, mailbox):
    wamid = wamid_of(graph.text())
    kabir.says("Great", quoting=wamid)

    assert last(meta, mailbox)["context"] == {"from": "918047182200", "id": wamid}


@pytest.mark.parametrize(
    ("how", "context"),
    [({"forwarded": True}, {"forwarded": True}), ({"forwarded_often": True}, {"frequently_forwarded": True})],
)
def test_a_forwarded_message_says_so(meta, kabir, mailbox, how, context):
    kabir.says("Look", **how)

    assert last(meta, mailbox)["context"] == context


def test_a_message_about_a_product_names_it(meta, kabir, mailbox):
    kabir.says("In red?", product={"catalog_id": "1", "product_retailer_id": "K"})

    assert last(meta, mailbox)["context"]["referred_product"]["product_retailer_id"] == "K"


def test_a_reaction_names_its_message_and_its_removal_has_no_emoji(meta, graph, kabir, mailbox):
    wamid = wamid_of(graph.text())

    kabir.reacts(wamid, "❤️")
    assert last(meta, mailbox)["reaction"] == {"message_id": wamid, "emoji": "❤️"}

    kabir.reacts(wamid, "")
    assert last(meta, mailbox)["reaction"] == {"message_id": wamid}
    assert meta.state.messages[wamid].reactions == {}


def test_a_tap_on_a_button_comes_back_with_its_id(meta, graph, kabir, mailbox):
    buttons = [{"type": "reply", "reply": {"id": "b1", "title": "Deliver"}}]
    content = {"type": "button", "body": {"text": "How?"}, "action": {"buttons": buttons}}
    wamid = wamid_of(graph.send("interactive", content))

    kabir.taps("Deliver")

    got = last(meta, mailbox)
    assert got["interactive"] == {"type": "button_reply", "button_reply": {"id": "b1", "title": "Deliver"}}
    assert got["context"]["id"] == wamid


def test_a_tap_on_a_row_comes_back_with_its_description(meta, graph, kabir, mailbox):
    rows = [{"id": "r1", "title": "Sarees", "description": "Silk"}]
    action = {"button": "Open", "sections": [{"rows": rows}]}
    graph.send("interactive", {"type": "list", "body": {"text": "What?"}, "action": action})

    kabir.taps("Sarees")

    assert last(meta, mailbox)["interactive"]["list_reply"] == rows[0]


def test_what_is_not_there_cannot_be_tapped(kabir):
    with pytest.raises(NotFound, match="nothing to tap"):
        kabir.taps("Deliver")


@pytest.mark.parametrize("answers", [{"name": "Kabir"}, "[1, 2", "null"])
def test_a_form_is_submitted_as_it_stands(meta, kabir, mailbox, answers):
    kabir.submits(answers)

    reply = last(meta, mailbox)["interactive"]["nfm_reply"]
    assert reply["response_json"] == (answers if isinstance(answers, str) else json.dumps(answers))


def test_an_edit_carries_the_new_text(meta, kabir, mailbox):
    message = kabir.says("helo")
    kabir.edits(message, "hello")

    edit = last(meta, mailbox)["edit"]
    assert edit["original_message_id"] == message.wamid
    assert edit["message"]["text"] == {"body": "hello"}


def test_a_deletion_names_the_message(meta, kabir, mailbox):
    message = kabir.says("oops")
    kabir.revokes(message)

    assert last(meta, mailbox)["revoke"] == {"original_message_id": message.wamid}


def test_something_unsupported_arrives_as_an_error(meta, kabir, mailbox):
    kabir.sends_unsupported("poll")

    got = last(meta, mailbox)
    assert (got["type"], got["errors"][0]["code"], got["unsupported"]) == ("unsupported", 131051, {"type": "poll"})


def test_a_new_number_is_told_and_the_old_one_reaches_nobody_known(meta, graph, kabir, mailbox):
    before = kabir.customer.user_id
    kabir.changes_number("+91 90000 55555")

    meta.pump()
    value = mailbox.changes[-1]["value"]
    system = value["messages"][0]["system"]
    assert "contacts" not in value
    assert (value["messages"][0]["from"], system["wa_id"]) == ("919845012345", "919000055555")
    assert system["previous_user_id"] == before
    assert meta.state.at_address("919000055555") is kabir.customer
    assert meta.state.at_address("919845012345") is None


def test_a_customer_with_only_a_username_appears_without_any_number(meta, mailbox):
    dev = meta.phone("dev")
    dev.says("hi")

    meta.pump()
    value = mailbox.changes[-1]["value"]
    assert value["contacts"] == [{"profile": {"name": "Dev Patel", "username": "@dev.patel"}, "user_id": dev.customer.user_id}]
    assert "from" not in value["messages"][0]
    assert value["messages"][0]["from_user_id"] == dev.customer.user_id


def test_user_ids_can_be_left_out_as_before_2026(meta, kabir, mailbox):
    meta.state.settings.user_ids = False
    kabir.says("hi")

    meta.pump()
    value = mailbox.changes[-1]["value"]
    assert "user_id" not in value["contacts"][0]
    assert "from_user_id" not in value["messages"][0]


def test_any_text_survives_byte_for_byte(meta, kabir, mailbox):
    text = "नमस्ते 🙏🏽 </script> \u0000 \ud800 \u202e \\n / 'ok'"
    kabir.says(text)

    meta.pump()
    raw = mailbox.posts[-1][2]
    assert json.loads(raw)["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"] == text


def test_a_script_can_send_what_no_phone_can(meta, kabir, mailbox):
    kabir.sends("hologram", {"depth": 3}, extra={"errors": [{"code": 1}]})

    got = last(meta, mailbox)
    assert (got["type"], got["hologram"], got["errors"]) == ("hologram", {"depth": 3}, [{"code": 1}])
