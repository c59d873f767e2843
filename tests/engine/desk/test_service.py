"""Promises are kept or noted as late, once for each wait; customers are asked how it was, once for each matter."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.desk.test_routing import somebody_writes
from tests.engine.inbox.meta import body, delivers, text
from wablast_box.engine.desk.service.models import ServiceBreach
from wablast_box.engine.desk.service.targets import set_target, targets
from wablast_box.engine.desk.service.watch import find_late
from wablast_box.engine.desk.survey import verdicts
from wablast_box.engine.desk.survey.models import Survey
from wablast_box.engine.desk.survey.question import read_tap, score_of
from wablast_box.engine.desk.teams import teams
from wablast_box.engine.desk.triage.bulk import one
from wablast_box.engine.events.deliver import deliver_due
from wablast_box.engine.events.models import Event
from wablast_box.engine.events.registry import use_listeners
from wablast_box.engine.inbox import conversations
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.inbox.thread.models import ConversationActivity
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.listeners import LISTENERS
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid
from wablast_box.lib.paging import PageRequest


@pytest.fixture
def listening(box: Path) -> None:
    use_listeners(LISTENERS)


def after(minutes: int) -> Any:
    return frozen_at(now() + timedelta(minutes=minutes))


# ---- promises


@pytest.mark.feature("IN-27")
def test_a_customer_who_waits_too_long_is_noted_once(asha: Actor) -> None:
    set_target(None, answer_within_s=600, resolve_within_s=None, by=asha)
    (chat,) = somebody_writes("911")
    assert find_late() == 0

    with after(11):
        found = [find_late(), find_late()]

    assert found == [1, 0]
    breach = ServiceBreach.get()
    assert (breach.conversation.id, breach.kind) == (chat, "answer")
    assert Event.select().where(Event.name == "conversation.overdue").count() == 1
    assert [row.kind for row in ConversationActivity.select()] == ["overdue"]


@pytest.mark.feature("IN-27")
def test_an_answer_in_time_keeps_the_promise_and_the_next_wait_is_another(asha: Actor) -> None:
    set_target(None, answer_within_s=600, resolve_within_s=None, by=asha)
    (chat,) = somebody_writes("911")
    with transaction():
        conversations.answered(chat)
    with after(11):
        assert find_late() == 0
        somebody_writes("911")
        with after(11):
            assert find_late() == 1


def test_a_teams_own_promise_goes_before_the_box(asha: Actor) -> None:
    vip = teams.add_team("VIP", member_ids=[], routing=None, by=asha)
    set_target(None, answer_within_s=600, resolve_within_s=None, by=asha)
    set_target(int(vip["id"]), answer_within_s=60, resolve_within_s=None, by=asha)
    chats = somebody_writes("911", "912")
    one(EVERYTHING, asha, chats[0], "team", {"team_id": vip["id"]})

    with after(2):
        find_late()

    assert [breach.conversation.id for breach in ServiceBreach.select()] == [chats[0]]


def test_what_was_late_before_the_promise_was_promised_to_nobody(asha: Actor) -> None:
    somebody_writes("911")
    with after(60):
        set_target(None, answer_within_s=600, resolve_within_s=600, by=asha)

        assert find_late() == 0


def test_a_matter_that_is_not_resolved_in_time_is_noted_and_a_snoozed_one_is_not(asha: Actor) -> None:
    set_target(None, answer_within_s=None, resolve_within_s=3600, by=asha)
    chats = somebody_writes("911", "912")
    one(EVERYTHING, asha, chats[1], "snooze", {"until": None})

    with after(61):
        find_late()

    assert [(breach.conversation.id, breach.kind) for breach in ServiceBreach.select()] == [(chats[0], "resolve")]


def test_a_promise_of_no_time_is_refused_and_an_empty_one_is_taken_back(asha: Actor) -> None:
    with pytest.raises(Invalid, match="minute"):
        set_target(None, answer_within_s=5, resolve_within_s=None, by=asha)
    set_target(None, answer_within_s=600, resolve_within_s=None, by=asha)

    set_target(None, answer_within_s=None, resolve_within_s=None, by=asha)

    assert targets() == []


# ---- what customers say


def resolve(chat: int, asha: Actor) -> None:
    one(EVERYTHING, asha, chat, "resolve", {})
    deliver_due()


def taps(survey: Survey, score: int, wa_id: str = "911") -> None:
    tapped = {"type": "list_reply", "list_reply": {"id": f"box:survey:{survey.id}:{score}", "title": "Happy"}}
    delivers(body(text(wa_id=wa_id, type="interactive", interactive=tapped)))
    deliver_due()


@pytest.mark.feature("IN-28")
def test_after_a_resolve_the_customer_is_asked_once_and_the_tap_counts(asha: Actor, listening: None) -> None:
    store.put("survey_on", True)
    (chat,) = somebody_writes("911")
    resolve(chat, asha)
    survey = Survey.get()

    taps(survey, 4)

    sent = Message.get(Message.direction == "out")
    assert (sent.type, sent.content_json["action"]["sections"][0]["rows"][0]["id"]) == ("interactive", f"box:survey:{survey.id}:5")
    assert Survey.get().score == 4
    assert verdicts.summary() == {"asked": 1, "not_asked": 0, "answered": 1, "average": 4.0, "scores": {"5": 0, "4": 1, "3": 0, "2": 0, "1": 0}}
    assert [item["score"] for item in verdicts.verdicts_page(PageRequest(10)).items] == [4]


@pytest.mark.feature("IN-28")
def test_a_verdict_neither_opens_the_conversation_again_nor_counts_as_unread(asha: Actor, listening: None) -> None:
    store.put("survey_on", True)
    (chat,) = somebody_writes("911")
    one(EVERYTHING, asha, chat, "read", {})
    resolve(chat, asha)

    taps(Survey.get(), 5)

    row = Conversation.get_by_id(chat)
    assert (row.state, row.waiting_since_at) == ("resolved", None)
    assert row.last_inbound_id <= row.read_up_to_id


def test_resolved_again_within_a_week_asks_nobody_again(asha: Actor, listening: None) -> None:
    store.put("survey_on", True)
    (chat,) = somebody_writes("911")
    resolve(chat, asha)
    somebody_writes("911")
    resolve(chat, asha)

    assert Survey.select().count() == 1
    assert Message.select().where(Message.direction == "out").count() == 1


@pytest.mark.feature("IN-28")
def test_with_a_closed_window_and_no_template_it_is_kept_why_nobody_was_asked(asha: Actor, listening: None) -> None:
    store.put("survey_on", True)
    (chat,) = somebody_writes("911")
    Conversation.update(last_inbound_at=now() - timedelta(days=2)).execute()

    resolve(chat, asha)

    assert "no template" in Survey.get().problem
    assert verdicts.summary()["not_asked"] == 1


def test_a_tap_on_somebody_elses_question_counts_for_nothing(asha: Actor, listening: None) -> None:
    store.put("survey_on", True)
    chats = somebody_writes("911", "912")
    resolve(chats[0], asha)

    taps(Survey.get(), 1, wa_id="912")

    assert Survey.get().score is None


def test_nobody_is_asked_when_the_owner_does_not_want_that(asha: Actor, listening: None) -> None:
    (chat,) = somebody_writes("911")

    resolve(chat, asha)

    assert not Survey.select().exists()


@pytest.mark.parametrize("tapped", ["box:survey:1:6", "box:survey:x:1", "box:survey:1", "survey:1:5", "", "box:survey:1:٣", "box:survey:9" * 9])
def test_other_taps_are_no_verdicts(tapped: str) -> None:
    assert read_tap(tapped) is None


def test_the_buttons_of_a_template_go_from_the_best_to_the_worst() -> None:
    assert [score_of(index, 3) for index in range(3)] == [5, 3, 1]
    assert [score_of(index, 5) for index in range(5)] == [5, 4, 3, 2, 1]
