"""People are entered, changed, stopped and found; staff's name stays, and the history tells who did what."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.threads import side_by_side
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.contacts.fields.define import add_field
from wablast_box.engine.contacts.models import Contact, ContactActivity
from wablast_box.engine.contacts.upsert import find_or_create
from wablast_box.engine.inbox.models import Conversation, Tag
from wablast_box.engine.inbox.people import consent
from wablast_box.engine.inbox.people.history import history
from wablast_box.engine.inbox.people.read import count_people, people_page, person
from wablast_box.engine.inbox.people.write import create, create_many, edit
from wablast_box.engine.inbox.thread.notes import add_note
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids
from wablast_box.lib.clock import now, now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict, Denied, Invalid
from wablast_box.lib.paging import PageRequest


def a_tag(name: str) -> str:
    number = ids.new_id()
    Tag.insert(id=number, name=name, color="teal", created_at=now()).execute()
    return str(number)


def found(words: str, viewer: Viewer = EVERYTHING) -> list[str]:
    return [view["name"] for view in people_page(viewer, words, PageRequest()).items]


@pytest.mark.feature("CT-01")
def test_a_person_is_entered_with_tags_fields_and_language(ravi: Actor) -> None:
    city = add_field("City", "text", None, actor="user:1")["id"]
    vip = a_tag("vip")

    view = create(
        EVERYTHING, ravi, {"phone": "98123 45678", "name": " Kabir  Mehta ", "language": "HI", "tags": [vip], "fields": {city: "Pune"}}
    )

    assert (view["phone"], view["name"], view["language"], view["language_by"]) == ("+919812345678", "Kabir Mehta", "hi", "staff")
    assert view["tags"] == [{"id": vip, "name": "vip", "color": "teal"}]
    assert view["fields"] == [{"field_id": city, "name": "City", "kind": "text", "value": "Pune"}]


@pytest.mark.feature("CT-08")
def test_the_same_number_in_another_spelling_is_nobody_new(ravi: Actor) -> None:
    first = create(EVERYTHING, ravi, {"phone": "+91 98123-45678"})

    with pytest.raises(Conflict) as taken:
        create(EVERYTHING, ravi, {"phone": "09812345678"})

    assert (taken.value.code, taken.value.help) == ("contact_exists", first["id"])
    assert Contact.select().count() == 1


@pytest.mark.feature("CT-08")
def test_twenty_who_enter_the_same_person_at_once_make_one_row(ravi: Actor) -> None:
    def enter() -> int:
        with transaction():
            return find_or_create(wa_id="919812345678", user_id="IN.1")

    numbers = side_by_side([enter] * 20)

    assert Contact.select().count() == 1
    assert set(numbers) == {Contact.get().id}


@pytest.mark.feature("CT-07")
def test_many_are_entered_at_once_and_each_bad_row_says_why(ravi: Actor) -> None:
    create(EVERYTHING, ravi, {"phone": "9812345678"})
    rows = [
        {"phone": "98123 45679", "name": "Ananya"},
        {"phone": "12345"},
        {"phone": "+919812345678"},
        {"name": "nobody"},
        {"phone": "98123 45680", "fields": {"Shoe": "9"}},
    ]

    made, there, rejected = create_many(EVERYTHING, ravi, rows)

    assert (len(made), len(there)) == (1, 1)
    assert [(one.row, one.text) for one in rejected] == [(2, "12345"), (4, ""), (5, "98123 45680")]
    assert rejected[0].reason == "“12345” has too few digits."


def test_a_number_whose_customer_a_colleague_answers_is_not_told(ravi: Actor) -> None:
    delivers(body(text("hi")))
    Conversation.update(assignee=None).execute()
    stranger = Viewer(only_user_id=5, sees_free=False)

    with pytest.raises(Denied):
        create(stranger, ravi, {"phone": "9812345678"})


@pytest.mark.feature("CT-01")
def test_the_name_that_staff_gave_stays_when_the_profile_changes(ravi: Actor) -> None:
    delivers(body(text("hi", name="K")))
    number = Contact.get().id

    edit(EVERYTHING, ravi, number, {"name": "Kabir Mehta"})
    delivers(body(text("hi again", name="Kabir 🌶")))
    named = person(EVERYTHING, number)
    given_back = edit(EVERYTHING, ravi, number, {"name": ""})

    assert (named["name"], named["profile_name"]) == ("Kabir Mehta", "Kabir 🌶")
    assert (given_back["name"], given_back["profile_name"]) == ("Kabir 🌶", None)


@pytest.mark.feature("CT-18")
def test_a_language_is_guessed_until_staff_say_it(ravi: Actor) -> None:
    delivers(body(text("नमस्ते, कब आएगा?")))
    number = Contact.get().id

    guessed = person(EVERYTHING, number)
    said = edit(EVERYTHING, ravi, number, {"language": "mr"})

    assert (guessed["language"], guessed["language_guess"]) == (None, "hi")
    assert (said["language"], said["language_by"], said["language_guess"]) == ("mr", "staff", None)


@pytest.mark.feature("CT-01")
def test_people_are_found_by_tag_field_language_and_state(ravi: Actor) -> None:
    for name, kind, choices in (
        ("City", "text", None),
        ("Age", "number", None),
        ("Last visit", "date", None),
        ("Class", "choice", ["Gold", "Silver"]),
    ):
        add_field(name, kind, choices, actor="user:1")
    vip = a_tag("very important")
    people: list[dict[str, Any]] = [
        {"name": "Kabir", "phone": "9812345678", "tags": [vip], "fields": {"City": "Pune", "Age": 9, "Class": "Gold"}, "language": "hi"},
        {
            "name": "Ananya",
            "phone": "9812345679",
            "fields": {"City": "Navi Pune", "Age": 40, "Last visit": "2026-03-01"},
            "language": "pt-BR",
        },
        {"name": "Dev 100%", "user_id": "IN.5"},
    ]
    for one in people:
        create(EVERYTHING, ravi, one)
    Contact.update(blocked_at=now_ms()).where(Contact.name == "Ananya").execute()

    assert found('tag:"very important"') == ["Kabir"]
    assert found('-tag:"very important"') == ["Dev 100%", "Ananya"]
    assert found("City:pune") == ["Ananya", "Kabir"] and found("city=Pune") == ["Kabir"]
    assert found("Age>9") == ["Ananya"] and found("Age>=9 Age<40") == ["Kabir"]
    assert found('"Last visit"<2026-04-01') == ["Ananya"] and found('-"Last visit":*') == ["Dev 100%", "Kabir"]
    assert found("Class:gold") == ["Kabir"]
    assert found("lang:pt") == ["Ananya"] and found("is:blocked") == ["Ananya"]
    assert found("-has:phone") == ["Dev 100%"] and found("100%") == ["Dev 100%"]
    assert found("98123 45678") == ["Kabir"] and found("+91-98123") == ["Ananya", "Kabir"]
    assert count_people(EVERYTHING, "has:phone") == 2


@pytest.mark.parametrize("words", ["tag:nothing", "is:open", "has:wings", "Age>old", "x " * 30, "a" * 501, "lang:!"])
def test_a_filter_that_cannot_be_read_says_so(ravi: Actor, words: str) -> None:
    add_field("Age", "number", None, actor="user:1")

    with pytest.raises(Invalid):
        found(words)


@pytest.mark.parametrize("words", ["http://x", "re:order", "'; DROP TABLE contact; --", "%", "_", "!", "🌶", "Age:"])
def test_words_of_any_kind_are_only_looked_for(ravi: Actor, words: str) -> None:
    add_field("Age", "number", None, actor="user:1")
    create(EVERYTHING, ravi, {"phone": "9812345678", "name": "Kabir"})

    assert found(words) == []


def test_who_sees_no_numbers_finds_nobody_by_them(ravi: Actor) -> None:
    add_field("Second phone", "phone", None, actor="user:1")
    create(EVERYTHING, ravi, {"phone": "9812345678", "name": "Kabir", "fields": {"Second phone": "9812345679"}})
    blind = Viewer(hides_numbers=True)

    assert found("98123", blind) == [] and found("kabir", blind) == ["Kabir"]
    with pytest.raises(Invalid):
        found('"Second phone":98123', blind)


@pytest.mark.feature("CT-21")
def test_the_history_tells_who_did_what_with_a_person(ravi: Actor, asha: Actor) -> None:
    city = add_field("City", "text", None, actor="user:1")["id"]
    view = create(EVERYTHING, ravi, {"phone": "9812345678"})
    number = int(view["id"])
    edit(EVERYTHING, ravi, number, {"name": "Kabir", "fields": {city: "Pune"}, "tags": [a_tag("vip")]})
    consent.opt_out(EVERYTHING, ravi, number)
    consent.opt_in(EVERYTHING, asha, number, "asked by phone on 3 November")

    told = [
        (entry["change"]["kind"], entry["change"]["actor"]["name"], entry["change"]["detail"])
        for entry in history(EVERYTHING, number, PageRequest()).items
    ]

    assert told == [
        ("opted_in", "Asha", {"reason": "asked by phone on 3 November"}),
        ("opted_out", "Ravi", {}),
        ("tags", "Ravi", {"added": ["vip"], "removed": []}),
        ("edited", "Ravi", {"fields": ["name", "City"]}),
        ("created", "Ravi", {}),
    ]


@pytest.mark.feature("IN-37")
def test_chats_notes_deeds_and_advertisements_are_one_timeline_page_by_page(ravi: Actor, asha: Actor) -> None:
    referral = {"source_type": "ad", "source_id": "7", "headline": "Diwali sarees", "source_url": "https://fb.me/x"}
    delivers(body(text("I saw your ad", referral=referral)))
    number, conversation_id = Contact.get().id, Conversation.get().id
    add_note(EVERYTHING, ravi, conversation_id, "wants silk", [])
    delivers(body(text("are you there?")))
    consent.opt_out(EVERYTHING, ravi, number)
    edit(EVERYTHING, ravi, number, {"name": "Kabir Mehta"})

    whole = history(EVERYTHING, number, PageRequest()).items
    by_ones: list[str] = []
    request = PageRequest(limit=1)
    while True:
        page = history(EVERYTHING, number, request)
        by_ones += [entry["id"] for entry in page.items]
        if page.next_cursor is None:
            break
        request = PageRequest(limit=1, after=int(page.next_cursor))

    assert [entry["kind"] for entry in whole] == ["chat", "change", "change", "note", "ad"]
    assert (whole[0]["chat"]["received"], whole[0]["chat"]["text"]) == (2, "I saw your ad")
    assert whole[4]["ad"]["headline"] == "Diwali sarees"
    assert by_ones == [entry["id"] for entry in whole]


def test_higher_floors_add_to_the_timeline_without_a_change_here(ravi: Actor) -> None:
    from wablast_box.engine.inbox.people.history import SOURCES, Entry

    number = int(create(EVERYTHING, ravi, {"phone": "9812345678"})["id"])
    order = Entry(ids.new_id(), "order", "2026-11-22T00:00:00.000Z", {"total_paise": 164000})

    entries = history(EVERYTHING, number, PageRequest(), [*SOURCES, lambda about, before, limit: [order]]).items

    assert [entry["kind"] for entry in entries] == ["order", "change"]


def test_marketing_is_allowed_again_only_with_a_reason_and_that_is_written_down(ravi: Actor, asha: Actor) -> None:
    number = int(create(EVERYTHING, ravi, {"phone": "9812345678"})["id"])
    consent.opt_out(EVERYTHING, ravi, number)
    consent.opt_out(EVERYTHING, ravi, number)

    with pytest.raises(Invalid):
        consent.opt_in(EVERYTHING, asha, number, "  ")
    consent.opt_in(EVERYTHING, asha, number, "signed the form at the counter")
    with pytest.raises(Conflict):
        consent.opt_in(EVERYTHING, asha, number, "once more")

    assert Contact.get().marketing_opted_out_at is None
    assert AuditEntry.get(AuditEntry.action == "contacts.opt_in").detail_json == {"reason": "signed the form at the counter"}
    assert ContactActivity.select().where(ContactActivity.kind == "opted_out").count() == 1


def test_what_is_wrong_changes_nothing(ravi: Actor) -> None:
    number = int(create(EVERYTHING, ravi, {"phone": "9812345678", "name": "Kabir"})["id"])

    for given in (
        {"name": "x" * 121},
        {"name": "New", "language": "!"},
        {"name": "New", "tags": ["123"]},
        {"name": "New", "fields": {"none": 1}},
    ):
        with pytest.raises(BoxError):
            edit(EVERYTHING, ravi, number, given)

    assert person(EVERYTHING, number)["name"] == "Kabir"


@pytest.mark.feature("IN-45")
def test_who_may_be_the_same_person_is_suggested(ravi: Actor) -> None:
    add_field("Second phone", "phone", None, actor="user:1")
    number = int(create(EVERYTHING, ravi, {"phone": "9812345678", "name": "Kabir Mehta"})["id"])
    create(EVERYTHING, ravi, {"phone": "9812345679", "name": "KABIR MEHTA"})
    create(EVERYTHING, ravi, {"phone": "9812345680", "name": "Office", "fields": {"Second phone": "9812345678"}})
    create(EVERYTHING, ravi, {"phone": "9812345681", "name": "Ananya"})

    assert [(one["name"], one["reason"]) for one in person(EVERYTHING, number)["duplicates"]] == [
        ("Office", "phone"),
        ("KABIR MEHTA", "name"),
    ]
