"""Many conversations at once, undo, and views that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.engine.desk.triage import HOUR, bulk, lines, state_of
from tests.engine.inbox.test_lists import stands
from tests.windows import Windows
from wablast_box.engine.desk.triage import saved_views
from wablast_box.engine.desk.triage.bulk import one
from wablast_box.engine.desk.triage.undo import undo
from wablast_box.engine.inbox.conversations import answered
from wablast_box.engine.inbox.models import Contact, Conversation, ConversationTag, Tag
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import Team
from wablast_box.lib.clock import from_ms, frozen_at, now
from wablast_box.lib.errors import BoxError, Denied, Invalid, NotFound

# ---- many at once


@pytest.mark.feature("IN-38")
def test_five_hundred_are_resolved_in_one_request_and_taken_back(asha: Actor, windows: Windows) -> None:
    numbers = [stands(f"Customer {n}", waiting_since_at=from_ms(1_700_000_000_000 + n)) for n in range(500)]

    done = bulk(asha, numbers, "resolve")
    states = {state_of(number) for number in numbers}
    back = undo(asha, int(done["undo_id"]))

    assert states == {"resolved"} and all(result["ok"] for result in [*done["results"], *back])
    assert [Conversation.get_by_id(n).waiting_since_at for n in numbers] == [from_ms(1_700_000_000_000 + n) for n in range(500)]
    assert [news.name for news in windows.heard].count("conversation.updated") == 1000


@pytest.mark.feature("IN-38")
def test_only_what_one_may_see_is_changed_and_nothing_else_is_told(asha: Actor, ravi: Actor) -> None:
    free, his, hers = stands("Free"), stands("His", assignee=ravi.id), stands("Hers", assignee=asha.id)

    done = bulk(ravi, [free, his, hers, 12345], "resolve", viewer=Viewer(ravi.id))

    results = {int(result["id"]): result for result in done["results"]}
    assert [results[n]["ok"] for n in (free, his, hers, 12345)] == [True, True, False, False]
    assert results[hers]["error"] == results[12345]["error"] == {"code": "not_found", "message": "There is no such conversation."}
    assert state_of(hers) == "open"


@pytest.mark.feature("IN-38")
def test_taking_back_leaves_alone_what_somebody_changed_since(asha: Actor, ravi: Actor) -> None:
    first, second = stands("First"), stands("Second")
    done = bulk(ravi, [first, second], "resolve")
    one(EVERYTHING, asha, second, "pending", {})

    back = {int(result["id"]): result["ok"] for result in undo(ravi, int(done["undo_id"]))}

    assert back == {first: True, second: False}
    assert (state_of(first), state_of(second)) == ("open", "pending")


@pytest.mark.feature("IN-38")
@pytest.mark.parametrize(
    ("action", "given"),
    [("resolve", {}), ("pending", {}), ("snooze", {"until": now() + 900 * HOUR // 100}), ("assign", {"user_id": "me"}), ("team", {"team_id": "11"}), ("tag", {"add": ["21"], "remove": ["22"]}), ("unread", {}), ("read", {})],
)
def test_every_action_can_be_taken_back(asha: Actor, action: str, given: dict[str, Any]) -> None:
    Team.insert(id=11, name="Sales", created_at=now()).execute()
    for number, name in ((21, "vip"), (22, "spam")):
        Tag.insert(id=number, name=name, color="grape", created_at=now()).execute()
    numbers = [stands("Read", tags=(22,), waiting_since_at=now()), stands("Unread", read=False, reminder="call")]
    given = {key: str(asha.id) if value == "me" else value for key, value in given.items()}

    before = everything(numbers)
    done = bulk(asha, numbers, action, **given)
    between = everything(numbers)
    undo(asha, int(done["undo_id"]))

    assert between != before and everything(numbers) == before


def test_taking_back_is_for_whoever_did_it_once_and_for_an_hour(asha: Actor, ravi: Actor) -> None:
    first, second = (bulk(ravi, [stands(name)], "resolve")["undo_id"] for name in ("First", "Second"))

    with pytest.raises(NotFound):
        undo(asha, int(first))
    undo(ravi, int(first))
    for number, moment in ((first, now()), (second, now() + 2 * HOUR)):
        with frozen_at(moment), pytest.raises(NotFound):
            undo(ravi, int(number))


@pytest.mark.parametrize(
    ("action", "given", "refusal"),
    [("dance", {}, Invalid), ("tag", {}, Invalid), ("tag", {"add": ["9"]}, NotFound), ("team", {"team_id": "9"}, NotFound), ("assign", {"user_id": "9"}, NotFound)],
)
def test_what_cannot_be_done_changes_nothing(asha: Actor, action: str, given: dict[str, Any], refusal: type[BoxError]) -> None:
    number = stands("Kabir")

    with pytest.raises(refusal):
        bulk(asha, [number], action, **given)

    assert lines(number) == []


@pytest.mark.feature("IN-15")
def test_an_agent_takes_and_gives_back_but_assigns_nobody_else(asha: Actor, ravi: Actor) -> None:
    number = stands("Kabir")

    bulk(ravi, [number], "assign", user_id=str(ravi.id))
    with pytest.raises(Denied):
        bulk(ravi, [number], "assign", user_id=str(asha.id))
    bulk(ravi, [number], "assign", user_id=None)

    assert Conversation.get_by_id(number).assignee_id is None


def test_who_loses_sight_of_a_conversation_is_told(asha: Actor, windows: Windows) -> None:
    number = stands("Kabir")

    bulk(asha, [number], "assign", user_id=str(asha.id))

    [told] = [news for news in windows.heard if news.name == "conversation.taken"]
    assert (list(told.rooms), told.payload["conversation_id"], told.payload["assignee_id"]) == (["inbox:unassigned"], str(number), str(asha.id))


@pytest.mark.parametrize("count", [0, 501])
def test_a_request_has_one_to_five_hundred(asha: Actor, count: int) -> None:
    with pytest.raises(Invalid, match="From 1 to 500"):
        bulk(asha, range(1, count + 1), "resolve")


def test_an_answer_ends_the_reminder_but_not_the_snooze(asha: Actor) -> None:
    back, asleep = stands("Back", reminder="call"), stands("Asleep", state="snoozed", reminder="call")

    answered(back)
    answered(asleep)

    assert (Conversation.get_by_id(back).reminder, Conversation.get_by_id(asleep).reminder) == (None, "call")


# ---- saved views


@pytest.mark.feature("IN-30")
def test_a_view_is_ones_own_or_everybodys(asha: Actor, ravi: Actor) -> None:
    own = saved_views.add_view("Mine now", "assignee:me state:open", shared=False, by=ravi)
    shared = saved_views.add_view("Everybody", "is:waiting", shared=True, by=asha)

    assert [view["name"] for view in saved_views.views_of(ravi)] == ["Everybody", "Mine now"]
    assert [view["name"] for view in saved_views.views_of(asha)] == ["Everybody"]
    with pytest.raises(NotFound):
        saved_views.change_view(int(own["id"]), name="Hers", words=None, shared=None, by=asha)
    for forbidden in (
        lambda: saved_views.add_view("x", "", shared=True, by=ravi),
        lambda: saved_views.change_view(int(own["id"]), name=None, words=None, shared=True, by=ravi),
        lambda: saved_views.change_view(int(shared["id"]), name="x", words=None, shared=None, by=ravi),
        lambda: saved_views.delete_view(int(shared["id"]), by=ravi),
    ):
        with pytest.raises(Denied):
            forbidden()
    saved_views.delete_view(int(own["id"]), by=ravi)
    assert len(saved_views.views_of(ravi)) == 1


def test_a_view_that_cannot_be_read_is_not_kept(asha: Actor) -> None:
    with pytest.raises(Invalid, match="state:opn"):
        saved_views.add_view("Broken", "state:opn", shared=False, by=asha)


def everything(numbers: Sequence[int]) -> list[Any]:
    """All that may be seen of conversations, and their tags."""
    rows = list(Conversation.select().where(Conversation.id.in_(list(numbers))).order_by(Conversation.id).dicts())
    tagged = sorted((row.conversation_id, row.tag_id) for row in ConversationTag.select())
    assert Contact.select().count() >= len(numbers)
    return [*rows, tagged]
