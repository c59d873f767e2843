"""A thread is its messages, notes and activities in one order; notes call colleagues who may come."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.people import actor_for, add_person, hash_cheaply
from wablast_box.engine.events.models import Event
from wablast_box.engine.events.read import missed
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.inbox.thread.models import ConversationActivity, Note
from wablast_box.engine.inbox.thread.notes import add_note
from wablast_box.engine.inbox.thread.read import Place, Timeline, timeline
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.errors import BoxError, Invalid, NotFound


@pytest.fixture
def team(box: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Role, User]:
    hash_cheaply(monkeypatch)
    return {role: add_person(role) for role in Role}


@pytest.fixture
def ravi(team: dict[Role, User]) -> Actor:
    return actor_for(team[Role.AGENT])


def shows(page: Timeline) -> list[str]:
    return [item[item["kind"]].get("text") or item[item["kind"]]["kind"] for item in page.items]


def a_thread(ravi: Actor, turns: int) -> int:
    """Kabir writes and Ravi notes, in turn; then Ravi takes the conversation."""
    for turn in range(turns):
        delivers(body(text(f"message {turn}")))
        add_note(EVERYTHING, ravi, Conversation.get().id, f"note {turn}", [])
    assign(Conversation.get().id, ravi.id, actor=ravi.ref)
    return int(Conversation.get().id)


@pytest.mark.feature("IN-20")
def test_messages_notes_and_activities_stand_in_one_order(ravi: Actor) -> None:
    conversation_id = a_thread(ravi, 2)

    page = timeline(EVERYTHING, conversation_id, Place(), 50)

    assert shows(page) == ["message 0", "note 0", "message 1", "note 1", "assigned"]
    assert (page.before, page.after) == (None, None)
    assert page.items[1]["note"]["author"] == {"kind": "user", "id": str(ravi.id), "name": "Ravi"}
    assert page.items[4]["activity"]["detail"] == {"user": {"id": str(ravi.id), "name": "Ravi"}}


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 50])
def test_a_thread_is_walked_both_ways_without_gap_or_repeat(ravi: Actor, limit: int) -> None:
    conversation_id = a_thread(ravi, 4)
    whole = shows(timeline(EVERYTHING, conversation_id, Place(), 50))

    page = timeline(EVERYTHING, conversation_id, Place(), limit)
    backwards = shows(page)
    while page.before:
        page = timeline(EVERYTHING, conversation_id, Place("before", int(page.before)), limit)
        backwards = shows(page) + backwards
    first = timeline(EVERYTHING, conversation_id, Place("around", 0), limit)
    forwards, page = shows(first), first
    while page.after:
        page = timeline(EVERYTHING, conversation_id, Place("after", int(page.after)), limit)
        forwards += shows(page)

    assert backwards == whole
    assert forwards == whole


def test_a_page_around_a_message_holds_it_and_both_sides(ravi: Actor) -> None:
    conversation_id = a_thread(ravi, 5)
    middle = Message.get(Message.text == "message 2")

    page = timeline(EVERYTHING, conversation_id, Place("around", middle.id), 4)

    assert shows(page) == ["message 1", "note 1", "message 2", "note 2"]
    assert page.before and page.after


def test_who_may_not_see_the_conversation_reads_and_notes_nothing(ravi: Actor, team: dict[Role, User]) -> None:
    conversation_id = a_thread(ravi, 1)
    stranger = Viewer(only_user_id=1)

    for attempt in (
        lambda: timeline(stranger, conversation_id, Place(), 50),
        lambda: add_note(stranger, ravi, conversation_id, "hello", []),
    ):
        with pytest.raises(NotFound):
            attempt()

    assert Note.select().count() == 1


@pytest.mark.feature("IN-21")
def test_who_is_mentioned_is_told_once(ravi: Actor, team: dict[Role, User]) -> None:
    delivers(body(text("hi")))
    asha = team[Role.OWNER]

    note = add_note(EVERYTHING, ravi, Conversation.get().id, "@Asha may he have a discount?", [asha.id, asha.id])

    assert note["mentions"] == [{"id": str(asha.id), "name": "Asha"}]
    [event] = Event.select().where(Event.name == "note.mentioned")
    assert (event.subject_id, event.detail_json, event.actor) == (int(note["id"]), {"user_id": asha.id}, ravi.ref)


@pytest.mark.feature("IN-21")
def test_nobody_is_called_to_what_they_may_not_see(ravi: Actor, team: dict[Role, User]) -> None:
    delivers(body(text("hi")))
    conversation_id = Conversation.get().id
    tara = add_person(Role.AGENT, name="Tara", email="tara@example.com")
    gone = add_person(Role.AGENT, name="Gone", email="gone@example.com")
    User.update(disabled_at=1).where(User.id == gone.id).execute()
    assign(conversation_id, ravi.id, actor=ravi.ref)

    for number in (tara.id, team[Role.ANALYST].id, gone.id, 12345):
        with pytest.raises(Invalid) as refused:
            add_note(EVERYTHING, ravi, conversation_id, "look", [number])
        assert refused.value.field == "mentions"

    assert Note.select().count() == 0


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 10_001])
def test_a_note_without_words_or_with_too_many_is_refused(ravi: Actor, words: str) -> None:
    delivers(body(text("hi")))

    with pytest.raises(BoxError) as refused:
        add_note(EVERYTHING, ravi, Conversation.get().id, words, [])

    assert getattr(refused.value, "field", None) == "text"


def test_a_window_that_was_away_hears_of_notes_and_activities(ravi: Actor) -> None:
    conversation_id = a_thread(ravi, 1)

    items = missed(0, 50, None).items

    note, activity = Note.get(), ConversationActivity.get()
    told = {item["name"]: item["subject_id"] for item in items if item["conversation_id"] == str(conversation_id)}
    assert (told["note.added"], told["activity.added"]) == (str(note.id), str(activity.id))


def test_assigning_twice_to_the_same_person_is_one_line(ravi: Actor) -> None:
    conversation_id = a_thread(ravi, 1)

    assign(conversation_id, ravi.id, actor=ravi.ref)

    assert ConversationActivity.select().count() == 1
