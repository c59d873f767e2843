"""What the fake Graph accepts and refuses in a message, by Meta's limits."""

from __future__ import annotations

import pytest

from .desk import code_of

BODY = {"text": "Choose"}


def button(id="a", title="Yes"):
    return {"type": "reply", "reply": {"id": id, "title": title}}


def buttons(*these, **more):
    return {"type": "button", "body": BODY, "action": {"buttons": list(these)}, **more}


def rows(count, start=0):
    return [{"id": str(n), "title": f"Row {n}"} for n in range(start, start + count)]


def listed(*sections, button="Open", **more):
    return {"type": "list", "body": BODY, "action": {"button": button, "sections": list(sections)}, **more}


def link(**parameters):
    parameters = {"display_text": "Shop", "url": "https://shop.example", **parameters}
    return {"type": "cta_url", "body": BODY, "action": {"name": "cta_url", "parameters": parameters}}


def form(**parameters):
    parameters = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Book", **parameters}
    return {"type": "flow", "body": BODY, "action": {"name": "flow", "parameters": parameters}}


def card(n, text="Nice", kind="image"):
    action = {"name": "cta_url", "parameters": {"display_text": "See", "url": "https://x.example"}}
    header = {"type": kind, kind: {"link": "https://x.example/a.jpg"}}
    return {"card_index": n, "type": "cta_url", "header": header, "body": {"text": text}, "action": action}


def carousel(*cards):
    return {"type": "carousel", "body": BODY, "action": {"cards": list(cards)}}


def products(count):
    items = [{"product_retailer_id": str(n)} for n in range(count)]
    return {
        "type": "product_list",
        "header": {"type": "text", "text": "Shelf"},
        "body": BODY,
        "action": {"catalog_id": "1", "sections": [{"title": "All", "product_items": items}]},
    }


def person(**name):
    return {"name": {"formatted_name": "Meera Nair", "first_name": "Meera", **name}, "phones": [{"phone": "+919886044556"}]}


PICTURE = {"link": "https://shop.example/a.jpg"}

ACCEPTED = {
    "text of 4096": ("text", {"body": "x" * 4096}),
    "caption of 1024": ("image", {**PICTURE, "caption": "x" * 1024}),
    "document with a filename": ("document", {**PICTURE, "filename": "a.pdf"}),
    "a voice note by link": ("audio", {**PICTURE, "voice": True}),
    "location in text": ("location", {"latitude": "12.3", "longitude": "76.6"}),
    "257 contacts": ("contacts", [person()] * 257),
    "three buttons": ("interactive", buttons(button("a", "A"), button("b", "B"), button("c", "C"))),
    "button title of 20": ("interactive", buttons(button(title="x" * 20))),
    "ten rows in two sections": (
        "interactive",
        listed({"title": "One", "rows": rows(5)}, {"title": "Two", "rows": rows(5, 5)}),
    ),
    "list body of 4096": ("interactive", listed({"rows": rows(1)}, body={"text": "x" * 4096})),
    "link button": ("interactive", link()),
    "flow": ("interactive", form()),
    "location request": (
        "interactive",
        {"type": "location_request_message", "body": BODY, "action": {"name": "send_location"}},
    ),
    "address": (
        "interactive",
        {"type": "address_message", "body": BODY, "action": {"name": "address_message", "parameters": {"country": "IN"}}},
    ),
    "contact request": (
        "interactive",
        {"type": "contact_request", "body": BODY, "action": {"name": "request_contact_info"}},
    ),
    "call permission without a body": (
        "interactive",
        {"type": "call_permission_request", "action": {"name": "call_permission_request"}},
    ),
    "catalog": ("interactive", {"type": "catalog_message", "body": BODY, "action": {"name": "catalog_message"}}),
    "product without a body": (
        "interactive",
        {"type": "product", "action": {"catalog_id": "1", "product_retailer_id": "2"}},
    ),
    "30 products": ("interactive", products(30)),
    "two cards": ("interactive", carousel(card(0), card(1))),
    "order status": (
        "interactive",
        {
            "type": "order_status",
            "body": BODY,
            "action": {"name": "review_order", "parameters": {"reference_id": "WB-1", "order": {"status": "shipped"}}},
        },
    ),
    "payment": (
        "interactive",
        {
            "type": "order_details",
            "body": BODY,
            "action": {
                "name": "review_and_pay",
                "parameters": {
                    "reference_id": "WB-1",
                    "currency": "INR",
                    "total_amount": {"value": 164000, "offset": 100},
                },
            },
        },
    ),
}

REFUSED = {
    "text of 4097": ("text", {"body": "x" * 4097}, 100),
    "empty text": ("text", {"body": ""}, 100),
    "text that is no text": ("text", {"body": 5}, 100),
    "text that is no object": ("text", "hello", 100),
    "caption of 1025": ("image", {**PICTURE, "caption": "x" * 1025}, 100),
    "caption on a sticker": ("sticker", {**PICTURE, "caption": "x"}, 100),
    "media by id and link": ("image", {"id": "1", **PICTURE}, 100),
    "media by neither": ("image", {"caption": "x"}, 100),
    "media by a file path": ("image", {"link": "file:///etc/passwd"}, 131009),
    "media id that is unknown": ("image", {"id": "404"}, 131009),
    "location without longitude": ("location", {"latitude": 1}, 100),
    "location off the globe": ("location", {"latitude": 91, "longitude": 0}, 131009),
    "no contacts": ("contacts", [], 100),
    "258 contacts": ("contacts", [person()] * 258, 131009),
    "contact without a name": ("contacts", [{"phones": []}], 100),
    "contact with only a formatted name": ("contacts", [{"name": {"formatted_name": "Meera"}}], 131009),
    "reaction without a message": ("reaction", {"emoji": "👍"}, 100),
    "reaction with a word": ("reaction", {"message_id": "wamid.x", "emoji": "ok"}, 131009),
    "no buttons": ("interactive", buttons(), 131009),
    "four buttons": ("interactive", buttons(*[button(str(n), str(n)) for n in range(4)]), 131009),
    "button title of 21": ("interactive", buttons(button(title="x" * 21)), 131009),
    "button id of 257": ("interactive", buttons(button(id="x" * 257)), 131009),
    "two buttons with one id": ("interactive", buttons(button(title="A"), button(title="B")), 131009),
    "two buttons with one title": ("interactive", buttons(button("a"), button("b")), 131009),
    "body of 1025": ("interactive", buttons(button(), body={"text": "x" * 1025}), 131009),
    "no body": ("interactive", buttons(button(), body=None), 131009),
    "header of 61": ("interactive", buttons(button(), header={"type": "text", "text": "x" * 61}), 131009),
    "footer of 61": ("interactive", buttons(button(), footer={"text": "x" * 61}), 131009),
    "picture over a list": ("interactive", listed({"rows": rows(1)}, header={"type": "image", "image": PICTURE}), 131009),
    "eleven rows": (
        "interactive",
        listed({"title": "One", "rows": rows(6)}, {"title": "Two", "rows": rows(5, 6)}),
        131009,
    ),
    "eleven sections": ("interactive", listed(*[{"title": str(n), "rows": rows(1, n)} for n in range(11)]), 131009),
    "two rows with one id": ("interactive", listed({"rows": rows(1) + rows(1)}), 131009),
    "row title of 25": ("interactive", listed({"rows": [{"id": "1", "title": "x" * 25}]}), 131009),
    "row description of 73": (
        "interactive",
        listed({"rows": [{"id": "1", "title": "A", "description": "x" * 73}]}),
        131009,
    ),
    "row id of 201": ("interactive", listed({"rows": [{"id": "x" * 201, "title": "A"}]}), 131009),
    "section title of 25": ("interactive", listed({"title": "x" * 25, "rows": rows(1)}), 131009),
    "sections without titles": ("interactive", listed({"rows": rows(1)}, {"rows": rows(1, 1)}), 131009),
    "list button of 21": ("interactive", listed({"rows": rows(1)}, button="x" * 21), 131009),
    "rows of the wrong shape": ("interactive", listed({"rows": ["one"]}), 131009),
    "link button of 21": ("interactive", link(display_text="x" * 21), 131009),
    "link to a script": ("interactive", link(url="javascript:alert(1)"), 131009),
    "flow of another version": ("interactive", form(flow_message_version="2"), 131009),
    "flow by id and name": ("interactive", form(flow_name="x"), 131009),
    "31 products": ("interactive", products(31), 131009),
    "one card": ("interactive", carousel(card(0)), 131009),
    "eleven cards": ("interactive", carousel(*[card(n) for n in range(11)]), 131009),
    "cards that skip a number": ("interactive", carousel(card(0), card(2)), 131009),
    "cards of two kinds": ("interactive", carousel(card(0), card(1, kind="video")), 131009),
    "card text of 161": ("interactive", carousel(card(0, "x" * 161), card(1)), 131009),
    "interactive without a type": ("interactive", {"body": BODY, "action": {}}, 100),
    "interactive of no known type": ("interactive", {"type": "poll", "body": BODY, "action": {}}, 131009),
    "a kind that does not exist": ("poll", {}, 131051),
}


@pytest.mark.parametrize(("kind", "content"), ACCEPTED.values(), ids=ACCEPTED)
def test_what_is_within_the_limits_is_accepted(graph, kabir, kind, content):
    answer = graph.send(kind, content)

    assert answer.status == 200, answer.body
    assert answer.json()["contacts"] == [{"input": "919845012345", "wa_id": "919845012345"}]


@pytest.mark.parametrize(("kind", "content", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_beyond_the_limits_is_refused_with_a_reason(graph, kabir, meta, kind, content, code):
    refused = graph.send(kind, content)

    assert (refused.status, code_of(refused)) == (400, code), refused.body
    assert refused.json()["error"]["error_data"]["details"]
    assert not meta.state.accepted


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"not json", 100),
        (b"[]", 100),
        ({"to": "919845012345", "text": {"body": "x"}}, 100),
        ({"messaging_product": "whatsapp", "text": {"body": "x"}}, 100),
        ({"messaging_product": "whatsapp", "to": "hello", "text": {"body": "x"}}, 131009),
        ({"messaging_product": "whatsapp", "to": "918047182200", "text": {"body": "x"}}, 131021),
        ({"messaging_product": "whatsapp", "recipient": "IN.404", "text": {"body": "x"}}, 131009),
        ({"messaging_product": "whatsapp", "recipient_type": "group", "to": "1", "text": {"body": "x"}}, 131051),
    ],
)
def test_a_request_that_names_nobody_or_nothing_is_refused(graph, body, code):
    refused = graph.phone("POST", "/messages", body)

    assert (refused.status, code_of(refused)) == (400, code)


def test_callback_data_of_513_characters_is_refused(graph, kabir):
    assert graph.text(biz_opaque_callback_data="x" * 512).status == 200
    assert code_of(graph.text(biz_opaque_callback_data="x" * 513)) == 100


def test_a_reaction_cannot_quote(graph, kabir):
    refused = graph.send("reaction", {"message_id": "wamid.x", "emoji": "👍"}, context={"message_id": "wamid.y"})

    assert code_of(refused) == 131009
