"""Two rows of one person become one: everything moves, nothing is doubled, and what becomes of it is shown before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.threads import side_by_side
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.contacts.fields.define import add_field
from wablast_box.engine.contacts.models import Contact, ContactAccount, ContactActivity, ContactValue
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox.models import Conversation, ConversationTag, Message, Tag
from wablast_box.engine.inbox.people.merge import merge, preview
from wablast_box.engine.inbox.people.models import ContactTag
from wablast_box.engine.inbox.people.write import edit
from wablast_box.engine.inbox.thread.models import ConversationActivity, Note
from wablast_box.engine.inbox.thread.notes import add_note
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids
from wablast_box.lib.clock import now, now_ms
from wablast_box.lib.db import database
from wablast_box.lib.errors import Conflict, Invalid, NotFound
from wablast_box.lib.references import references_to

HOME, WORK = "919812345678", "919900055555"


def two(asha: Actor) -> tuple[int, int]:
    """Kabir writes from two numbers, last from work; each conversation has a note, tags and fields."""
    delivers(body(text("from home", wa_id=HOME, timestamp="1760000000")))
    delivers(body(text("from work", wa_id=WORK, name="K. Mehta", timestamp="1760000600")))
    city, age = add_field("City", "text", None, actor=asha.ref)["id"], add_field("Age", "number", None, actor=asha.ref)["id"]
    tags = [ids.new_id() for _ in "ab"]
    Tag.insert_many(
        [{"id": n, "name": name, "color": "teal", "created_at": now()} for n, name in zip(tags, ("vip", "b2b"), strict=True)]
    ).execute()
    home, work = (Contact.get(Contact.wa_id == number).id for number in (HOME, WORK))
    edit(EVERYTHING, asha, home, {"fields": {city: "Pune"}, "tags": [str(tags[0])]})
    edit(EVERYTHING, asha, work, {"fields": {city: "Mysuru", age: 40}, "tags": [str(tag) for tag in tags], "language": "kn"})
    for contact_id in (home, work):
        conversation = Conversation.get(Conversation.contact == contact_id)
        add_note(EVERYTHING, asha, conversation.id, f"note of {contact_id}", [])
        ConversationTag.insert(conversation=conversation.id, tag=tags[0], created_at=now()).execute()
    return home, work


@pytest.mark.feature("IN-45")
def test_everything_of_both_is_one_persons(asha: Actor) -> None:
    home, work = two(asha)

    view = merge(EVERYTHING, asha, home, work)

    [conversation] = Conversation.select()
    assert [row.text for row in Message.select().order_by(Message.id)] == ["from home", "from work"]
    assert {row.conversation_id for row in Message.select()} == {conversation.id}
    assert Note.select().count() == 2
    assert {field["name"]: field["value"] for field in view["fields"]} == {"City": "Pune", "Age": "40"}
    assert [tag["name"] for tag in view["tags"]] == ["b2b", "vip"]
    assert view["language"] == "kn"
    assert Contact.select().count() == 1 and ConversationTag.select().count() == 1


@pytest.mark.feature("IN-45")
def test_answers_go_to_where_the_customer_wrote_last_and_both_numbers_stay_theirs(asha: Actor) -> None:
    home, work = two(asha)

    merge(EVERYTHING, asha, home, work)
    after_merge = Contact.get().wa_id
    delivers(body(text("home again", wa_id=HOME, timestamp="1760001000")))

    assert (after_merge, Contact.get().wa_id, Contact.get().phone) == (WORK, HOME, f"+{HOME}")
    assert Contact.select().count() == 1 and Conversation.select().count() == 1
    assert [(account.wa_id, account.left_at) for account in ContactAccount.select()] == [(WORK, None)]


def test_a_conversation_that_is_gone_leaves_unread_waiting_and_open_behind(asha: Actor) -> None:
    home, work = two(asha)
    kept, gone = (Conversation.get(Conversation.contact == number) for number in (home, work))
    Conversation.update(state="resolved", read_up_to_id=kept.last_inbound_id, waiting_since_at=None).where(
        Conversation.id == kept.id
    ).execute()

    merge(EVERYTHING, asha, home, work)

    [found] = Conversation.select()
    assert (found.id, found.state, found.last_message_id) == (kept.id, "open", gone.last_message_id)
    assert found.last_inbound_id > found.read_up_to_id and found.waiting_since_at is not None
    assert found.last_inbound_at == gone.last_inbound_at


def test_what_becomes_of_two_is_shown_before(asha: Actor) -> None:
    home, work = two(asha)
    Contact.update(marketing_opted_out_at=now_ms()).where(Contact.id == work).execute()

    shown = preview(EVERYTHING, home, work)
    merged = merge(EVERYTHING, asha, home, work)

    assert (shown["name"], shown["phone"], shown["other_phone"]) == ("Kabir", f"+{WORK}", f"+{HOME}")
    assert shown["fields"] == [
        {"name": "City", "kind": "text", "kept": "Pune", "gone": "Mysuru", "result": "Pune"},
        {"name": "Age", "kind": "number", "kept": None, "gone": "40", "result": "40"},
    ]
    assert (shown["kept"]["messages"], shown["gone"]["notes"], shown["refusal"]) == (1, 1, None)
    for name in ("name", "phone", "language", "marketing_opted_out_at"):
        assert merged[name] == shown[name], name


def test_who_stopped_marketing_does_not_get_it_by_a_merge(asha: Actor) -> None:
    home, work = two(asha)
    Contact.update(marketing_opted_out_at=now_ms()).where(Contact.id == work).execute()

    merge(EVERYTHING, asha, home, work)

    assert Contact.get().marketing_opted_out_at is not None


def test_a_name_that_staff_gave_wins(asha: Actor) -> None:
    home, work = two(asha)
    edit(EVERYTHING, asha, work, {"name": "Kabir Mehta, wholesale"})

    merge(EVERYTHING, asha, home, work)

    assert Contact.get().name == "Kabir Mehta, wholesale"


def test_half_a_blocked_person_is_not_made(asha: Actor) -> None:
    home, work = two(asha)
    Contact.update(blocked_at=now_ms()).where(Contact.id == home).execute()

    with pytest.raises(Conflict):
        merge(EVERYTHING, asha, home, work)

    assert preview(EVERYTHING, home, work)["refusal"] == "Kabir is blocked at WhatsApp."
    assert Contact.select().count() == 2


def test_nobody_merges_whom_they_may_not_see_nor_one_with_themselves(asha: Actor) -> None:
    home, work = two(asha)

    with pytest.raises(NotFound):
        merge(Viewer(only_user_id=5, sees_free=False), asha, home, work)
    with pytest.raises(Invalid):
        merge(EVERYTHING, asha, home, home)

    assert Contact.select().count() == 2


def test_a_merge_is_in_the_log_the_thread_the_history_and_told_to_windows(asha: Actor) -> None:
    home, work = two(asha)
    gone = Conversation.get(Conversation.contact == work).id

    merge(EVERYTHING, asha, home, work)

    assert AuditEntry.get(AuditEntry.action == "contacts.merged").subject == f"contact:{home}"
    assert ConversationActivity.get(ConversationActivity.kind == "contact.merged").detail_json["name"] == "K. Mehta"
    assert ContactActivity.select().where(ContactActivity.kind == "merged").count() == 1
    event = Event.get(Event.name == "contact.merged")
    assert (event.subject_id, event.detail_json["gone_conversation_id"]) == (home, gone)


@pytest.mark.feature("IN-45")
def test_two_who_merge_at_once_merge_once(asha: Actor) -> None:
    home, work = two(asha)

    outcomes = side_by_side([lambda: merge(EVERYTHING, asha, home, work), lambda: merge(EVERYTHING, asha, work, home)])

    assert sum(isinstance(one, dict) for one in outcomes) == 1
    assert [one for one in outcomes if not isinstance(one, (dict, NotFound))] == []
    assert Contact.select().count() == 1 and Message.select().count() == 2


def test_messages_that_come_in_while_two_are_merged_are_all_there(asha: Actor) -> None:
    home, work = two(asha)
    bodies = [body(text(f"more {n}", wa_id=(HOME, WORK)[n % 2])) for n in range(20)]

    side_by_side([lambda: merge(EVERYTHING, asha, home, work), lambda: [delivers(one) for one in bodies]])
    delivers()

    assert Contact.select().count() == 1 and Conversation.select().count() == 1
    assert Message.select().count() == 22


def test_no_table_that_names_a_person_or_a_conversation_is_forgotten(asha: Actor) -> None:
    """What is asked of the database is all there is: every foreign key, and the unique keys that may clash."""
    named = {one.table for one in references_to("conversation")} | {one.table for one in references_to("contact")}

    tables = {
        table
        for table in database.get_tables()
        for key in database.get_foreign_keys(table)
        if key.dest_table in ("contact", "conversation")
    }

    assert named == tables and {"message", "note", "contact_value", "ad_referral"} <= named
    tagged = next(one for one in references_to("conversation") if one.table == "conversation_tag")
    assert ("tag_id",) in tagged.rivals


def test_a_long_conversation_moves_in_time(asha: Actor) -> None:
    home, work = two(asha)
    conversation = Conversation.get(Conversation.contact == work).id
    rows: list[dict[str, Any]] = [
        {
            "id": number,
            "conversation": conversation,
            "direction": "in",
            "type": "text",
            "text": f"m{number}",
            "state": "received",
            "created_at": now(),
        }
        for number in ids.new_ids(5_000)
    ]
    for start in range(0, len(rows), 500):
        Message.insert_many(rows[start : start + 500]).execute()
    begun = now()

    merge(EVERYTHING, asha, home, work)

    assert now() - begun < timedelta(seconds=5)
    assert Message.select().where(Message.conversation == Conversation.get().id).count() == 5_002
    assert ContactTag.select().count() == 2 and ContactValue.select().count() == 2
