"""Conversations find somebody: in turn, to the least busy, or from the queue; never two people, never somebody who is away."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.people import actor_for, add_person
from wablast_box.engine.desk.routing import attendance, queue
from wablast_box.engine.desk.routing.route import route_waiting
from wablast_box.engine.desk.teams import teams
from wablast_box.engine.desk.triage.bulk import one
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.inbox.thread.models import ConversationActivity, Note
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import Team, User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Conflict, Denied, Invalid, NotFound


@pytest.fixture
def staff(box: Path) -> dict[str, User]:
    """Asha owns the shop, Ravi and Lata answer; all have the box open."""
    people = {
        "asha": add_person(Role.OWNER),
        "ravi": add_person(Role.AGENT),
        "lata": add_person(Role.AGENT, name="Lata", email="lata@example.com"),
    }
    attendance.go_away(people["asha"].id, None, actor="system")
    User.update(last_seen_at=now()).execute()
    return people


def somebody_writes(*customers: str) -> list[int]:
    """The conversations of customers who write in, in this order."""
    for wa_id in customers:
        delivers(body(text("hi", wa_id=wa_id, timestamp=str(int(now().timestamp())))))
    by_customer = {row.contact.wa_id: row.id for row in Conversation.select()}
    return [by_customer[wa_id] for wa_id in customers]


def answered_by(*conversations: int) -> list[str | None]:
    rows = {row.id: row.assignee.name if row.assignee else None for row in Conversation.select()}
    return [rows[number] for number in conversations]


@pytest.mark.feature("IN-16")
def test_in_turn_everybody_gets_one_before_anybody_gets_two(staff: dict[str, User]) -> None:
    store.put("routing", "round_robin")
    chats = somebody_writes("911", "912", "913", "914")

    routed = route_waiting()

    assert routed == 4
    assert sorted(answered_by(*chats[:2]), key=str) == sorted(answered_by(*chats[2:]), key=str) == ["Lata", "Ravi"]


def test_whose_turn_it_is_outlives_the_batch(staff: dict[str, User]) -> None:
    store.put("routing", "round_robin")
    first = somebody_writes("911")
    route_waiting()
    second = somebody_writes("912")

    route_waiting()

    assert set(answered_by(*first, *second)) == {"Lata", "Ravi"}


@pytest.mark.feature("IN-16")
def test_the_least_busy_gets_the_next(staff: dict[str, User]) -> None:
    busy = somebody_writes("911", "912")
    for number in busy:
        assign(number, staff["ravi"].id, actor="system")
    store.put("routing", "least_busy")
    chats = somebody_writes("913", "914")

    route_waiting()

    assert answered_by(*chats) == ["Lata", "Lata"]


@pytest.mark.feature("IN-16")
def test_nobody_gets_more_than_they_can_take_and_the_rest_waits(staff: dict[str, User]) -> None:
    store.put("routing", "round_robin")
    for name in ("ravi", "lata"):
        attendance.set_capacity(staff[name].id, 1, actor="system")
    chats = somebody_writes("911", "912", "913")

    route_waiting()

    assert answered_by(*chats)[2] is None
    one(EVERYTHING, actor_for(staff["asha"]), chats[0], "resolve", {})
    assert route_waiting() == 1
    assert answered_by(chats[2]) != [None]


@pytest.mark.feature("TM-10")
def test_who_is_away_gets_nothing_until_they_are_back(staff: dict[str, User]) -> None:
    store.put("routing", "round_robin")
    attendance.go_away(staff["lata"].id, now() + timedelta(hours=1), actor="system")
    chats = somebody_writes("911", "912")

    route_waiting()

    assert answered_by(*chats) == ["Ravi", "Ravi"]
    with frozen_at(now() + timedelta(minutes=61)):
        User.update(last_seen_at=now()).execute()
        assert not attendance.attendance(staff["lata"].id)["is_away"]
        later = somebody_writes("913")
        route_waiting()
    assert answered_by(*later) == ["Lata"]


@pytest.mark.feature("TM-10")
def test_who_has_not_opened_the_box_gets_nothing_unless_the_owner_wants_that(staff: dict[str, User]) -> None:
    store.put("routing", "round_robin")
    User.update(last_seen_at=now() - timedelta(hours=2)).execute()
    chats = somebody_writes("911")
    assert route_waiting() == 0

    store.put("routing_only_present", False)

    assert route_waiting() == 1
    assert answered_by(*chats) != [None]


@pytest.mark.feature("IN-17")
def test_a_teams_conversations_go_to_its_own_people(staff: dict[str, User]) -> None:
    asha = actor_for(staff["asha"])
    sales = teams.add_team("Sales", member_ids=[staff["lata"].id], routing="round_robin", by=asha)
    chats = somebody_writes("911", "912")
    one(EVERYTHING, asha, chats[0], "team", {"team_id": sales["id"]})

    route_waiting()

    assert answered_by(*chats) == ["Lata", None]


def test_a_team_without_anybody_free_does_not_hold_up_the_others(staff: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    asha = actor_for(staff["asha"])
    empty = teams.add_team("Night", member_ids=[], routing="round_robin", by=asha)
    chats = somebody_writes("911", "912", "913")
    for number in chats[:2]:
        one(EVERYTHING, asha, number, "team", {"team_id": empty["id"]})
    store.put("routing", "round_robin")
    monkeypatch.setattr("wablast_box.engine.desk.routing.route.BATCH", 1)

    assert route_waiting() == 1
    assert answered_by(chats[2]) != [None]


@pytest.mark.feature("IN-19")
def test_the_next_in_the_queue_is_whoever_has_waited_longest(staff: dict[str, User]) -> None:
    chats = somebody_writes("911", "912")
    route_waiting()
    ravi = actor_for(staff["ravi"])
    assert queue.waiting(Viewer(ravi.id), ravi)["count"] == 2

    taken = queue.take_next(Viewer(ravi.id), ravi)

    assert taken is not None
    assert (int(taken["id"]), taken["assignee"]["name"]) == (chats[0], "Ravi")
    assert queue.waiting(Viewer(ravi.id), ravi)["count"] == 1


@pytest.mark.feature("IN-19")
def test_two_who_take_the_next_get_two(staff: dict[str, User]) -> None:
    chats = somebody_writes("911", "912")
    takers = [actor_for(staff[name]) for name in ("ravi", "lata")]

    taken = [queue.take_next(Viewer(taker.id), taker) for taker in takers]

    assert [int(one["id"]) for one in taken if one] == chats
    assert queue.take_next(Viewer(takers[0].id), takers[0]) is None


def test_the_queue_of_another_team_is_not_mine_to_take(staff: dict[str, User]) -> None:
    asha, ravi = actor_for(staff["asha"]), actor_for(staff["ravi"])
    sales = teams.add_team("Sales", member_ids=[staff["lata"].id], routing=None, by=asha)
    (chat,) = somebody_writes("911")
    one(EVERYTHING, asha, chat, "team", {"team_id": sales["id"]})

    assert queue.take_next(Viewer(ravi.id), ravi) is None
    assert queue.take_next(EVERYTHING, asha) is not None


@pytest.mark.feature("IN-19")
def test_who_hands_off_leaves_a_word_and_the_other_team_gets_it(staff: dict[str, User]) -> None:
    asha, ravi = actor_for(staff["asha"]), actor_for(staff["ravi"])
    service = teams.add_team("Service", member_ids=[staff["lata"].id], routing="least_busy", by=asha)
    (chat,) = somebody_writes("911")
    assign(chat, ravi.id, actor=ravi.ref)

    view = queue.hand_off(Viewer(ravi.id), ravi, chat, int(service["id"]), "The mixer is broken")

    assert (view["assignee"], view["team"]["name"]) == (None, "Service")
    assert Note.get().text == "The mixer is broken"
    assert "handed_off" in [row.kind for row in ConversationActivity.select()]
    route_waiting()
    assert answered_by(chat) == ["Lata"]


def test_what_was_taken_meanwhile_is_not_given_to_somebody_else(staff: dict[str, User]) -> None:
    store.put("routing", "round_robin")
    (chat,) = somebody_writes("911")
    assign(chat, staff["asha"].id, actor="system")

    assert route_waiting() == 0
    assert answered_by(chat) == ["Asha"]


def test_a_conversation_that_comes_back_is_routed_again_once(staff: dict[str, User]) -> None:
    (chat,) = somebody_writes("911")
    route_waiting()
    assert route_waiting() == 0
    one(EVERYTHING, actor_for(staff["asha"]), chat, "resolve", {})
    store.put("routing", "round_robin")

    somebody_writes("911")

    assert route_waiting() == 1


def test_teams_are_checked(staff: dict[str, User]) -> None:
    asha = actor_for(staff["asha"])
    teams.add_team("Sales", member_ids=[], routing=None, by=asha)

    with pytest.raises(Conflict, match="already"):
        teams.add_team("sales", member_ids=[], routing=None, by=asha)
    with pytest.raises(Invalid, match="letters"):
        teams.add_team("  ", member_ids=[], routing=None, by=asha)
    with pytest.raises(Invalid, match="answer customers"):
        teams.add_team("Numbers", member_ids=[add_person(Role.ANALYST).id], routing=None, by=asha)
    with pytest.raises(Invalid, match="routing"):
        teams.add_team("Other", member_ids=[], routing="dice", by=asha)
    with pytest.raises(NotFound):
        teams.delete_team(7, by=asha)


@pytest.mark.feature("IN-17")
def test_a_deleted_team_leaves_its_conversations(staff: dict[str, User]) -> None:
    asha = actor_for(staff["asha"])
    sales = teams.add_team("Sales", member_ids=[staff["ravi"].id], routing=None, by=asha)
    (chat,) = somebody_writes("911")
    one(EVERYTHING, asha, chat, "team", {"team_id": sales["id"]})

    teams.delete_team(int(sales["id"]), by=asha)

    assert not Team.select().exists()
    assert Conversation.get_by_id(chat).team is None


def test_a_machine_takes_nothing_from_the_queue(staff: dict[str, User]) -> None:
    with pytest.raises(Denied):
        queue.take_next(EVERYTHING, Actor("api_key", 1, "till", Role.OWNER))
