"""What may be sent: every kind once as it should be, and every limit one step beyond."""

from __future__ import annotations

import copy
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.outbox.examples import GOOD, card, changed, rows
from wablast_box.engine.meta.messages import build_body
from wablast_box.engine.outbox.outbound.interactive import INTERACTIVE
from wablast_box.engine.outbox.outbound.media import with_meta_ids
from wablast_box.engine.outbox.outbound.message import KINDS, parse_outbound
from wablast_box.lib.errors import Invalid


@pytest.mark.parametrize("kind", GOOD)
def test_every_kind_is_accepted_and_becomes_a_body_for_graph(kind: str) -> None:
    found = parse_outbound(GOOD[kind])

    content = with_meta_ids(found.content, {7: "meta-7"})
    body = build_body(kind=found.type, content=content, to="919810000001")
    assert "media_id" not in orjson.dumps(body).decode()
    assert found.media_ids == ((7,) if "media_id" in orjson.dumps(GOOD[kind]).decode() else ())


def test_every_kind_has_an_example_here() -> None:
    assert set(GOOD) == (set(KINDS) - {"interactive"}) | set(INTERACTIVE)


REFUSED = [
    ("text", "text.body", ""),
    ("text", "text.body", " \n "),
    ("text", "text.body", "x" * 4097),
    ("text", "text.body", "a\0b"),
    ("text", "text.body", "a\ud800"),
    ("text", "text.body", 5),
    ("text", "text", "bare"),
    ("text", "text", "…"),
    ("text", "text.bodyy", "x"),
    ("text", "type", "txt"),
    ("text", "type", ["text"]),
    ("text", "context", {"message_id": "wamid.1"}),
    ("text", "reply_to", "wamid.1"),
    ("text", "reply_to", 12),
    ("text", "recipient_type", "group"),
    ("image", "image.caption", "x" * 1025),
    ("image", "image.media_id", "…"),
    ("image", "image.media_id", 7),
    ("image", "image.link", "https://shop.test/a.png"),
    ("image", "image.filename", "a.png"),
    ("audio", "audio.caption", "no"),
    ("audio", "audio.voice", "yes"),
    ("sticker", "sticker.caption", "no"),
    ("video", "video.link", "javascript:alert(1)"),
    ("video", "video.link", "https://"),
    ("video", "video.link", "https://a b"),
    ("location", "location.latitude", 91),
    ("location", "location.latitude", True),
    ("location", "location.longitude", "nan"),
    ("location", "location.longitude", "…"),
    ("contacts", "contacts", []),
    ("contacts", "contacts", [{"name": {"formatted_name": "A"}}] * 258),
    ("contacts", "contacts.0.name", {"first_name": "Asha"}),
    ("contacts", "contacts.0.phones.0.phone", ["x"]),
    ("contacts", "contacts.0.nickname", "x"),
    ("reaction", "reaction.emoji", "…"),
    ("reaction", "reaction.emoji", "ok"),
    ("reaction", "reaction.message_id", "…"),
    ("reaction", "reaction.message_id", "abc"),
    ("template", "template.name", "Diwali Offer"),
    ("template", "template.language.code", "english"),
    ("template", "template.language", "en"),
    ("template", "template.components.0.type", "head"),
    ("template", "template.components.2.index", "²"),
    ("template", "template.components.1.parameters.0.text", ""),
    ("button", "interactive.type", "buttons"),
    ("button", "interactive.body", "…"),
    ("button", "interactive.body.text", "x" * 1025),
    ("button", "interactive.footer.text", "x" * 61),
    ("button", "interactive.header", {"type": "text", "text": "x" * 61}),
    ("button", "interactive.header", {"type": "audio", "audio": {"media_id": "7"}}),
    ("button", "interactive.action.buttons", []),
    ("button", "interactive.action.buttons", [{"type": "reply", "reply": {"id": str(n), "title": str(n)}} for n in range(4)]),
    ("button", "interactive.action.buttons", [{"type": "reply", "reply": {"id": "1", "title": t}} for t in "ab"]),
    ("button", "interactive.action.buttons", [{"type": "reply", "reply": {"id": i, "title": "a"}} for i in "12"]),
    ("button", "interactive.action.buttons.0.reply.title", "x" * 21),
    ("button", "interactive.action.buttons.0.reply.id", "x" * 257),
    ("list", "interactive.body.text", "x" * 4097),
    ("list", "interactive.header", {"type": "image", "image": {"media_id": "7"}}),
    ("list", "interactive.action.button", "x" * 21),
    ("list", "interactive.action.sections", [{"title": str(n), "rows": rows(1, n)} for n in range(11)]),
    ("list", "interactive.action.sections.1.rows", rows(6, 1)),
    ("list", "interactive.action.sections.1.rows", rows(5, 0)),
    ("list", "interactive.action.sections.1.title", "…"),
    ("list", "interactive.action.sections.1.title", "x" * 25),
    ("list", "interactive.action.sections.0.rows.0.title", "x" * 25),
    ("list", "interactive.action.sections.0.rows.0.description", "x" * 73),
    ("list", "interactive.action.sections.0.rows.0.id", "x" * 201),
    ("cta_url", "interactive.action.parameters.display_text", "x" * 21),
    ("cta_url", "interactive.action.parameters.url", "shop.test"),
    ("cta_url", "interactive.action.name", "url"),
    ("location_request_message", "interactive.header", {"type": "text", "text": "x"}),
    ("address_message", "interactive.action.parameters.country", "SG"),
    ("voice_call", "interactive.action.parameters.display_text", "x" * 21),
    ("flow", "interactive.action.parameters.flow_cta", "x" * 31),
    ("flow", "interactive.action.parameters.flow_name", "also"),
    ("flow", "interactive.action.parameters.flow_id", "…"),
    ("flow", "interactive.action.parameters.mode", "live"),
    ("product_list", "interactive.header", "…"),
    ("product_list", "interactive.action.sections.0.product_items", [{"product_retailer_id": str(n)} for n in range(31)]),
    ("carousel", "interactive.action.cards", [card(0)]),
    ("carousel", "interactive.action.cards", [card(n) for n in range(11)]),
    ("carousel", "interactive.action.cards.1.card_index", 0),
    ("carousel", "interactive.action.cards.1.body.text", "x" * 161),
    ("carousel", "interactive.action.cards.1.body.text", "a\nb\nc\nd"),
    ("carousel", "interactive.action.cards.1.header", {"type": "video", "video": {"media_id": "7"}}),
    ("order_details", "interactive.action.parameters.reference_id", "INV 1"),
    ("order_details", "interactive.action.parameters.reference_id", "x" * 36),
    ("order_details", "interactive.action.parameters.currency", "USD"),
    ("order_details", "interactive.action.parameters.total_amount.value", 11_001),
    ("order_details", "interactive.action.parameters.total_amount.value", 110.0),
    ("order_details", "interactive.action.parameters.total_amount.offset", 10),
    ("order_details", "interactive.action.parameters.payment_settings", []),
    ("order_details", "interactive.action.parameters.order.catalog_id", "…"),
    ("order_details", "interactive.action.parameters.order.items.0.quantity", 0),
    ("order_details", "interactive.action.parameters.order.items.0.name", "x" * 61),
    ("order_details", "interactive.action.parameters.order.expiration.timestamp", "1"),
    ("order_status", "interactive.action.parameters.order.status", "pending"),
]


@pytest.mark.parametrize(("kind", "path", "value"), REFUSED)
def test_a_limit_overstepped_is_refused_with_the_field_and_what_to_do(kind: str, path: str, value: Any) -> None:
    with pytest.raises(Invalid) as caught:
        parse_outbound(changed(kind, path, value))

    assert caught.value.field
    assert caught.value.message.startswith(caught.value.field)
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("text", "text.body", "👍🏽" * 2048),
        ("image", "image.caption", "x" * 1024),
        ("button", "interactive.action.buttons.0.reply.title", "क" * 20),
        ("list", "interactive.body.text", "x" * 4096),
        ("reaction", "reaction.emoji", ""),
        ("text", "to", "+91 98100 00001"),
        ("text", "client_key", "window-1"),
    ],
)
def test_the_limit_itself_is_allowed_and_counted_in_code_points(kind: str, path: str, value: Any) -> None:
    assert parse_outbound(changed(kind, path, value)).type in KINDS


def test_the_line_for_the_list_is_what_a_person_reads() -> None:
    lines = {
        kind: parse_outbound(GOOD[kind]).text
        for kind in ("text", "image", "location", "contacts", "reaction", "button", "template", "sticker")
    }

    assert lines == {
        "text": "Namaste",
        "image": "new",
        "location": "Shop",
        "contacts": "Asha",
        "reaction": "👍🏽",
        "button": "Which one?",
        "template": "diwali_offer",
        "sticker": None,
    }


def test_what_is_null_was_not_given() -> None:
    found = parse_outbound(changed("button", "interactive.header", None))

    assert "header" not in found.content


def test_replies_and_reactions_name_our_messages() -> None:
    reply = parse_outbound(changed("text", "reply_to", "123"))
    reaction = parse_outbound(changed("reaction", "reaction.message_id", "456"))

    assert reply.reply_to_message_id == 123
    assert reaction.reacts_to_message_id == 456
    assert parse_outbound(GOOD["reaction"]).reacts_to_message_id is None


def test_the_file_of_a_media_message_is_named() -> None:
    media = parse_outbound(GOOD["document"]).media

    assert media is not None
    assert (media.kind, media.media_id, media.filename, media.link) == ("document", 7, "bill.pdf", None)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "body", "action", "cards", "name"]), inner)
    ),
    max_leaves=8,
)


@settings(derandomize=True, max_examples=300, deadline=None, database=None)
@given(kind=st.sampled_from(sorted(GOOD)), data=st.data())
def test_whatever_is_asked_is_accepted_or_refused_and_never_a_crash(kind: str, data: st.DataObject) -> None:
    body = copy.deepcopy(GOOD[kind])
    inside: Any = body
    while isinstance(inside, dict | list) and inside:
        place = data.draw(st.sampled_from(sorted(inside))) if isinstance(inside, dict) else 0
        if data.draw(st.booleans()):
            inside[place] = data.draw(anything)
            break
        inside = inside[place]

    try:
        parse_outbound(body)
    except Invalid as refused:
        assert refused.message
