"""Notes are changed by who wrote them and taken back by them or the owner; what they said before is kept."""

from __future__ import annotations

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.engine.inbox.test_thread import ravi, team  # noqa: F401
from tests.people import actor_for
from tests.windows import Windows
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.inbox.people.history import history
from wablast_box.engine.inbox.thread.note_changes import change_note, delete_note, versions
from wablast_box.engine.inbox.thread.notes import add_note
from wablast_box.engine.inbox.thread.read import Place, timeline
from wablast_box.engine.inbox.transcripts.collect import Span, items
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.search.index import index_some
from wablast_box.engine.search.models import SearchDue
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor, person
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.errors import Conflict, Denied, Invalid, NotFound
from wablast_box.lib.paging import PageRequest

pytestmark = pytest.mark.feature("IN-20")


@pytest.fixture
def asha(team: dict[Role, User]) -> Actor:  # noqa: F811
    return actor_for(team[Role.OWNER])


@pytest.fixture
def note(ravi: Actor) -> int:  # noqa: F811
    delivers(body(text("hi")))
    return int(add_note(EVERYTHING, ravi, Conversation.get().id, "give him 5 %", [])["id"])


def test_who_wrote_it_changes_it_every_window_hears_and_the_former_words_are_kept(note: int, ravi: Actor, windows: Windows) -> None:  # noqa: F811
    shown = change_note(EVERYTHING, ravi, note, "give him 10 %", [])
    change_note(EVERYTHING, ravi, note, "give him nothing", [])

    assert (shown["text"], shown["edited_at"] is not None, shown["deleted"]) == ("give him 10 %", True, None)
    assert [news.name for news in windows.heard] == ["note.updated", "note.updated"]
    assert windows.heard[-1].payload["note"]["text"] == "give him nothing"
    former = versions(EVERYTHING, ravi, note)
    assert [(one["text"], one["replaced_by"]) for one in former] == [("give him 5 %", "Ravi"), ("give him 10 %", "Ravi")]


def test_nobody_changes_what_a_colleague_wrote_not_even_the_owner(note: int, asha: Actor) -> None:
    with pytest.raises(Denied):
        change_note(EVERYTHING, asha, note, "something else", [])

    assert versions(EVERYTHING, asha, note) == []


def test_the_owner_takes_back_anybodys_note_and_an_agent_only_their_own(note: int, asha: Actor, ravi: Actor) -> None:  # noqa: F811
    hers = int(add_note(EVERYTHING, asha, Conversation.get().id, "mine", [])["id"])
    with pytest.raises(Denied):
        delete_note(EVERYTHING, ravi, hers)

    delete_note(EVERYTHING, asha, note)
    delete_note(EVERYTHING, asha, hers)

    gone = timeline(EVERYTHING, Conversation.get().id, Place(), 50).items[1]["note"]
    assert (gone["text"], gone["deleted"]["by"]["name"]) == ("", "Asha")
    assert [row.action for row in AuditEntry.select().where(AuditEntry.action == "note.deleted")] == ["note.deleted"] * 2


def test_what_was_taken_back_is_nowhere_but_in_the_hands_of_who_reads_the_log(note: int, asha: Actor, ravi: Actor) -> None:  # noqa: F811
    delete_note(EVERYTHING, ravi, note)

    conversation = Conversation.get()
    assert [item.text for item in items(conversation.id, Span(), with_notes=True)] == ["hi"]
    assert all(entry.get("note") is None for entry in history(EVERYTHING, conversation.contact.id, PageRequest(50)).items)
    with pytest.raises(Denied):
        versions(EVERYTHING, ravi, note)
    assert [one["text"] for one in versions(EVERYTHING, asha, note)] == ["give him 5 %"]
    for again in (lambda: change_note(EVERYTHING, ravi, note, "back", []), lambda: delete_note(EVERYTHING, ravi, note)):
        with pytest.raises(Conflict):
            again()


def test_who_is_newly_called_by_name_hears_of_it_once(note: int, asha: Actor, ravi: Actor) -> None:  # noqa: F811
    change_note(EVERYTHING, ravi, note, "@Asha 5 %", [asha.id or 0])
    shown = change_note(EVERYTHING, ravi, note, "@Asha 6 %", [asha.id or 0])
    after = change_note(EVERYTHING, ravi, note, "nobody", [])

    assert [one["name"] for one in shown["mentions"]] == ["Asha"]
    assert after["mentions"] == []
    assert Event.select().where(Event.name == "note.mentioned").count() == 1


def test_who_may_not_see_the_conversation_touches_no_note_of_it(note: int, asha: Actor, ravi: Actor) -> None:  # noqa: F811
    assign(Conversation.get().id, asha.id, actor=asha.ref)
    viewer = Viewer(ravi.id)

    for attempt in (
        lambda: change_note(viewer, ravi, note, "x", []), lambda: delete_note(viewer, ravi, note), lambda: versions(viewer, ravi, note),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            attempt()


def test_words_are_needed_and_a_change_that_is_none_leaves_no_mark(note: int, ravi: Actor) -> None:  # noqa: F811
    with pytest.raises(Invalid):
        change_note(EVERYTHING, ravi, note, "  ", [])

    assert change_note(EVERYTHING, ravi, note, "give him 5 %", [])["edited_at"] is None


@pytest.mark.feature("IN-35")
def test_who_sees_no_numbers_cannot_write_over_one(team: dict[Role, User], ravi: Actor) -> None:  # noqa: F811
    delivers(body(text("hi")))
    note = int(add_note(EVERYTHING, ravi, Conversation.get().id, "ring +91 98765 01234", [])["id"])
    store.put("agents_see_masked_numbers", True)

    with pytest.raises(Conflict):
        change_note(EVERYTHING, person(team[Role.AGENT]), note, "ring ••••••234 today", [])


def test_the_search_hears_of_both(note: int, ravi: Actor) -> None:  # noqa: F811
    index_some()
    assert SearchDue.select().count() == 0

    delete_note(EVERYTHING, ravi, note)

    assert SearchDue.select().where(SearchDue.kind == "note", SearchDue.subject_id == note).count() >= 1
