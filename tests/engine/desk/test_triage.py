"""States, snooze, tags, read marks: what becomes of conversations, and what the thread and open windows hear."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.engine.desk.triage import HOUR, bulk, lines, state_of
from tests.engine.inbox.meta import body, delivers, text
from tests.engine.inbox.test_lists import stands
from tests.windows import Windows
from wablast_box.engine.desk.triage import saved_views, tags
from wablast_box.engine.desk.triage.bulk import one
from wablast_box.engine.desk.triage.wake import resolve_idle, wake_due
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox.models import Conversation, ConversationTag
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Conflict, Invalid

# ---- states


@pytest.mark.feature("IN-26")
@pytest.mark.parametrize(("action", "state"), [("resolve", "resolved"), ("pending", "pending"), ("reopen", "open")])
def test_a_state_is_set_told_and_written_into_the_thread(asha: Actor, windows: Windows, action: str, state: str) -> None:
    number = stands("Kabir", state="snoozed", waiting_since_at=now())

    shown = one(EVERYTHING, asha, number, action, {})

    assert shown["state"] == state
    assert lines(number) == [("state", {"state": state, "before": "snoozed", "why": "person"})]
    assert [event.name for event in Event.select().order_by(Event.id)][-2:] == ["conversation.state_changed", "activity.added"]
    [told] = [news for news in windows.heard if news.name == "conversation.updated"]
    assert told.payload["conversation"]["state"] == state
    assert "inbox:unassigned" in told.rooms


@pytest.mark.feature("IN-26")
def test_who_is_resolved_waits_no_longer_and_comes_back_by_writing(asha: Actor) -> None:
    delivers(body(text("hi")))
    conversation = Conversation.get()
    assert conversation.waiting_since_at is not None

    one(EVERYTHING, asha, conversation.id, "resolve", {})
    resolved = Conversation.get()
    delivers(body(text("one more thing")))
    back = Conversation.get()

    assert (resolved.state, resolved.waiting_since_at) == ("resolved", None)
    assert back.state == "open" and back.waiting_since_at is not None and back.sort_id > resolved.sort_id


def test_what_is_so_already_says_nothing_twice(asha: Actor) -> None:
    number = stands("Kabir", state="resolved")

    done = bulk(asha, [number, number], "resolve")

    assert done == {"results": [{"id": str(number), "ok": True, "changed": False, "error": None}], "undo_id": None}
    assert lines(number) == []


@pytest.mark.feature("IN-26")
def test_quiet_conversations_are_resolved_after_the_days_of_the_setting(asha: Actor) -> None:
    fresh, quiet, pending = stands("Fresh"), stands("Quiet", wrote=80 * HOUR), stands("Pending", wrote=80 * HOUR, state="pending")
    waiting, snoozed = stands("Waiting", wrote=80 * HOUR, waiting_since_at=now() - 80 * HOUR), stands("Later", wrote=80 * HOUR, state="snoozed")

    assert resolve_idle() == 0, "off unless the owner turns it on"
    store.put("auto_resolve_days", 3)
    assert resolve_idle() == 2

    assert [state_of(n) for n in (fresh, quiet, pending, waiting, snoozed)] == ["open", "resolved", "resolved", "open", "snoozed"]
    assert lines(quiet) == [("state", {"state": "resolved", "before": "open", "why": "idle"})]


# ---- snooze


@pytest.mark.feature("IN-25")
def test_a_snoozed_conversation_comes_back_on_top_when_it_is_due_once(asha: Actor, windows: Windows) -> None:
    number, newer = stands("Kabir", wrote=5 * HOUR), stands("Newer")
    until = now() + HOUR

    shown = one(EVERYTHING, asha, number, "snooze", {"until": until, "reminder": " call about the loom "})
    with frozen_at(until - timedelta(seconds=1)):
        assert wake_due() == 0
    windows.heard.clear()
    with frozen_at(until):
        assert (wake_due(), wake_due()) == (1, 0)

    row = Conversation.get_by_id(number)
    assert (shown["state"], shown["reminder"]) == ("snoozed", "call about the loom")
    assert (row.state, row.snoozed_until, row.reminder) == ("open", None, "call about the loom")
    assert row.sort_id > Conversation.get_by_id(newer).sort_id
    assert [line[1]["why"] for line in lines(number)] == ["person", "due"]
    assert [news.name for news in windows.heard].count("conversation.updated") == 1


@pytest.mark.feature("IN-25")
def test_many_due_at_once_all_come_back(asha: Actor) -> None:
    numbers = [stands(f"Customer {n}") for n in range(450)]
    bulk(asha, numbers, "snooze", until=now() + HOUR)

    with frozen_at(now() + 2 * HOUR):
        assert wake_due() == 450

    assert {state_of(number) for number in numbers} == {"open"}
    assert len({row.sort_id for row in Conversation.select()}) == 450, "each has a place of its own"


@pytest.mark.feature("IN-25")
def test_a_snooze_without_a_moment_ends_when_the_customer_writes(asha: Actor) -> None:
    delivers(body(text("hi")))
    number = Conversation.get().id

    one(EVERYTHING, asha, number, "snooze", {})
    with frozen_at(now() + 1000 * HOUR):
        assert wake_due() == 0
    assert state_of(number) == "snoozed"
    delivers(body(text("here I am")))

    assert state_of(number) == "open"


def test_a_snooze_can_be_ended_early_and_replaced(asha: Actor) -> None:
    number = stands("Kabir")

    one(EVERYTHING, asha, number, "snooze", {"until": now() + HOUR, "reminder": "call"})
    later = one(EVERYTHING, asha, number, "snooze", {"until": now() + 5 * HOUR})
    back = one(EVERYTHING, asha, number, "unsnooze", {})

    assert (later["reminder"], back["state"], back["snoozed_until"], back["reminder"]) == (None, "open", None, None)


@pytest.mark.parametrize("until", [now() - HOUR, now(), now() + 400 * 24 * HOUR])
def test_a_snooze_must_lie_ahead(asha: Actor, until: Any) -> None:
    with pytest.raises(Invalid, match="still to come"):
        one(EVERYTHING, asha, stands("Kabir"), "snooze", {"until": until})


# ---- read marks


@pytest.mark.feature("IN-32")
def test_marking_unread_and_read_is_told_to_every_window(asha: Actor, windows: Windows) -> None:
    delivers(body(text("one")))
    delivers(body(text("two")))
    number = Conversation.get().id
    one(EVERYTHING, asha, number, "read", {})
    windows.heard.clear()

    unread = one(EVERYTHING, asha, number, "unread", {})
    read = one(EVERYTHING, asha, number, "read", {})

    assert (unread["unread_count"], read["unread_count"]) == (1, 0)
    told = [news.payload["conversation"]["unread_count"] for news in windows.heard if news.name == "conversation.updated"]
    assert told == [1, 0]
    assert [line for line in lines(number)] == [], "reading leaves no line in the thread"


def test_who_has_not_written_cannot_be_unread(asha: Actor) -> None:
    number = stands("Kabir")
    Conversation.update(last_inbound_id=0).where(Conversation.id == number).execute()

    with pytest.raises(Conflict):
        one(EVERYTHING, asha, number, "unread", {})


# ---- tags


@pytest.mark.feature("IN-29")
def test_a_tag_is_made_put_on_taken_off_renamed_and_deleted(asha: Actor, windows: Windows) -> None:
    number, vip = stands("Kabir"), tags.add_tag(" VIP ", "grape", by=asha)

    tagged = one(EVERYTHING, asha, number, "tag", {"add": [vip["id"]]})
    view = saved_views.add_view("Best", "tag:vip is:open", shared=True, by=asha)
    renamed = tags.change_tag(int(vip["id"]), name="best friends", color="teal", by=asha)
    followed = saved_views.view(asha, int(view["id"]))
    tags.delete_tag(int(vip["id"]), by=asha)

    assert tagged["tags"] == [vip] == [{"id": vip["id"], "name": "VIP", "color": "grape"}]
    assert (renamed["name"], renamed["color"]) == ("best friends", "teal")
    assert followed["q"] == 'tag:"best friends" is:open'
    assert ConversationTag.select().count() == 0 and tags.tags() == []
    assert lines(number) == [("tag", {"added": [vip], "removed": []})]
    assert [news.name for news in windows.heard].count("tags.changed") == 3


@pytest.mark.parametrize(("name", "color"), [("", "grape"), ("x" * 41, "grape"), ('a"b', "grape"), ("a,b", "grape"), ("ok", "magenta")])
def test_a_tag_that_cannot_be_is_refused(asha: Actor, name: str, color: str) -> None:
    with pytest.raises(Invalid):
        tags.add_tag(name, color, by=asha)


def test_two_tags_that_differ_in_letter_case_are_one(asha: Actor) -> None:
    tags.add_tag("vip", "grape", by=asha)

    with pytest.raises(Conflict, match="VIP"):
        tags.add_tag("VIP", "grape", by=asha)
