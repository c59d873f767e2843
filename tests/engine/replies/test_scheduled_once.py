"""A request to send later that is repeated, because its answer was lost, makes one message."""

from __future__ import annotations

import pytest

from tests.engine.outbox.sending import text
from tests.engine.replies.test_scheduled import HOUR, sent
from tests.threads import side_by_side
from wablast_box.engine.inbox.thread.models import ConversationActivity
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.replies.models import ScheduledMessage
from wablast_box.engine.replies.schedule import schedule_message
from wablast_box.engine.replies.send_due import send_due
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Conflict

pytestmark = pytest.mark.feature("IN-24")


def test_the_same_request_again_after_a_lost_answer_makes_one(ravi: Actor, chat: int) -> None:
    at = now() + HOUR
    made = [schedule_message(EVERYTHING, ravi, chat, text("We are open."), at, key="lost-answer")["id"] for _ in range(3)]
    other = schedule_message(EVERYTHING, ravi, chat, text("We are open."), at, key="another")["id"]

    assert len(set(made)) == 1 and other not in made
    assert [activity.kind for activity in ConversationActivity.select()] == ["scheduled"] * 2
    with frozen_at(at):
        send_due()
    assert sent() == ["We are open."] * 2
    assert schedule_message(EVERYTHING, ravi, chat, text("We are open."), at, key="lost-answer")["state"] == "sent"


def test_a_key_is_for_one_request_and_one_person(ravi: Actor, asha: Actor, chat: int) -> None:
    at = now() + HOUR
    schedule_message(EVERYTHING, ravi, chat, text("one"), at, key="k")
    schedule_message(EVERYTHING, asha, chat, text("hers"), at, key="k")

    for words, moment in (("two", at), ("one", at + HOUR)):
        with pytest.raises(Conflict) as refused:
            schedule_message(EVERYTHING, ravi, chat, text(words), moment, key="k")
        assert refused.value.code == "key_reused"
    assert ScheduledMessage.select().count() == 2


def test_two_requests_at_the_same_instant_make_one(ravi: Actor, chat: int) -> None:
    at = now() + HOUR

    made = side_by_side([lambda: schedule_message(EVERYTHING, ravi, chat, text("We are open."), at, key="twice")["id"]] * 4)

    assert len(set(made)) == 1
    assert ScheduledMessage.select().count() == 1
