"""Message templates: what is sent, and how they are kept."""

from __future__ import annotations

import pytest

from .desk import code_of, wamid_of


def words(*values):
    return [{"type": "text", "text": value} for value in values]


def update(*components, language="en_US"):
    return {"name": "order_update", "language": {"code": language}, "components": list(components)}


BODY = {"type": "body", "parameters": words("Kabir", "WB-2051")}
LINK = {"type": "button", "sub_type": "url", "index": "2", "parameters": words("2051")}


def test_a_template_needs_no_open_window(graph):
    answer = graph.send("template", {"name": "hello_world", "language": {"code": "en_US"}}, to="919845067890")

    assert answer.status == 200


def test_the_phone_shows_the_template_filled_in(meta, graph):
    wamid = wamid_of(graph.send("template", update(BODY, LINK)))

    rendered = meta.state.messages[wamid].content["rendered"]
    assert rendered["body"] == "Hello Kabir, your order WB-2051 is packed and leaves our shop today."
    assert rendered["buttons"][2]["url"] == "https://shop.example/orders/2051"


def test_the_other_language_of_a_template_has_its_own_words(meta, graph):
    wamid = wamid_of(graph.send("template", update(BODY, language="hi")))

    assert "नमस्ते Kabir" in meta.state.messages[wamid].content["rendered"]["body"]


REFUSED = {
    "unknown name": ({"name": "nothing", "language": {"code": "en_US"}}, 404, 132001),
    "unknown language": (update(BODY, LINK, language="ta"), 404, 132001),
    "one parameter too few": (update({"type": "body", "parameters": words("Kabir")}, LINK), 400, 132000),
    "one parameter too many": (update({"type": "body", "parameters": words("a", "b", "c")}, LINK), 400, 132000),
    "no body at all": (update(LINK), 400, 132000),
    "no link parameter": (update(BODY), 400, 131008),
    "an image in the body": (update({"type": "body", "parameters": [{"type": "image", "image": {}}] * 2}), 400, 132012),
    "a line break in a parameter": (update({"type": "body", "parameters": words("a\nb", "c")}), 400, 132018),
    "too long when filled": (update({"type": "body", "parameters": words("x" * 1025, "c")}, LINK), 400, 132005),
    "no name": ({"language": {"code": "en_US"}}, 400, 100),
    "no language": ({"name": "hello_world"}, 400, 100),
    "a header that is missing": (
        {
            "name": "diwali_offer",
            "language": {"code": "en_US"},
            "components": [{"type": "body", "parameters": words("a", "b")}],
        },
        400,
        132012,
    ),
}


@pytest.mark.parametrize(("template", "status", "code"), REFUSED.values(), ids=REFUSED)
def test_a_template_that_does_not_fit_is_refused(graph, template, status, code):
    refused = graph.send("template", template)

    assert (refused.status, code_of(refused)) == (status, code), refused.body


def pictured(number, *values, index=None, link="silk", parts=None):
    """One card of a carousel, as Meta documents it."""
    components = [
        {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://shop.example/a.jpg"}}]},
        {"type": "body", "parameters": words(*values or ("Silk", "₹4,200"))},
        {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [{"type": "payload", "payload": f"card {number + 1}"}]},
        {"type": "button", "sub_type": "url", "index": "1", "parameters": words(link)},
    ]
    return {"card_index": number if index is None else index, "components": components if parts is None else components[parts]}


def arrivals(*cards):
    greeting = {"type": "body", "parameters": words("Kabir")}
    return {"name": "new_arrivals", "language": {"code": "en_US"}, "components": [greeting, {"type": "carousel", "cards": list(cards)}]}


def test_the_cards_of_a_template_are_filled_by_their_number(meta, graph):
    wamid = wamid_of(graph.send("template", arrivals(pictured(1, "Cotton", "₹900", link="cotton"), pictured(0))))

    rendered = meta.state.messages[wamid].content["rendered"]
    assert [card["body"] for card in rendered["cards"]] == ["The Silk, now for ₹4,200 only", "The Cotton, now for ₹900 only"]
    assert rendered["cards"][1]["buttons"][1]["url"] == "https://shop.example/p/cotton"
    assert rendered["cards"][0]["header"] == {"image": {"link": "https://shop.example/a.jpg"}}


def test_a_tap_under_a_card_says_which_card(meta, graph):
    wamid = wamid_of(graph.send("template", arrivals(pictured(0), pictured(1))))

    tapped = meta.phone("kabir").taps("card 2", on=meta.state.messages[wamid])

    assert tapped.content == {"text": "Keep it for me", "payload": "card 2"}
    assert meta.state.messages[wamid].answered == "card 2"


REFUSED_CARDS = {
    "no cards": (arrivals(), 132000),
    "a card too few": (arrivals(pictured(0)), 132000),
    "a card too many": (arrivals(pictured(0), pictured(1), pictured(2)), 132000),
    "a number twice": (arrivals(pictured(0), pictured(0)), 131009),
    "a number that is not there": (arrivals(pictured(0), pictured(2)), 131009),
    "no number": (arrivals(pictured(0), {"components": pictured(1)["components"]}), 100),
    "a card without its picture": (arrivals(pictured(0), pictured(1, parts=slice(1, None))), 132012),
    "a card without its text": (arrivals(pictured(0), pictured(1, parts=slice(0, 1))), 132000),
    "a card without its link": (arrivals(pictured(0), pictured(1, parts=slice(0, 3))), 131008),
    "a value too few": (arrivals(pictured(0), pictured(1, "Silk")), 132000),
    "a line break": (arrivals(pictured(0), pictured(1, "a\nb", "c")), 132018),
    "a text of more than 160": (arrivals(pictured(0), pictured(1, "W" * 150, "₹1")), 132005),
    "cards in a card": (arrivals(pictured(0), {"card_index": 1, "components": [{"type": "carousel", "cards": []}]}), 100),
    "cards of another template": (update(BODY, LINK, {"type": "carousel", "cards": [pictured(0)]}), 132000),
}


@pytest.mark.parametrize(("template", "code"), REFUSED_CARDS.values(), ids=REFUSED_CARDS)
def test_cards_that_do_not_fit_are_refused(graph, template, code):
    refused = graph.send("template", template)

    assert code_of(refused) == code, refused.body


@pytest.mark.parametrize(("state", "code"), [("PAUSED", 132015), ("DISABLED", 132016), ("REJECTED", 132001)])
def test_a_template_that_is_not_approved_cannot_be_sent(meta, graph, state, code):
    meta.state.find_template("hello_world", "en_US").status = state

    assert code_of(graph.send("template", {"name": "hello_world", "language": {"code": "en_US"}})) == code


def test_an_authentication_template_needs_a_phone_number(meta, graph):
    body = {
        "messaging_product": "whatsapp",
        "recipient": meta.customer("dev").user_id,
        "type": "template",
        "template": {
            "name": "login_code",
            "language": {"code": "en_US"},
            "components": [{"type": "body", "parameters": words("1234")}],
        },
    }

    assert code_of(graph.phone("POST", "/messages", body)) == 131062


def test_a_marketing_template_to_someone_who_said_stop_fails_with_131050(meta, graph, kabir, mailbox):
    kabir.stops_marketing()
    components = [
        {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://x.example/a.jpg"}}]},
        {"type": "body", "parameters": words("Kabir", "Sunday")},
    ]
    graph.send("template", {"name": "diwali_offer", "language": {"code": "en_US"}, "components": components})
    meta.pump()

    assert mailbox.statuses[0]["errors"][0]["code"] == 131050
    assert [c["field"] for c in mailbox.changes if c["field"] != "messages"] == ["user_preferences"]


def test_a_quick_reply_of_a_template_comes_back_as_a_button(meta, graph, kabir, mailbox):
    wamid = wamid_of(graph.send("template", update(BODY, LINK)))
    kabir.taps("Track order")
    meta.pump()

    tapped = mailbox.messages[-1]
    assert tapped["type"] == "button"
    assert tapped["button"] == {"text": "Track order", "payload": "Track order"}
    assert tapped["context"]["id"] == wamid


def test_the_list_comes_in_pages(graph):
    first = graph.waba("GET", "/message_templates", query={"limit": "3", "fields": "name,status"}).json()
    after = first["paging"]["cursors"]["after"]
    second = graph.waba("GET", "/message_templates", query={"limit": "3", "after": after}).json()

    assert len(first["data"]) == 3
    assert set(first["data"][0]) == {"id", "name", "status"}
    assert "next" in first["paging"]
    assert len(second["data"]) == 3
    assert "next" not in second["paging"]


def test_a_broken_cursor_is_refused_with_131059(graph):
    assert code_of(graph.waba("GET", "/message_templates", query={"after": "!!"})) == 131059


def test_the_list_can_be_filtered(graph):
    found = graph.waba("GET", "/message_templates", query={"category": "MARKETING"}).json()["data"]

    assert [t["name"] for t in found] == ["diwali_offer", "new_arrivals"]


NEW = {"name": "gift_wrap", "language": "en", "category": "UTILITY", "components": [{"type": "BODY", "text": "Wrapped."}]}


def test_a_new_template_is_pending_until_the_review_and_then_usable(meta, graph, mailbox):
    meta.state.settings.review_after_s = 60

    created = graph.waba("POST", "/message_templates", NEW).json()
    assert created["status"] == "PENDING"
    meta.pump(hurry=True)

    assert graph.ask("GET", f"/{created['id']}").json()["status"] == "APPROVED"
    change = mailbox.changes[-1]
    assert change["field"] == "message_template_status_update"
    assert change["value"]["event"] == "APPROVED"
    assert change["value"]["message_template_id"] == int(created["id"])


def test_the_review_can_reject(meta, graph, mailbox):
    meta.state.settings.template_verdict = "REJECTED"

    graph.waba("POST", "/message_templates", NEW)
    meta.pump()

    assert (mailbox.changes[-1]["value"]["event"], mailbox.changes[-1]["value"]["reason"]) == ("REJECTED", "INVALID_FORMAT")


def plain_card(kind="IMAGE", text="Wrapped.", buttons=1):
    quick = [{"type": "QUICK_REPLY", "text": f"Yes {n}"} for n in range(buttons)]
    return {"components": [{"type": "HEADER", "format": kind}, {"type": "BODY", "text": text}, {"type": "BUTTONS", "buttons": quick}]}


def test_a_template_with_cards_can_be_made(graph):
    carousel = {"type": "CAROUSEL", "cards": [plain_card(), plain_card()]}

    assert graph.waba("POST", "/message_templates", {**NEW, "components": [*NEW["components"], carousel]}).status == 200


CANNOT_CREATE = {
    "a name with capitals": {**NEW, "name": "Gift"},
    "a name that is taken": {**NEW, "name": "hello_world", "language": "en_US"},
    "no category": {**NEW, "category": "OTHER"},
    "no body": {**NEW, "components": [{"type": "FOOTER", "text": "x"}]},
    "body of 1025": {**NEW, "components": [{"type": "BODY", "text": "x" * 1025}]},
    "footer of 61": {**NEW, "components": [*NEW["components"], {"type": "FOOTER", "text": "x" * 61}]},
    "a variable without a sample": {**NEW, "components": [{"type": "BODY", "text": "Dear {{1}}, hello."}]},
    "a variable at the end": {
        **NEW,
        "components": [{"type": "BODY", "text": "Dear {{1}}", "example": {"body_text": [["x"]]}}],
    },
    "one card": {**NEW, "components": [*NEW["components"], {"type": "CAROUSEL", "cards": [plain_card()]}]},
    "cards of two kinds": {**NEW, "components": [*NEW["components"], {"type": "CAROUSEL", "cards": [plain_card(), plain_card("VIDEO")]}]},
    "a card with a document": {**NEW, "components": [*NEW["components"], {"type": "CAROUSEL", "cards": [plain_card("DOCUMENT")] * 2}]},
    "a card of 161": {**NEW, "components": [*NEW["components"], {"type": "CAROUSEL", "cards": [plain_card(text="x" * 161)] * 2}]},
    "a card with three buttons": {**NEW, "components": [*NEW["components"], {"type": "CAROUSEL", "cards": [plain_card(buttons=3)] * 2}]},
    "a label of 26": {
        **NEW,
        "components": [*NEW["components"], {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "x" * 26}]}],
    },
}


@pytest.mark.parametrize("template", CANNOT_CREATE.values(), ids=CANNOT_CREATE)
def test_a_template_against_the_rules_is_refused(graph, template):
    refused = graph.waba("POST", "/message_templates", template)

    assert (refused.status, code_of(refused)) == (400, 100), refused.body


def test_deleting_by_name_takes_all_languages(graph):
    assert graph.waba("DELETE", "/message_templates", query={"name": "order_update"}).json() == {"success": True}

    assert code_of(graph.send("template", update(BODY, LINK))) == 132001
    assert code_of(graph.send("template", update(BODY, language="hi"))) == 132001
