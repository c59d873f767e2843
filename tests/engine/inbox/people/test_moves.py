"""Who somebody is changes: a new number, a new user id, a number that was asked for. Whatever the order, one person remains."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.engine.inbox.meta import body, delivers, text
from wablast_box.engine.contacts.models import Contact, ContactAccount, ContactActivity
from wablast_box.engine.events.deliver import deliver_due
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.inbox.people.read import person
from wablast_box.engine.inbox.thread.models import ConversationActivity
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.team.actors import Actor
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.seeds import DEV_NUMBER

OLD, NEW = "919812345678", "919900055555"
OLD_ID, NEW_ID = "IN.1111", "IN.2222"
AT = 1760000000


def says(words: str, wa_id: str | None, user_id: str | None = None, *, at: int = AT) -> bytes:
    more: dict[str, Any] = {"timestamp": str(at)} | ({"from_user_id": user_id} if user_id else {})
    return body(text(words, wa_id=wa_id, **more))


def moved(*, user_ids: bool = False, kind: str = "user_changed_number", wamid: str = "wamid.SYS", at: int = AT + 60) -> bytes:
    system: dict[str, Any] = {"body": "moved", "type": kind, "wa_id": NEW}
    message = {"id": wamid, "from": OLD, "timestamp": str(at), "type": "system", "system": system}
    if user_ids:
        system |= {"user_id": NEW_ID, "previous_user_id": OLD_ID}
        message["from_user_id"] = OLD_ID
    return body({"messages": [message]})


def comes(*bodies: bytes) -> None:
    for one in bodies:
        delivers(one)
        deliver_due()


def words() -> list[str]:
    return [row.text for row in Message.select().where(Message.type == "text").order_by(Message.sent_at)]


@pytest.mark.feature("CN-26")
@pytest.mark.parametrize("user_ids", [False, True])
@pytest.mark.parametrize("order", list(itertools.permutations(["before", "notice", "after"])))
def test_a_new_number_is_the_same_person_in_whatever_order_meta_tells(people: Any, order: tuple[str, ...], user_ids: bool) -> None:
    told = {
        "before": says("from the old number", OLD, OLD_ID if user_ids else None),
        "notice": moved(user_ids=user_ids),
        "after": says("from the new number", NEW, NEW_ID if user_ids else None, at=AT + 120),
    }

    comes(*(told[name] for name in order))

    [contact] = Contact.select()
    assert (contact.wa_id, contact.phone, contact.user_id) == (NEW, f"+{NEW}", NEW_ID if user_ids else None)
    assert Conversation.select().count() == 1
    assert words() == ["from the old number", "from the new number"]


@pytest.mark.feature("CN-26")
def test_a_notice_that_comes_twice_and_in_two_forms_changes_nothing_more(people: Any) -> None:
    comes(says("hi", OLD, OLD_ID), moved(user_ids=True))
    number = Contact.get().id

    comes(moved(user_ids=True), moved(user_ids=True, kind="user_changed_user_id", wamid="wamid.SYS2", at=AT + 65))

    [contact] = Contact.select()
    assert (contact.id, contact.wa_id, contact.user_id) == (number, NEW, NEW_ID)
    assert Conversation.select().count() == 1


def test_a_late_message_from_the_old_number_is_theirs_and_a_new_one_is_somebody_elses(people: Any) -> None:
    comes(says("hi", OLD), moved())

    comes(says("sent before I moved", OLD, at=AT + 30), says("I bought this number", OLD, at=AT + 9_000))

    threads = {row.text: row.conversation_id for row in Message.select().where(Message.type == "text")}
    assert threads["hi"] == threads["sent before I moved"] != threads["I bought this number"]
    assert {contact.wa_id for contact in Contact.select()} == {OLD, NEW}


def test_whoever_had_the_number_before_loses_it_and_stays_who_they_are(people: Any) -> None:
    comes(says("I had it first", NEW, "IN.9999"), says("hi", OLD, OLD_ID), moved(user_ids=True))

    found = {contact.user_id: contact.wa_id for contact in Contact.select()}

    assert found == {"IN.9999": None, NEW_ID: NEW}


def test_the_thread_and_the_history_say_that_the_number_changed(people: Any) -> None:
    comes(says("hi", OLD), moved())

    line = ConversationActivity.get(ConversationActivity.kind == "contact.number_changed")
    change = ContactActivity.get(ContactActivity.kind == "number_changed")

    assert line.detail_json == change.detail_json == {"before": f"+{OLD}", "after": f"+{NEW}"}
    assert line.actor is None


@pytest.mark.feature("CN-24")
def test_somebody_without_a_number_writes_is_listed_and_can_be_found(people: Any, ravi: Actor) -> None:
    comes(body(text("do you ship?", wa_id=None, name="Dev", from_user_id=OLD_ID)))

    [contact] = Contact.select()
    seen = person(EVERYTHING, contact.id)

    assert (seen["phone"], seen["user_id"], seen["name"]) == (None, OLD_ID, "Dev")
    assert Conversation.select().count() == 1


@pytest.mark.feature("CN-25")
def test_a_number_that_was_asked_for_is_learnt(people: Any) -> None:
    comes(body(text("hi", wa_id=None, name="Dev", from_user_id=OLD_ID)))
    card = {"name": {"formatted_name": "Dev"}, "phones": [{"phone": f"+{OLD}", "wa_id": OLD}]}
    answer = {
        "id": "wamid.C",
        "from_user_id": OLD_ID,
        "timestamp": str(AT),
        "type": "contacts",
        "contacts": [card],
        "origin": "contact_request",
    }

    comes(body({"messages": [answer]}))

    [contact] = Contact.select()
    assert (contact.wa_id, contact.phone, contact.user_id) == (OLD, f"+{OLD}", OLD_ID)


def test_a_card_of_anybodys_is_no_answer(people: Any) -> None:
    comes(body(text("hi", wa_id=None, name="Dev", from_user_id=OLD_ID)))
    card = {"name": {"formatted_name": "Meera"}, "phones": [{"phone": f"+{OLD}", "wa_id": OLD}]}

    comes(body({"messages": [{"id": "wamid.C", "from_user_id": OLD_ID, "timestamp": str(AT), "type": "contacts", "contacts": [card]}]}))

    assert Contact.get().wa_id is None


@pytest.mark.feature("CN-25")
def test_the_pretend_phone_shares_the_number_that_was_asked_for(people: Any) -> None:
    posted: list[bytes] = []
    meta = FakeMeta(callback_url="http://box.test/hooks/meta", post=lambda _, __, raw: posted.append(raw) or 200)
    dev = meta.phone("dev")
    dev.says("do you ship?")
    meta.pump()
    comes(*posted)
    before = Contact.get()

    dev.shares_number()
    dev.says("that is my number")
    meta.pump()
    comes(*posted[1:])

    [contact] = Contact.select()
    assert (before.wa_id, contact.wa_id) == (None, DEV_NUMBER)
    assert (contact.id, contact.user_id) == (before.id, before.user_id)


@pytest.mark.feature("CT-08")
def test_a_number_and_a_user_id_that_meta_names_together_become_one_person(people: Any) -> None:
    comes(says("by number", OLD), body(text("by name", wa_id=None, from_user_id=OLD_ID)))
    assert Contact.select().count() == 2, "two rows as long as nobody says that they are one"

    comes(says("both", OLD, OLD_ID))

    [contact] = Contact.select()
    assert (contact.wa_id, contact.user_id) == (OLD, OLD_ID)
    assert sorted(words()) == ["both", "by name", "by number"]
    assert Conversation.select().count() == 1 and ContactAccount.select().count() == 0
