"""Nodes in a published flow: what customers really send, and what is really done in the box."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.engine.flows.talk import Shop, conversation, graph, node
from wablast_box.engine.contacts.fields import define
from wablast_box.engine.contacts.fields import read as fields
from wablast_box.engine.desk.triage import tags
from wablast_box.engine.flows.models import FlowStep
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.inbox.thread.models import Note


def one(type_: str, **data: Any) -> dict[str, Any]:
    """A flow of one node, which says so when it is done."""
    return graph({"id": "it", "type": type_, "data": data}, node("done", "send_message", text="done"), edges="start>it it>done")


def gets(shop: Shop, **message: Any) -> None:
    """Something else than a text comes in."""
    shop.hears("", **message)


def sent(number: int = -1) -> dict[str, Any]:
    """What the customer's phone gets."""
    rows = list(Message.select().where(Message.direction == "out").order_by(Message.id))
    return dict(rows[number].content_json)


def errors() -> list[str]:
    return [row.error for row in FlowStep.select().where(FlowStep.error.is_null(False))]


def test_a_tap_on_a_row_of_an_earlier_page_still_counts(shop: Shop) -> None:
    rows = [{"id": f"r{at}", "title": f"Saree {at}"} for at in range(1, 13)]
    shop.on(graph(node("it", "send_list", text="Which?", rows=rows, save_as="saree"), edges="start>it"))
    shop.hears("hi")
    first = sent()["action"]["sections"][0]["rows"]
    gets(shop, type="interactive", interactive={"type": "list_reply", "list_reply": {"id": first[-1]["id"], "title": first[-1]["title"]}})
    assert [row["title"] for row in sent()["action"]["sections"][0]["rows"]] == ["Saree 10", "Saree 11", "Saree 12"]

    gets(shop, type="interactive", interactive={"type": "list_reply", "list_reply": {"id": first[0]["id"], "title": "Saree 1"}})

    assert (shop.session().state, shop.session().variables_json) == ("ended", {"saree": "Saree 1"})


@pytest.mark.feature("FN-08")
def test_a_shared_place_is_kept(shop: Shop) -> None:
    shop.on(one("request_location", question="Where are you?", save_as="place"))
    shop.hears("hi")
    gets(shop, type="location", location={"latitude": 19.07, "longitude": 72.87, "address": "MG Road"})

    assert shop.session().variables_json["place"] == {"latitude": 19.07, "longitude": 72.87, "address": "MG Road"}


@pytest.mark.feature("FN-20")
def test_whatsapps_address_form_is_kept(shop: Shop) -> None:
    shop.on(one("ask_address", question="Where to?", save_as="to"))
    shop.hears("hi")
    filled = {"name": "address_message", "body": "Kabir, Pune", "response_json": json.dumps({"values": {"in_pin_code": "411001"}})}
    gets(shop, type="interactive", interactive={"type": "nfm_reply", "nfm_reply": filled})

    assert shop.session().variables_json["to"] == {"in_pin_code": "411001"}


@pytest.mark.feature("FN-18")
def test_the_number_on_a_shared_card_is_kept(shop: Shop) -> None:
    shop.on(one("ask_phone", question="Your friend's number?", save_as="friend"))
    shop.hears("hi")
    gets(shop, type="contacts", contacts=[{"name": {"formatted_name": "Ravi"}, "phones": [{"phone": "+91 98123 45678"}]}])

    assert shop.session().variables_json["friend"] == "+919812345678"


@pytest.mark.feature("FN-21")
def test_a_photo_is_kept_by_its_message(shop: Shop) -> None:
    shop.on(one("ask_media", question="Photo?", most=1, save_as="photos"))
    shop.hears("hi")
    gets(shop, type="image", image={"id": "555", "mime_type": "image/jpeg", "sha256": "x", "caption": "front"})
    photo = shop.session().variables_json["photos"][0]

    assert (photo["type"], photo["caption"]) == ("image", "front")
    assert Message.get_by_id(int(photo["message_id"])).type == "image"


@pytest.mark.feature("FN-31")
@pytest.mark.feature("FN-34")
def test_tags_notes_and_the_state_are_really_set(shop: Shop) -> None:
    tags.add_tag("VIP", "amber", by=shop.asha)
    shop.on(
        graph(
            node("tag", "add_tag", names="vip"), node("note", "add_note", text="Said {{message.text}}"), node("done", "set_state", state="resolved"),
            edges="start>tag tag>note note>done",
        )
    )  # fmt: skip
    shop.hears("hi")

    assert errors() == []
    assert [row.text for row in Note.select()] == ["Said hi"]
    assert conversation().state == "resolved"


@pytest.mark.feature("FN-30")
def test_a_field_and_the_language_are_really_written(shop: Shop) -> None:
    define.add_field("Size", "number", None, actor=shop.asha)
    field = {"field": "size", "value": "{{message.text}}"}
    drawn = graph(
        node("none", "update_contact_field", field="colour", value="red"), node("size", "update_contact_field", **field),
        node("lang", "set_language", language="hi"), node("say", "send_message", text="Size {{contact.fields.size}}"),
        edges="start>none none.error>size size>lang lang>say",
    )  # fmt: skip
    shop.on(drawn)
    shop.hears("42")
    contact = conversation().contact

    assert (contact.language, [one["value"] for one in fields.values_of([contact.id])[contact.id]]) == ("hi", ["42"])
    assert errors() == ["There is no field “colour”."]


@pytest.mark.feature("FN-33")
def test_whose_turn_it_is_or_nobody_is_there(shop: Shop) -> None:
    shop.on(graph(node("it", "assign"), node("sorry", "send_message", text="Nobody is here now"), edges="start>it it.error>sorry"))
    shop.hears("hi")

    assert shop.said() == ["Nobody is here now"]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("send_location", {"latitude": "19.07", "longitude": "72.87", "name": "Shop"}),
        ("send_contact", {"name": "Ravi", "phone": "98123 45678"}),
        ("send_cta_url", {"text": "See", "label": "Open", "url": "https://example.com/{{contact.name}}"}),
        ("send_media", {"kind": "image", "link": "https://example.com/a.jpg", "caption": "A"}),
    ],
)
def test_what_is_sent_is_taken_by_the_outbox(shop: Shop, kind: str, data: dict[str, Any]) -> None:
    shop.on(one(kind, **data))
    shop.hears("hi")

    assert errors() == []
    assert shop.said()[-1] == "done"
