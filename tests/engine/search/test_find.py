"""Looking for what was said: every kind, every script, and only what the asker may see."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.engine.search.saying import ALL, found, notes, phones, said, writes
from tests.people import add_person, hash_cheaply
from wablast_box.engine.contacts.models import ContactAccount, ContactField, ContactValue
from wablast_box.engine.inbox.models import Attachment, Contact, Conversation, ConversationTag, Message, Tag
from wablast_box.engine.inbox.thread.models import Note
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.search import index
from wablast_box.engine.search.filters import Asker
from wablast_box.engine.search.find import LOOKED_AT, find
from wablast_box.engine.search.models import SearchBacklog, SearchDue
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib import db, ids, sql
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Invalid
from wablast_box.lib.ids import new_id
from wablast_box.lib.paging import PageRequest


@pytest.mark.feature("IN-31")
@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Where is my order AS-48213?", "48213"),
        ("Where is my order AS-48213?", "as-48213"),
        ("Where is my order AS-48213?", "ord"),
        ("नमस्ते, लाल साड़ी की कीमत क्या है", "साड़ी"),
        ("नमस्ते, लाल साड़ी की कीमत क्या है", "कीम"),
        ("பட்டுப் புடவை விலை என்ன", "புடவை விலை"),
        ("তাঁতের শাড়ি কত দাম", "শাড়ি"),
        ("બાંધણી દુપટ્ટો છે?", "દુપ"),
        ("Café crème", "cafe creme"),
        ("Room १२३", "123"),
    ],
)
def test_a_message_is_found_in_every_script_while_it_is_being_typed(box: Path, message: str, words: str) -> None:
    writes(message)

    assert said(found(words, "message")) == [("message", message)]
    assert found(words + " zzz", "message") == []


@pytest.mark.feature("IN-31")
def test_one_search_finds_people_messages_notes_and_files(box: Path) -> None:
    conversation_id = writes("My name is Saree, Kabir Saree", name="Kabir Saree")
    notes(conversation_id, "wants the blue saree")
    with db.transaction():
        Attachment.create(message=Message.get().id, state="failed", filename="Saree catalogue.pdf", mime_type="application/pdf")

    everything = found("saree")

    assert [item["kind"] for item in everything] == ["contact", "note", "message"]
    assert said(found("catalogue", "file")) == [("file", "Saree catalogue.pdf")]
    assert said(found("blue kind:note")) == [("note", "wants the blue saree")]
    assert [item["conversation_id"] for item in everything] == [str(conversation_id)] * 3


@pytest.mark.feature("IN-31")
def test_words_in_quotes_stand_side_by_side(box: Path) -> None:
    writes("red saree with gold")
    writes("saree that is red")

    assert said(found('"red saree"', "message")) == [("message", "red saree with gold")]
    assert len(found("red saree", "message")) == 2


@pytest.mark.feature("IN-31")
def test_filters_narrow_by_person_side_day_and_tag(box: Path) -> None:
    theirs = writes("order from Kabir", name="Kabir Khan")
    writes("order from Meena", name="Meena Iyer", phone="919811111111")
    notes(theirs, "order is late")
    tag = Tag.create(id=new_id(), name="VIP", color="grape", created_at=now())
    ConversationTag.create(conversation=theirs, tag=tag, created_at=now())

    assert {item["title"] for item in found("order in:kabir")} == {"Kabir Khan"}
    assert said(found("order from:meena")) == [("message", "order from Meena")]
    assert {item["kind"] for item in found("order tag:vip")} == {"note", "message"}
    assert said(found("order from:customer tag:VIP")) == [("message", "order from Kabir")]
    assert found(f"order in:{theirs}", "note") and not found("order in:nobody") and not found("order tag:nothing")
    assert len(found("order after:1d", "message")) == 2 and not found("order before:1d", "message")
    assert [item["kind"] for item in found("tag:vip")] == ["conversation"]


def test_a_day_is_the_shops_day(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_last", 0)
    with frozen_at(datetime.fromisoformat("2026-11-20T20:00:00+00:00")):  # half past one in the morning of the 21st in India
        writes("late order")

    assert found("order after:2026-11-21") and not found("order before:2026-11-21") and found("order before:2026-11-22")


@pytest.mark.parametrize("words", ["before:yesterday", "after:2026-13-45", "kind:potato", "before:99999-01-01"])
def test_a_filter_that_means_nothing_is_refused_with_what_would_be_right(box: Path, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        found(words)

    assert refused.value.field == "q" and refused.value.help


@pytest.mark.feature("IN-31")
def test_nobody_finds_what_they_may_not_open(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hash_cheaply(monkeypatch)
    add_person(Role.OWNER)
    ravi, other = add_person(Role.AGENT), add_person(Role.AGENT, name="Sunita", email="sunita@example.com")
    hidden, open_to_all = writes("secret order", name="Hidden Kabir"), writes("open order", name="Meena", phone="919811111111")
    notes(hidden, "secret note about the order")
    Conversation.update(assignee=other).where(Conversation.id == hidden).execute()
    as_ravi = Asker(Viewer(ravi.id), ravi.id)

    for words in ("order", "secret", "hidden", "note", "919812345678", f"order in:{hidden}", "in:hidden", "from:hidden order", "kind:contact kabir"):
        assert all(item["conversation_id"] == str(open_to_all) for item in found(words, asker=as_ravi)), words
    assert len(found("order", asker=as_ravi)) == 1
    assert len(found("order")) == 3


@pytest.mark.feature("IN-31")
def test_who_sees_no_numbers_neither_reads_nor_finds_by_them(box: Path) -> None:
    writes("hello", name="Kabir")
    masked = Asker(EVERYTHING, hides_numbers=True)

    [shown] = found("kabir", "contact", asker=masked)

    assert "812345" not in str(shown) and shown["snippet"].endswith("678")
    assert found("98123456", "contact") and not found("98123456", "contact", asker=masked)
    assert not found("hello in:98123456", asker=masked)


@pytest.mark.feature("IN-31")
def test_a_hidden_number_in_a_text_cannot_be_found_out_digit_by_digit(box: Path) -> None:
    writes("call me on 9812345678 about order 48213")
    masked = Asker(EVERYTHING, hides_numbers=True)

    assert found("98123", "message") and found("9812345678", "message") and found("48213", "message", asker=masked)
    for words in ("98", "98123", "9812345678", '"9812345678"', "call 9812345678", "4821"):
        assert not found(words, "message", asker=masked), words


@pytest.mark.feature("IN-31")
def test_a_person_is_found_by_any_digits_of_the_number_and_any_part_of_the_name(box: Path) -> None:
    writes("hi", name="Kavita Sharma", phone="919812345678")

    for words in ("kav", "sharma", "sha kav", "+91 98123", "5678", "98123 45678"):
        assert [item["title"] for item in found(words, "contact")] == ["Kavita Sharma"], words
    [shown] = found("4567", "contact")
    assert shown["snippet"][slice(*shown["highlights"][0])] == "4567"


@pytest.mark.feature("IN-31")
def test_a_person_is_found_by_what_is_known_of_them_and_by_their_other_numbers(box: Path) -> None:
    writes("hi", name="Kabir")
    person = Contact.get()
    city, second = (ContactField.create(id=new_id(), name=name, kind=kind, place=0, created_at=now()) for name, kind in (("City", "text"), ("Wife", "phone")))
    with db.transaction():
        ContactValue.create(contact=person, field=city, value="Mysuru Road", folded="mysuru road")
        ContactValue.create(contact=person, field=second, value="+919900112233", folded="+919900112233")
        ContactAccount.create(id=new_id(), contact=person, wa_id="447700900123", created_at=now())

    assert said(found("mysu", "contact")) == [("contact", "Mysuru Road")]
    for digits in ("112233", "900123", "812345"):
        assert len(found(digits, "contact")) == 1, digits
        assert not found(digits, "contact", asker=Asker(EVERYTHING, hides_numbers=True)), digits
    with db.transaction():
        ContactValue.delete().execute()
    assert not found("mysu", "contact") and not found("112233", "contact")


@pytest.mark.feature("IN-31")
def test_what_changes_is_found_as_it_is_now(box: Path) -> None:
    conversation_id = writes("first words", wamid="wamid.EDITED")
    note = notes(conversation_id, "old note")
    assert found("first") and found("old", "note")

    delivers(body(text("", type="edit", edit={"original_message_id": "wamid.EDITED", "message": {"type": "text", "text": {"body": "second thoughts"}}})))
    with db.transaction():
        Note.update(text="new note").where(Note.id == note.id).execute()
        Contact.update(name="Renamed").execute()

    assert [item["snippet"] for item in found("second", "message")] == ["second thoughts"] and not found("first", "message")
    assert found("new", "note") and not found("old", "note")
    assert found("renamed", "contact") and not found("kabir", "contact")
    with db.transaction():
        Note.delete().execute()
        Message.delete().execute()
    assert not found("new", "note") and not found("second", "message")


@pytest.mark.feature("IN-31")
def test_a_box_that_was_there_before_the_index_is_indexed_piece_by_piece_newest_first(box: Path) -> None:
    for number in range(30):
        writes(f"message number{number}", phone=str(next(phones)))
    with db.transaction():
        SearchDue.delete().execute()
        SearchBacklog.create(kind="message", below_id=1 << 62)

    index.index_older(10)
    newest_only = find(ALL, "message", "message", PageRequest(50)).items

    assert [item["snippet"] for item in newest_only] == [f"message number{number}" for number in range(29, 19, -1)]
    assert len(found("message", "message")) == 30
    assert not SearchBacklog.select().exists() and not SearchDue.select().exists()


@pytest.mark.feature("IN-31")
@pytest.mark.parametrize("restricted", [False, True])
def test_pages_follow_each_other_without_gap_or_repeat(box: Path, restricted: bool) -> None:
    for number in range(25):
        conversation_id = writes(f"saree {number}", phone=str(next(phones)))
        if number % 5 == 0:
            notes(conversation_id, f"saree note {number}")
    index.index_some()
    asker = Asker(Viewer(7)) if restricted else ALL

    seen, cursor = [], None
    while True:
        page = find(asker, "saree", None, PageRequest(4, cursor))
        seen += [item["id"] for item in page.items]
        assert len(page.items) <= 4
        if page.next_cursor is None:
            break
        cursor = int(page.next_cursor)

    assert len(seen) == len(set(seen)) == 30
    assert seen == sorted(seen, key=int, reverse=True)


def test_a_page_looks_at_so_many_and_no_more(box: Path) -> None:
    mine, theirs = writes("first saree", phone=str(next(phones))), writes("x", phone=str(next(phones)))
    with db.transaction():
        Conversation.update(assignee=None).where(Conversation.id == mine).execute()
        owner = User.create(id=new_id(), email="x@example.com", name="X", role="AGENT", created_at=now())
        Conversation.update(assignee=owner).where(Conversation.id == theirs).execute()
        rows = [(new_id(), theirs, "in", "text", f"saree {number}", False, "received", 1, 0, 0) for number in range(LOOKED_AT + 500)]
        sql.run_many(
            "INSERT INTO message (id, conversation_id, direction, type, text, is_forwarded, state, created_at, priority, attempts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    index.index_everything()
    as_stranger = Asker(Viewer(7))

    first = find(as_stranger, "saree", "message", PageRequest(10))
    second = find(as_stranger, "saree", "message", PageRequest(10, int(first.next_cursor or 0)))

    assert first.items == [] and first.next_cursor
    assert [item["snippet"] for item in second.items] == ["first saree"] and second.next_cursor is None


def test_an_update_that_says_nothing_new_is_not_indexed_again(box: Path) -> None:
    writes("hello")
    index.index_some()

    with db.transaction():
        Message.update(state="received", read_at=now() - timedelta(seconds=time.time() % 1)).execute()

    assert index.index_due() == 0
