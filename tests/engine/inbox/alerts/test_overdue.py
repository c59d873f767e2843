"""Who is called when a promise was missed: whoever has the chat, else its team, else everybody who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.engine.inbox.alerts.conftest import Told
from tests.engine.inbox.alerts.test_tell import kabir_writes, kinds
from tests.people import add_person
from wablast_box.engine.desk.service.targets import set_target
from wablast_box.engine.desk.service.watch import find_late
from wablast_box.engine.desk.teams import teams
from wablast_box.engine.desk.triage.bulk import one
from wablast_box.engine.inbox import conversations
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.notifications.push.preferences import change_preference
from wablast_box.engine.settings import store
from wablast_box.engine.team import users
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role
from wablast_box.lib import clock
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction

pytestmark = pytest.mark.feature("IN-27")


@pytest.fixture(autouse=True)
def promised(asha: Actor) -> None:
    set_target(None, answer_within_s=600, resolve_within_s=None, by=asha)


def eleven_minutes_later() -> Any:
    return clock.frozen_at(now() + timedelta(minutes=11))


def late(told: Told, name: str) -> list[str]:
    return [kind for kind in kinds(told(name)) if "overdue" in kind]


def taras_who_left(asha: Actor, *conversations: int) -> None:
    """Tara takes them, and then her account is disabled."""
    tara = add_person(Role.AGENT, name="Tara", email="tara@example.com")
    for number in conversations:
        assign(number, tara.id, actor=f"user:{tara.id}")
    users.change_user(tara.id, by=asha, disabled=True)


def test_who_has_the_chat_is_called_and_told_which_promise_was_missed(told: Told, ravi: Actor) -> None:
    conversation = kabir_writes()
    assign(conversation.id, ravi.id, actor=ravi.ref)
    with eleven_minutes_later():
        find_late()

        assert told("ravi")[-1] == {
            "kind": "overdue", "conversation_id": str(conversation.id), "name": "Kabir", "type": "answer", "text": None,
        }  # fmt: skip
        assert late(told, "asha") == []


def test_a_chat_that_nobody_has_calls_everybody_who_may(told: Told) -> None:
    kabir_writes()
    with eleven_minutes_later():
        find_late()

        assert (late(told, "ravi"), late(told, "asha")) == (["overdue"], ["overdue"])


def test_a_chat_of_somebody_who_left_calls_those_whom_nobodys_calls(told: Told, asha: Actor, ravi: Actor) -> None:
    store.put("agent_scope", "all")
    few = teams.add_team("Few", member_ids=[ravi.id or 0], routing=None, by=asha)
    held = [kabir_writes().id, kabir_writes(wa_id="919845012340").id]
    taras_who_left(asha, *held)
    one(EVERYTHING, asha, held[1], "team", {"team_id": few["id"]})
    change_preference(asha, {"hears_mine": False})
    with eleven_minutes_later():
        find_late()

        assert (late(told, "ravi"), late(told, "asha")) == (["overdue", "overdue"], ["overdue"])


def test_who_may_not_see_a_colleagues_chat_hears_nothing_of_it_when_they_left(told: Told, asha: Actor) -> None:
    taras_who_left(asha, kabir_writes().id)
    with eleven_minutes_later():
        find_late()

        assert (late(told, "ravi"), late(told, "asha")) == ([], ["overdue"])


def test_a_teams_chat_calls_its_people_and_an_empty_teams_calls_everybody(told: Told, asha: Actor, ravi: Actor) -> None:
    sales = teams.add_team("Sales", member_ids=[asha.id or 0], routing=None, by=asha)
    night = teams.add_team("Night", member_ids=[], routing=None, by=asha)
    first, second = (kabir_writes(wa_id=f"91981234500{number}", name=f"Customer {number}").id for number in range(2))
    one(EVERYTHING, asha, first, "team", {"team_id": sales["id"]})
    one(EVERYTHING, asha, second, "team", {"team_id": night["id"]})
    with eleven_minutes_later():
        find_late()

        called = [news["conversation_id"] for news in told("ravi") if news["kind"] == "overdue"]
        assert called == [str(second)]
        assert late(told, "asha") == ["overdue", "overdue"]


@pytest.mark.parametrize("unwanted", [{"hears_unassigned": False}, {"quiet_from_min": 0, "quiet_until_min": 1439}])
def test_who_wants_to_be_left_alone_is(unwanted: dict[str, Any], told: Told, ravi: Actor) -> None:
    change_preference(ravi, unwanted)
    with clock.frozen_at((now() + timedelta(days=1)).replace(hour=6, minute=0)):
        kabir_writes()
        with eleven_minutes_later():
            find_late()

            assert (late(told, "ravi"), late(told, "asha")) == ([], ["overdue"])


def test_an_answer_in_the_same_moment_calls_nobody(told: Told) -> None:
    conversation = kabir_writes()
    with eleven_minutes_later():
        find_late()
        with transaction():
            conversations.answered(conversation.id)

        assert late(told, "ravi") == []


def test_many_at_once_are_told_as_a_number(told: Told) -> None:
    for number in range(9):
        kabir_writes(wa_id=f"91981234500{number}", name=f"Customer {number}")
    with eleven_minutes_later():
        find_late()

        assert {"kind": "many_overdue", "count": 9} in told("ravi")
        assert late(told, "ravi") == ["many_overdue"]
