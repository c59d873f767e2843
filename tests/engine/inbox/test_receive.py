"""Messages come in: once, whole, and nobody sinks their neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.inbox.meta import body, delivers, text
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox.lists.page import conversations_page
from wablast_box.engine.inbox.lists.query import ConversationQuery
from wablast_box.engine.inbox.models import Attachment, Conversation, Message
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.lib.paging import PageRequest


@pytest.mark.feature("CN-12")
def test_a_message_delivered_twice_is_stored_once(box: Path) -> None:
    delivers(body(text("hi", wamid="wamid.A")))
    delivers(body(text("hi", wamid="wamid.A")))

    assert Message.select().count() == 1


@pytest.mark.feature("CN-14")
def test_the_same_message_in_another_batch_is_stored_once(box: Path) -> None:
    first, second = text("hi", wamid="wamid.A"), text("hello", wamid="wamid.B")

    delivers(body(first, second), body(second), body(first), body(second, first))

    assert sorted(m.wamid for m in Message.select()) == ["wamid.A", "wamid.B"]
    assert Event.select().where(Event.name == "message.received").count() == 2


@pytest.mark.feature("CN-17")
def test_every_entry_change_and_message_of_one_body_is_handled(box: Path) -> None:
    two_messages = text("one", wamid="wamid.1")
    two_messages["messages"] += text("two", wamid="wamid.2")["messages"]

    delivers(body(two_messages, text("three", wamid="wamid.3")))

    assert [m.text for m in Message.select().order_by(Message.id)] == ["one", "two", "three"]


def test_a_bad_message_does_not_sink_its_neighbours(box: Path) -> None:
    bad = {"messages": [{"type": "text", "text": {"body": "nobody"}}]}

    delivers(body(text("before", wamid="wamid.1"), bad, text("after", wamid="wamid.2")))

    assert Message.select().count() == 2
    event = WebhookEvent.get()
    assert event.state == "failed"
    assert event.problems_json[0]["reason"]


def test_a_message_without_any_sender_is_kept_and_named(box: Path) -> None:
    delivers(body(text("who am I", wa_id=None, wamid="wamid.X"), text("hi", wamid="wamid.Y")))

    assert [m.wamid for m in Message.select()] == ["wamid.Y"]
    event = WebhookEvent.get()
    assert event.state == "failed"
    assert event.problems_json == [{"path": "entry[0].changes[0].value.messages[0]", "reason": "the message names no customer"}]


def test_a_customer_without_phone_number_has_a_conversation(box: Path) -> None:
    delivers(body(text("hi", wa_id=None, from_user_id="IN.1349120865530274")))

    contact = Contact.get()
    assert (contact.wa_id, contact.user_id, contact.phone) == (None, "IN.1349120865530274", None)
    assert Conversation.get().contact_id == contact.id


def test_a_user_id_that_appears_later_joins_the_contact(box: Path) -> None:
    delivers(body(text("hi")))
    delivers(body(text("again", from_user_id="IN.1")))
    delivers(body(text("without number", wa_id=None, from_user_id="IN.1")))

    assert Contact.select().count() == 1
    assert Message.select().count() == 3


def test_the_text_is_stored_byte_for_byte(box: Path) -> None:
    hostile = "  नमस्ते \u202eabc\u200b <b>&amp;</b> {{7*7}} 👩‍👩‍👧 e\u0301 \r\n'; DROP TABLE message; -- "

    delivers(body(text(hostile)))

    assert Message.get().text == hostile


@pytest.mark.feature("CN-21")
def test_an_unknown_type_is_a_visible_placeholder(box: Path) -> None:
    delivers(
        body({"messages": [{"id": "wamid.N", "from": "919812345678", "timestamp": "1760000000", "type": "hologram", "hologram": {"x": 1}}]})
    )

    message = Message.get()
    assert message.type == "unsupported"
    assert message.content_json["hologram"] == {"x": 1}


def test_a_photo_leaves_a_file_to_fetch(box: Path) -> None:
    image = {
        "id": "wamid.P",
        "from": "919812345678",
        "timestamp": "1760000000",
        "type": "image",
        "image": {"id": "77", "mime_type": "image/jpeg", "caption": "this one"},
    }

    delivers(body({"messages": [image]}))

    attachment = Attachment.get()
    assert (attachment.state, attachment.meta_media_id) == ("pending", "77")
    assert Message.get().text == "this one"


def test_the_window_opens_with_the_customers_own_time_never_in_the_future(box: Path) -> None:
    delivers(body(text("from tomorrow", timestamp="9999999999")))

    assert Conversation.get().last_inbound_at <= WebhookEvent.get().received_at


def test_the_list_counts_unread_from_the_messages(box: Path) -> None:
    delivers(body(text("one")), body(text("two")), body(text("hello", wa_id="919800000001", name="Ananya")))

    page = conversations_page(EVERYTHING, ConversationQuery(), PageRequest())

    assert [(c["contact"]["name"], c["unread_count"]) for c in page.items] == [("Ananya", 1), ("Kabir", 2)]
    assert page.items[1]["last_message"]["text"] == "two"
